"""Start the registry: tables, broker, who answers and who publishes, the API that reads."""

import asyncio

from contracts.record import ENTRY_PURPOSE
from services.kit import jetstream
from services.kit.db import Database
from services.kit.http import serve_app
from services.kit.migrating import migrate
from services.kit.parts import run_parts
from services.kit.revisions import ensure_current
from services.kit.settings import read_secret
from services.kit.signing import SigningKey
from services.registry.app import make_app
from services.registry.proof import Proof
from services.registry.publisher import Publisher
from services.registry.responder import Responder
from services.registry.settings import Settings
from services.registry.store.appending import Appending
from services.registry.store.reading import Reading

MIGRATIONS = "services.registry.migrations"
RIGHTS = dict.fromkeys(("entries", "steps", "attempts"), "SELECT, INSERT")
"""All that the registry's own role may do: the record can be read and added to."""


async def migrate_tables(settings: Settings) -> None:
    """Bring the tables to the newest revision; nothing changes when they are there."""
    await migrate(
        settings.dsn(), MIGRATIONS, owner_role=settings.owner_role, app_role=settings.app_role, grants=RIGHTS
    )


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Record steps and answer readers until `stop` is set. Raises when it cannot start or loses a part."""
    token = read_secret(settings.token_file, "QX_REGISTRY_TOKEN_FILE")
    proof = Proof.load(settings.public_keys_dir)
    key = SigningKey.load(settings.entry_key_file, ENTRY_PURPOSE)
    if settings.migrate_on_start:
        await migrate_tables(settings)
    database = Database(settings.dsn())
    try:
        await ensure_current(database, MIGRATIONS)
        bus = await jetstream.connect(settings, "registry", stop)
        try:
            reading = Reading(database)
            publisher = Publisher(bus, database, reading, key)
            responder = Responder(bus, Appending(database), proof, publisher, settings.batch)
            checks = {"broker": bus.check, "publisher": publisher.check, "database": database.check}
            app = make_app(reading, proof, token, checks)
            serving = serve_app(app, settings.host, settings.port, stop)
            await run_parts(stop, responder.run(stop), publisher.run(stop), serving)
        finally:
            await bus.close()
    finally:
        await database.close()

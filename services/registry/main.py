"""Start the registry: tables, broker, the consumer that writes, the API that reads."""

import asyncio

from services.kit import jetstream
from services.kit.consumer import Consumer
from services.kit.db import Database
from services.kit.http import serve_app
from services.kit.migrating import migrate
from services.kit.parts import run_parts
from services.kit.revisions import ensure_current
from services.kit.settings import read_secret
from services.registry.app import make_app
from services.registry.consumer import DURABLE, Registrar
from services.registry.settings import Settings
from services.registry.store import Store

MIGRATIONS = "services.registry.migrations"
RIGHTS = {"entries": "SELECT, INSERT", "parked": "SELECT, INSERT"}
"""All that the registry's own role may do: the record can be read and added to."""


async def migrate_tables(settings: Settings) -> None:
    """Bring the tables to the newest revision; nothing changes when they are there."""
    await migrate(
        settings.dsn(), MIGRATIONS, owner_role=settings.owner_role, app_role=settings.app_role, grants=RIGHTS
    )


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Record events and answer readers until `stop` is set. Raises when it cannot start or loses a part."""
    token = read_secret(settings.token_file, "QX_REGISTRY_TOKEN_FILE")
    if settings.migrate_on_start:
        await migrate_tables(settings)
    database = Database(settings.dsn())
    try:
        await ensure_current(database, MIGRATIONS)
        bus = await jetstream.connect(settings, "registry", stop)
        try:
            store = Store(database)
            registrar = Registrar(bus, store)
            consumer = Consumer(bus, DURABLE, registrar.handle, batch=settings.batch, read=registrar.read)
            checks = {"broker": bus.check, "consumer": consumer.check, "database": database.check}
            app = make_app(store, token, checks)
            await run_parts(stop, consumer.run(stop), serve_app(app, settings.host, settings.port, stop))
        finally:
            await bus.close()
    finally:
        await database.close()

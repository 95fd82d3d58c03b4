"""Start the registry: tables, broker, who answers and who publishes, the API that reads."""

import asyncio

from contracts.record import ENTRY_PURPOSE
from services.kit import jetstream
from services.kit.http import serve_app
from services.kit.owntables import OwnTables
from services.kit.parts import run_parts
from services.kit.settings import read_secret
from services.kit.signing import SigningKey
from services.registry.app import make_app
from services.registry.proof import Proof
from services.registry.publisher import Publisher
from services.registry.responder import Responder
from services.registry.settings import Settings
from services.registry.store.appending import Appending
from services.registry.store.reading import Reading

TABLES = OwnTables(
    "services.registry.migrations", dict.fromkeys(("entries", "steps", "attempts"), "SELECT, INSERT")
)
"""The record can be read and added to."""


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Record steps and answer readers until `stop` is set. Raises when it cannot start or loses a part."""
    token = read_secret(settings.token_file, "QX_REGISTRY_TOKEN_FILE")
    proof = Proof.load(settings.public_keys_dir)
    key = SigningKey.load(settings.entry_key_file, ENTRY_PURPOSE)
    async with (
        TABLES.at_start(settings) as database,
        jetstream.connected(settings, "registry", stop) as bus,
    ):
        reading = Reading(database)
        publisher = Publisher(bus, database, reading, key)
        responder = Responder(bus, Appending(database), proof, publisher, settings.batch)
        checks = {"broker": bus.check, "publisher": publisher.check, "database": database.check}
        app = make_app(reading, proof, token, checks)
        serving = serve_app(app, settings.host, settings.port, stop, settings.gate)
        await run_parts(stop, responder.run(stop), publisher.run(stop), serving)

"""Start the notices: tables, broker, the consumer that decides letters, the refiller, the mailer, the API."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx2

from contracts.policy import loader
from services.kit import jetstream
from services.kit.casefeed import RecordReader
from services.kit.consumer import Consumer
from services.kit.db import Database
from services.kit.http import serve_app
from services.kit.migrating import migrate
from services.kit.parts import run_parts
from services.kit.revisions import ensure_current
from services.kit.sealing import Keyring
from services.kit.settings import read_secret
from services.notices.app import make_app
from services.notices.consumer import DURABLE, LINGER_SECONDS, Intake
from services.notices.desk import Desk
from services.notices.issuing import Issuer
from services.notices.mailer import Mailer, MailServer
from services.notices.refilling import Refiller
from services.notices.settings import Settings
from services.notices.store.deliveries import Deliveries

MIGRATIONS = "services.notices.migrations"
RIGHTS = {
    "notice_counters": "SELECT, INSERT, UPDATE",
    "notice_deliveries": "SELECT, INSERT, UPDATE",
    "notice_files": "SELECT, INSERT, UPDATE",
    "notice_inbox": "SELECT, INSERT",
    "notice_letters": "SELECT, INSERT, UPDATE",
    "notice_parked": "SELECT, INSERT, UPDATE, DELETE",
    "notice_readers": "SELECT, INSERT",
    "notice_receipts": "SELECT, INSERT",
}
"""All that the notices' own role may do: letters and receipts can be added and never removed."""


async def migrate_tables(settings: Settings) -> None:
    """Bring the tables to the newest revision; nothing changes when they are there."""
    await migrate(
        settings.dsn(), MIGRATIONS, owner_role=settings.owner_role, app_role=settings.app_role, grants=RIGHTS
    )


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Write letters and answer readers until `stop` is set. Raises when it cannot start or loses a part."""
    token = read_secret(settings.token_file, "QX_NOTICES_TOKEN_FILE")
    record_token = read_secret(settings.registry_token_file, "QX_NOTICES_REGISTRY_TOKEN_FILE")
    server = MailServer.of(settings)
    keyring = Keyring(settings.keys_dir)
    for version in loader.versions():
        # Read now, so that no event waits for a file.
        loader.release(version)
    if settings.migrate_on_start:
        await migrate_tables(settings)
    database = Database(settings.dsn())
    try:
        await ensure_current(database, MIGRATIONS)
        bus = await jetstream.connect(settings, "notices", stop)
        try:
            async with httpx2.AsyncClient() as client:
                record = RecordReader(client, settings.registry_url, record_token)
                issuer = Issuer(keyring, _now, server.domain if server else "")
                wait = settings.record_wait_seconds
                desk = Desk(database, record, issuer, loader.released, record_wait=wait)
                consumer = Consumer(
                    bus, DURABLE, Intake(bus, desk).handle, batch=settings.batch, linger=LINGER_SECONDS
                )
                refiller = Refiller(database, desk, settings.refill_seconds)
                checks = {"broker": bus.check, "consumer": consumer.check, "database": database.check}
                app = make_app(database, keyring, token, checks, _now)
                parts = [
                    consumer.run(stop),
                    refiller.run(stop),
                    serve_app(app, settings.host, settings.port, stop),
                ]
                if server is not None:
                    parts.append(_mailer(settings, server, database, keyring).run(stop))
                await run_parts(stop, *parts)
        finally:
            await bus.close()
    finally:
        await database.close()


def _mailer(settings: Settings, server: MailServer, database: Database, keyring: Keyring) -> Mailer:
    return Mailer(
        Deliveries(database),
        server,
        keyring,
        _now,
        attempts=settings.smtp_attempts,
        backoff=timedelta(seconds=settings.smtp_backoff_seconds),
    )


def _now() -> datetime:
    return datetime.now(UTC)

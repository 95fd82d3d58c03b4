"""Start the notices: tables, broker, the follower that decides letters, the mailer, the API."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx2

from contracts.policy import loader
from contracts.record import ENTRY_PURPOSE
from services.kit import cursor, jetstream
from services.kit.db import Database
from services.kit.follower import Follower
from services.kit.http import serve_app
from services.kit.migrating import migrate
from services.kit.parts import run_parts
from services.kit.recordreader import RecordReader
from services.kit.revisions import ensure_current
from services.kit.sealing import Keyring
from services.kit.settings import read_secret
from services.kit.signing import Verifier
from services.notices.app import make_app
from services.notices.desk import Desk
from services.notices.issuing import Issuer
from services.notices.mailer import Mailer, MailServer
from services.notices.settings import Settings
from services.notices.store.casework import forget
from services.notices.store.deliveries import Deliveries

MIGRATIONS = "services.notices.migrations"
RIGHTS = {
    **cursor.RIGHTS,
    "notice_counters": "SELECT, INSERT, UPDATE",
    "notice_deliveries": "SELECT, INSERT, UPDATE",
    "notice_files": "SELECT, INSERT, UPDATE, DELETE",
    "notice_letters": "SELECT, INSERT, UPDATE",
    "notice_readers": "SELECT, INSERT",
    "notice_receipts": "SELECT, INSERT",
}
"""All that the notices' own role may do: letters and receipts can be added and never removed."""


async def migrate_tables(settings: Settings) -> None:
    """Bring the tables to the newest revision; nothing changes when they are there."""
    await migrate(
        settings.dsn(), MIGRATIONS, owner_role=settings.owner_role, app_role=settings.app_role, grants=RIGHTS
    )


async def rebuild(settings: Settings) -> None:
    """Forget what follows from the record, so that the next start follows it anew from its first entry.

    Letters stay, with their numbers, deliveries and receipts: they have left the house. A letter's id derives from its
    case, type, round and addressee, so what was issued is found again and not sent a second time. Run it while the
    service is down.
    """
    database = Database(settings.dsn())
    try:
        await ensure_current(database, MIGRATIONS)
        await database.unit(forget)
    finally:
        await database.close()


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Write letters and answer readers until `stop` is set. Raises when it cannot start or loses a part."""
    token = read_secret(settings.token_file, "QX_NOTICES_TOKEN_FILE")
    record_token = read_secret(settings.registry_token_file, "QX_NOTICES_REGISTRY_TOKEN_FILE")
    server = MailServer.of(settings)
    own_keys, record_keys = Keyring(settings.own_keys_dir), Keyring(settings.record_keys_dir)
    seals = Verifier(settings.public_keys_dir / "entry", ENTRY_PURPOSE)
    for version in loader.versions():
        # Read now, so that no event waits for a file.
        loader.released(version)
    if settings.migrate_on_start:
        await migrate_tables(settings)
    database = Database(settings.dsn())
    try:
        await ensure_current(database, MIGRATIONS)
        bus = await jetstream.connect(settings, "notices", stop)
        try:
            async with httpx2.AsyncClient() as client:
                record = RecordReader(client, settings.registry_url, record_token)
                issuer = Issuer(own_keys, _now, server.domain if server else "")
                desk = Desk(record_keys, issuer, loader.released)
                follower = Follower(
                    bus, record, seals, database, desk.apply, linger=lambda: settings.linger_seconds
                )
                checks = {"broker": bus.check, "record": follower.check, "database": database.check}
                app = make_app(database, own_keys, token, checks, _now)
                parts = [follower.run(stop), serve_app(app, settings.host, settings.port, stop)]
                if server is not None:
                    parts.append(_mailer(settings, server, database, own_keys).run(stop))
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

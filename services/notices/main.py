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
from services.kit.owntables import OwnTables
from services.kit.parts import run_parts
from services.kit.recordreader import RecordReader
from services.kit.releases import Releases
from services.kit.sealing import Keyring
from services.kit.settings import read_secret
from services.kit.signing import Verifier
from services.notices.app import make_app
from services.notices.desk import Desk
from services.notices.issuing import Issuer
from services.notices.mailer import Mailer, MailServer
from services.notices.papers.press import Press
from services.notices.settings import Settings
from services.notices.store.casework import forget
from services.notices.store.deliveries import Deliveries

TABLES = OwnTables(
    "services.notices.migrations",
    {
        **cursor.RIGHTS,
        "notice_counters": "SELECT, INSERT, UPDATE",
        "notice_deliveries": "SELECT, INSERT, UPDATE",
        "notice_files": "SELECT, INSERT, UPDATE, DELETE",
        "notice_letters": "SELECT, INSERT, UPDATE",
        "notice_readers": "SELECT, INSERT",
        "notice_receipts": "SELECT, INSERT",
        "notice_services": "SELECT, INSERT",
    },
)
"""Letters, receipts and proofs of service can be added and never removed."""

LARGEST = 16 * 1024 * 1024
"""Bytes of a request's body: a volume of a thousand record sheets is asked for in one."""


async def rebuild(settings: Settings) -> None:
    """Forget what follows from the record, so that the next start follows it anew from its first entry.

    Letters stay, with their numbers, deliveries and receipts: they have left the house. A letter's id derives from its
    case, type, round and addressee, so what was issued is found again and not sent a second time. Run it while the
    service is down.
    """
    async with TABLES.opened(settings) as database:
        await database.unit(forget)


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Write letters and answer readers until `stop` is set. Raises when it cannot start or loses a part."""
    token = read_secret(settings.token_file, "QX_NOTICES_TOKEN_FILE")
    record_token = read_secret(settings.registry_token_file, "QX_NOTICES_REGISTRY_TOKEN_FILE")
    server = MailServer.of(settings)
    rings = settings.rings
    own_keys, record_keys = rings.at(settings.own_keys_dir), rings.at(settings.record_keys_dir)
    seals = Verifier(settings.public_keys_dir / "entry", ENTRY_PURPOSE)
    for version in loader.versions():
        # Read now, so that no event waits for a file.
        loader.released(version)
    async with (
        TABLES.at_start(settings) as database,
        jetstream.connected(settings, "notices", stop) as bus,
        httpx2.AsyncClient(verify=settings.verify) as client,
    ):
        record = RecordReader(client, settings.registry_url, record_token)
        releases = Releases(settings.policies_dir, record)
        await releases.look()
        press = Press(settings.fonts_dir)
        issuer = Issuer(own_keys, _now, server.domain if server else "", press.faces)
        desk = Desk(record_keys, issuer, loader.released)
        follower = Follower(bus, record, seals, database, desk.apply, linger=lambda: settings.linger_seconds)
        checks = {"broker": bus.check, "record": follower.check, "database": database.check}
        app = make_app(database, own_keys, token, checks, _now, press, loader.released)
        serving = serve_app(app, settings.host, settings.port, stop, settings.gate, LARGEST)
        parts = [follower.run(stop), releases.run(stop), serving, press.run(stop)]
        if server is not None:
            parts.append(_mailer(settings, server, database, own_keys).run(stop))
        await run_parts(stop, *parts)


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

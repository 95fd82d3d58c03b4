"""Start the officers' API: tables, first account, broker, read model, routes."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import httpx2

from contracts.policy import loader
from contracts.record import ENTRY_PURPOSE, JOURNAL_PURPOSE
from services.kit import cursor, jetstream
from services.kit.db import Database, Unit
from services.kit.follower import Follower
from services.kit.http import serve_app
from services.kit.jetstream import Bus
from services.kit.owntables import OwnTables
from services.kit.parts import run_parts
from services.kit.recordreader import Entry, RecordReader
from services.kit.releases import Releases
from services.kit.revisions import become
from services.kit.settings import read_secret
from services.kit.signing import SigningKey, Verifier
from services.officers.app import Limits, make_app, spoken
from services.officers.building import Following, build, people
from services.officers.bundles.carrying import Carrying
from services.officers.desk.arrivals import Arrivals
from services.officers.desk.asking_again import AskingAgain
from services.officers.desk.catching_up import CatchingUp
from services.officers.desk.doubling import Doubling
from services.officers.desk.freeing import Freeing
from services.officers.desk.gateway import TemporalEngine
from services.officers.desk.letter_fates import LetterFates
from services.officers.desk.moving import LeftAlone, Moving
from services.officers.desk.years import Years
from services.officers.identity import uptake
from services.officers.identity.bootstrap import bootstrap
from services.officers.identity.signin.noting import into
from services.officers.identity.uptake import Uptake
from services.officers.journal.anchoring import Anchoring
from services.officers.journal.journal import Journal
from services.officers.readmodel.own_reads import UnderWay
from services.officers.readmodel.reading import figures
from services.officers.readmodel.writing import projector, store
from services.officers.roster.workbook import MAX_BYTES
from services.officers.settings import Settings
from services.officers.views.figures import FiguresView
from services.officers.watching.watch import Watch

_ALL = "SELECT, INSERT, UPDATE, DELETE"
TABLES = OwnTables(
    "services.officers.migrations",
    {
        "persons": "SELECT, INSERT",
        "accounts": "SELECT, INSERT, UPDATE",
        "grants": _ALL,
        "codes": "SELECT, INSERT, UPDATE",
        "sessions": _ALL,
        "factors": _ALL,
        "recovery_codes": _ALL,
        "used_tickets": _ALL,
        "provider_links": "SELECT, INSERT, DELETE",
        "former_grants": "SELECT, INSERT, UPDATE",
        "person_firms": "SELECT, INSERT",
        "deputies": "SELECT, INSERT, UPDATE",
        "absences": "SELECT, INSERT, UPDATE",
        "merged_persons": _ALL,
        "unanswered": "SELECT, INSERT, DELETE",
        "refusals": "SELECT, INSERT",
        "journal": "SELECT, INSERT",
        "kept": "SELECT, INSERT, UPDATE",
        "documents": "SELECT, INSERT",
        "drafts": _ALL,
        "bundles": "SELECT, INSERT, DELETE",
        "bundle_items": _ALL,
        "answers": "SELECT, INSERT",
        "events": "SELECT, INSERT",
        "batches": "SELECT, INSERT, UPDATE",
        "cases": "SELECT, INSERT, UPDATE",
        "tasks": "SELECT, INSERT, UPDATE",
        "conflicts": "SELECT, INSERT, UPDATE",
        "list_files": "SELECT, INSERT, DELETE",
        "list_lines": "SELECT, INSERT, DELETE",
        **cursor.RIGHTS,
    },
)
"""Persons, events, refused acts and what was read can be added and never changed."""


async def rebuild(settings: Settings) -> None:
    """Forget what follows from the record, so that the next start follows it anew from its first entry.

    People, passwords, refused acts and what still waits for an answer stay: no record has them. Run it while the
    service is down, with the settings of `migrate`: the API's own role may not empty these tables.
    """

    def forget(unit: Unit) -> None:
        become(unit, settings.owner_role)
        store.forget(unit)
        uptake.forget(unit)

    async with TABLES.opened(settings, settings.owner_role) as database:
        await database.unit(forget)


async def print_figures(settings: Settings) -> None:
    """Print the figures of all batches as JSON: those of GET /v1/figures, for whoever runs the system."""
    now, policy = datetime.now(UTC), loader.released(settings.roles_policy)
    record_keys = settings.rings.at(settings.record_keys_dir)
    async with TABLES.opened(settings) as database, database.read() as session:
        over = figures.Over(while_held=frozenset(stage.value for stage in policy.stages_while_held))
        found = await figures.figures(session, record_keys, over, now)
    print(FiguresView.of(found, "", now, policy.version, "zh").model_dump_json(indent=1))  # noqa: T201


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Answer officers until `stop` is set. Raises when it cannot start or loses a part."""
    async with (
        TABLES.at_start(settings) as database,
        httpx2.AsyncClient(verify=settings.verify) as client,
        httpx2.AsyncClient(verify=settings.oidc_verify) as outside,
    ):
        await _first_accounts(settings, database)
        async with jetstream.connected(settings, "officers", stop) as bus:
            await _serve(settings, database, bus, (client, outside), stop)


async def _serve(
    settings: Settings,
    database: Database,
    bus: Bus,
    clients: tuple[httpx2.AsyncClient, httpx2.AsyncClient],
    stop: asyncio.Event,
) -> None:
    client, outside = clients
    token = read_secret(settings.registry_token_file, "QX_OFFICERS_REGISTRY_TOKEN_FILE")
    under_way, arrivals = UnderWay(), Arrivals()
    record = RecordReader(client, settings.registry_url, token)
    accounts = Uptake(settings.rings.at(settings.record_keys_dir), loader.released(settings.roles_policy))

    def told(entries: Sequence[Entry]) -> None:
        arrivals.told(entries)
        office.standings.changed(entries)

    releases = Releases(settings.policies_dir, record)
    await releases.look()
    follower = Follower(
        bus,
        record,
        Verifier(settings.public_keys_dir / "entry", ENTRY_PURPOSE),
        database,
        projector.with_accounts(accounts),
        linger=under_way.linger,
        told=told,
    )
    engine = TemporalEngine(
        settings.temporal_address,
        settings.temporal_namespace,
        settings.rings.at(settings.engine_keys_dir),
        settings.command_wait,
        settings.engine_login,
    )
    office = build(settings, database, client, outside, engine, Following(follower, under_way, arrivals))
    checks = {
        "broker": bus.check,
        "follower": follower.check,
        "database": database.check,
        "engine": engine.check,
        "worker": engine.check_worker,
    }
    app = Limits(make_app(office, checks), settings.address_rate, office.standings.knows)
    # The limits of bodies are the application's own; the server's must only not be smaller.
    answering = serve_app(
        app, settings.host, settings.port, stop, settings.gate, max_body=2 * MAX_BYTES, speak=spoken
    )
    await run_parts(
        stop,
        follower.run(stop),
        releases.run(stop),
        AskingAgain(database, office.desk).run(stop),
        LetterFates(database, office.notices, office.desk).run(stop),
        CatchingUp(database, engine, arrivals).run(stop),
        Freeing(database, office.desk).run(stop),
        Moving(database, office.desk, office.policy, office.own_keys).run(stop),
        LeftAlone(database, office.desk, office.policy, office.own_keys).run(stop),
        Doubling(database, office.desk).run(stop),
        Years(database, office.desk).run(stop),
        office.drafts.run(stop),
        Carrying(
            database, office.bundles, office.completing, office.desk, office.standings, office.policy
        ).run(stop),
        Watch(database, office.watched, office.lists, office.desk).run(stop),
        Anchoring(
            bus,
            record,
            database,
            SigningKey.load(settings.journal_key_file, JOURNAL_PURPOSE),
            rows=settings.journal_rows,
            seconds=settings.journal_seconds,
        ).run(stop),
        answering,
    )


async def _first_accounts(settings: Settings, database: Database) -> None:
    files = {
        "admin": settings.admin_code_file,
        "security": settings.security_code_file,
        "audit": settings.audit_code_file,
    }
    given = {
        login: read_secret(path, f"QX_OFFICERS_{login.upper()}_CODE_FILE")
        for login, path in files.items()
        if path is not None
    }
    if len(given) == len(files):
        await _bootstrap(settings, database, given)


async def open_first_accounts(settings: Settings) -> None:
    """Open the accounts of the first three administrators and print their one-time codes, once."""
    async with TABLES.opened(settings) as database:
        opened = await _bootstrap(settings, database)
    for login, code in opened.items():
        print(f"login {login}, one-time code {code}")  # noqa: T201
    if not opened:
        print("there are accounts already; nothing was done")  # noqa: T201


async def _bootstrap(
    settings: Settings, database: Database, given: dict[str, str] | None = None
) -> dict[str, str]:
    persons = people(settings, read_secret(settings.match_key_file, "QX_OFFICERS_MATCH_KEY_FILE"))
    noting = into(Journal(database, settings.rings.at(settings.own_keys_dir)))
    return await bootstrap(database, persons, noting, given)

"""The services beside the API, in this process: letters by the real desk of the notices, and the record's entries."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import select

from contracts.canonical import canonical
from contracts.policy import loader
from services.kit.db import Database
from services.kit.migrating import migrate
from services.kit.recordreader import Entry
from services.kit.sealing import Keyring
from services.notices.app import make_app
from services.notices.desk import Desk
from services.notices.issuing import Issuer
from services.notices.main import TABLES
from services.notices.papers.press import Press
from services.notices.tables import LetterRow, ReaderRow
from tests.claims import KeySet
from tests.letters import faces
from tests.officers_rig import DIGEST, Rig

NOTICES = 10
"""The port at which the rig says that the notices are."""
_READERS = ReaderRow.metadata.tables["notice_readers"]
_LETTERS = LetterRow.metadata.tables["notice_letters"]


@dataclass(frozen=True)
class Addressed:
    """A letter, by its rows: about which case, and to whom."""

    letter_id: str
    type: str
    case_id: str
    readers: tuple[Any, ...]


@dataclass
class Postroom:
    """Answers in the place of the notices and the record; before `opened` nobody does."""

    letters: dict[str, Addressed] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    """Every entry, as the record gives it to who reads it."""
    _app: httpx2.ASGITransport | None = None

    async def answer(self, request: httpx2.Request) -> httpx2.Response:
        """What the service answers."""
        if request.url.path == "/record/entries":
            case = request.url.params.get("case_id")
            found = [one for one in self.entries if case in {None, "", one["envelope"]["case_id"]}]
            return httpx2.Response(200, json={"items": found, "next": None})
        if self._app is None or request.url.port != NOTICES:
            return httpx2.Response(503)
        answered = await self._app.handle_async_request(request)
        return httpx2.Response(answered.status_code, headers=answered.headers, content=await answered.aread())

    async def opened(self, rig: Rig, directory: Path) -> Database:
        """Write the letters of everything that was told so far. Close the database when it is over."""
        url = f"sqlite+aiosqlite:///{directory / 'notices.db'}"
        await migrate(url, TABLES.package)
        database, keys = Database(url), KeySet.make(directory / "keys").keys
        own = Keyring(keys.keyring("notices/store"), rig.people)
        issuer = Issuer(own, _now, "", faces)
        desk = Desk(rig.office.record_keys, issuer, loader.released)
        events = [event for story in rig.stories.values() for event in story.events]
        ordered = sorted(events, key=lambda event: (event.at, event.case_id, event.sequence))
        entries = [Entry(index, DIGEST, canonical(one)) for index, one in enumerate(ordered)]
        await database.unit(lambda unit: desk.apply(unit, entries))
        self.entries = [_shown(one) for one in entries]
        token = (directory / "notices_token_file").read_text().strip()
        app = make_app(database, own, token, {}, _now, Press(), loader.released)
        self._app = httpx2.ASGITransport(app=app)
        self.letters = await database.look(_all)
        return database


def _shown(entry: Entry) -> dict[str, Any]:
    signed = {"key_id": "s1", "value": "c2lnbmVk"}
    whose = {"index": entry.index, "digest": DIGEST, "entry_hash": entry.entry_hash, "step_signature": signed}
    return {**whose, "envelope": entry.said}


def _now() -> datetime:
    return datetime.now(UTC)


def _all(unit: Any) -> dict[str, Addressed]:
    readers: dict[str, list[Any]] = {}
    for row in unit.execute(select(_READERS)).all():
        readers.setdefault(row.letter_id, []).append(row)
    return {
        row.letter_id: Addressed(row.letter_id, row.type, row.case_id, tuple(readers.get(row.letter_id, ())))
        for row in unit.execute(select(_LETTERS)).all()
    }

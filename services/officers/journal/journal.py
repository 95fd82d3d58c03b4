"""Noting what was read before it is shown: what cannot be noted is not shown, and nothing is done without its note."""

import asyncio
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from services.kit.db import Database, Session
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.sealing import Keyring, seal
from services.officers.journal import store
from services.officers.journal.notes import Note

MOST_AT_ONCE = 250
"""Rows written in one unit at most."""


class _Waiting(NamedTuple):
    rows: list[dict[str, Any]]
    written: asyncio.Future[None]


class Journal:
    """Adds to the journal. Whoever notes at the same time is written together, in one commit."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """`keyring` seals what readers wrote."""
        self._database = database
        self._keyring = keyring
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def note(self, *notes: Note) -> None:
        """Note these in a unit of their own, committed when this returns: answer afterwards, never before.

        Raises UnavailableError when they cannot be noted, whatever the cause: then nothing may be shown.
        """
        if not notes:
            return
        one = _Waiting(self._rows(notes), asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        if self._writing is None or self._writing.done():
            # A task of its own: a reader who goes away must not take the others' notes along.
            self._writing = asyncio.create_task(self._write())
        await one.written

    async def note_within(self, session: Session, *notes: Note) -> None:
        """Note these within the caller's transaction: noted if and only if what they tell of takes effect.

        Raises UnavailableError likewise; the caller's transaction then has to end without effect.
        """
        rows = self._rows(notes)
        # The lock of the journal is taken last: whoever held it and waited for a row that another changes, who waits
        # for the journal, would wait for ever.
        await session.flush()
        try:
            connection = await session.connection()
            await connection.run_sync(lambda unit: store.append(unit, rows))
        except Exception as error:
            raise _unwritten(error) from error

    async def _write(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            rows = [row for one in group for row in one.rows]
            failed: UnavailableError | None = None
            try:
                await self._database.unit(lambda unit, rows=rows: store.append(unit, rows))  # type: ignore[misc]
            except Exception as error:
                failed = _unwritten(error)
            for one in group:
                if one.written.done():
                    continue
                if failed is None:
                    one.written.set_result(None)
                else:
                    one.written.set_exception(failed)

    def _rows(self, notes: Sequence[Note]) -> list[dict[str, Any]]:
        return [self._row(note) for note in notes]

    def _row(self, note: Note) -> dict[str, Any]:
        note_id = uuid.uuid4().hex
        said = seal({"said": note.said}, note_id, self._keyring).model_dump() if note.said else None
        return {
            "note_id": note_id,
            "at": datetime.now(UTC),
            "account_id": note.account_id,
            "person_id": note.person_id,
            "roles": " ".join(note.roles),
            "what": note.what.value,
            "target": note.target,
            "case_id": note.case_id,
            "subject": note.subject,
            "tier": note.tier.value,
            "fields": " ".join(note.fields),
            "purpose": note.purpose,
            "said": said,
        }


def _unwritten(error: Exception) -> UnavailableError:
    logger.error("alarm: the journal cannot be written, and nothing is shown", exc_info=error)
    return UnavailableError("the journal cannot be written")

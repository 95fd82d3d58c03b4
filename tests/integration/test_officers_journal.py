"""The journal on both databases: closed against change, and one chain however many write it."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.officers.journal import store
from services.officers.journal.chain import Walk
from services.officers.journal.notes import Note, Noted
from services.officers.journal.store import Wanted
from tests.officers_ground import settings_in
from tests.officers_rig import officers, running

NOTE = Note(Noted.READ, "a1", "p1", ("SCREENER",), target="t1", case_id="c1")


async def test_the_journal_cannot_be_changed(database_url: str, tmp_path: Path) -> None:
    async with officers(tmp_path, database_url) as rig:
        await rig.office.journal.note(NOTE)
        for statement in ("UPDATE journal SET what = 'none'", "DELETE FROM journal"):
            with pytest.raises(DBAPIError, match="kept"):
                async with rig.office.database.connection() as connection:
                    await connection.execute(text(statement))


async def test_two_processes_write_one_chain(database_url: str, tmp_path: Path) -> None:
    async with (
        officers(tmp_path, database_url) as one,
        running(settings_in(tmp_path, database_url)) as other,
    ):
        journals = (one.office.journal, other.office.journal)

        async def within(number: int) -> None:
            rig = (one, other)[number % 2]
            async with rig.office.database.write() as session:
                await rig.office.journal.note_within(session, NOTE)

        await asyncio.gather(*(journals[n % 2].note(NOTE) for n in range(30)), *map(within, range(10)))
        walk = Walk([await one.office.database.look(store.head)])
        async with one.office.database.read() as session:
            rows = await store.after(session, Wanted(), 0, 1000)
        assert [walk.fault(row.model_dump()) for row in rows] == [None] * len(rows)
        assert walk.unmet() is None
        assert len([row for row in rows if row.target == "t1"]) == 40

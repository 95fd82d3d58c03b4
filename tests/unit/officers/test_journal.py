"""The journal: chained, written in groups, and nothing is done that it cannot note."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text

from contracts.actor import Actor, Grant
from contracts.sealed import Sealed
from services.kit.errors import UnavailableError
from services.kit.sealing import open_sealed
from services.officers.journal import store
from services.officers.journal.chain import NOTHING, Head, Walk
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.journal.store import Wanted
from services.officers.journal.tables import JournalRow
from tests.officers_rig import Rig

READER = Actor(
    account_id="a1", person_id="p1", grants=(Grant(role="SCREENER"), Grant(role="CLERK", district="d01"))
)
READ = Note.by(READER, Noted.READ, "t1", case_id="c1", subject="p9", tier=Tier.RESTRICTED, fields=("hit",))
BLOCKED = (
    "CREATE TRIGGER blocked BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no room for a note'); END"
)


async def rows(rig: Rig, **wanted: str) -> list[JournalRow]:
    async with rig.office.database.read() as session:
        return list(await store.after(session, Wanted(**wanted), 0, 1000))


async def fault(rig: Rig, *told: Head) -> str | None:
    walk = Walk(told)
    for row in await rows(rig):
        found = walk.fault(row.model_dump())
        if found is not None:
            return found
    return walk.unmet()


async def execute(rig: Rig, *statements: str) -> None:
    async with rig.office.database.connection() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def test_a_note_says_who_what_whose_and_how_far(rig: Rig) -> None:
    await rig.office.journal.note(READ)
    [row] = await rows(rig, case_id="c1")
    assert (row.account_id, row.person_id, row.roles) == ("a1", "p1", "CLERK SCREENER")
    assert (row.what, row.target, row.subject, row.tier, row.fields) == ("read", "t1", "p9", "T3", "hit")


async def test_what_a_reader_wrote_is_sealed_for_its_row(rig: Rig) -> None:
    await rig.office.journal.note(Note.by(READER, Noted.REVEAL, "c1", purpose="serve", said="送达王某"))
    [row] = await rows(rig)
    assert "王某" not in str(row.said)
    opened = open_sealed(Sealed.model_validate(row.said), row.note_id, rig.office.journal._keyring)
    assert opened == {"said": "送达王某"}


async def test_many_at_once_are_noted_once_each_and_in_few_commits(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = []
    unit = rig.office.database.unit

    async def counted(work):  # type: ignore[no-untyped-def]
        units.append(work)
        return await unit(work)

    before = len(await rows(rig))
    monkeypatch.setattr(rig.office.database, "unit", counted)
    await asyncio.gather(*(rig.office.journal.note(READ) for _ in range(40)))
    assert len(await rows(rig)) - before == 40
    # All of them waited when the writing began: they go together.
    assert len(units) == 1
    assert await fault(rig) is None


async def test_what_cannot_be_noted_is_refused_and_the_next_is_noted_again(rig: Rig) -> None:
    await execute(rig, BLOCKED)
    with pytest.raises(UnavailableError):
        await rig.office.journal.note(READ)
    async with rig.office.database.write() as session:
        with pytest.raises(UnavailableError):
            await rig.office.journal.note_within(session, READ)
    assert await rows(rig, case_id="c1") == []
    await execute(rig, "DROP TRIGGER blocked")
    await rig.office.journal.note(READ)
    assert len(await rows(rig, case_id="c1")) == 1


async def test_a_note_within_a_unit_goes_with_it(rig: Rig) -> None:
    async with rig.office.database.write() as session:
        await rig.office.journal.note_within(session, READ)
        await session.rollback()
    assert await rows(rig, case_id="c1") == []
    async with rig.office.database.write() as session:
        await rig.office.journal.note_within(session, READ)
    assert len(await rows(rig, case_id="c1")) == 1


async def test_a_reader_who_goes_away_takes_no_other_note_along(rig: Rig) -> None:
    journal = rig.office.journal
    waiting = [asyncio.create_task(journal.note(READ)) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.gather(*waiting[1:])
    assert len(await rows(rig, case_id="c1")) == 3


OPEN = ("DROP TRIGGER journal_update", "DROP TRIGGER journal_delete")
TAMPERED = {
    "a reader's name": "UPDATE journal SET person_id = 'p2' WHERE number = 2",
    "an instant": "UPDATE journal SET at = '2020-01-01 00:00:00.000000' WHERE number = 2",
    "what was sealed": "UPDATE journal SET said = '{}' WHERE number = 2",
    "a row in the middle": "DELETE FROM journal WHERE number = 2",
    "the first row": "DELETE FROM journal WHERE number = 1",
    "two rows that change places": "UPDATE journal SET target = CASE number WHEN 2 THEN 't3' ELSE 't2' END "
    "WHERE number IN (2, 3)",
    "its end": "DELETE FROM journal WHERE number = 3",
    "all of it": "DELETE FROM journal",
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED.keys())
async def test_whatever_is_changed_in_the_table_is_found(rig: Rig, tamper: str) -> None:
    await rig.office.journal.note(*(replace(READ, target=f"t{number}") for number in (1, 2, 3)))
    told = await rig.office.database.look(store.head)
    assert told.number == 3
    assert await fault(rig, told) is None
    await execute(rig, *OPEN, tamper)
    assert await fault(rig, told) is not None


async def test_a_journal_written_anew_is_not_the_one_that_was_told(rig: Rig) -> None:
    await rig.office.journal.note(READ, READ)
    told = await rig.office.database.look(store.head)
    await execute(rig, *OPEN, "DELETE FROM journal")
    await rig.office.journal.note(READ, READ)
    assert await fault(rig) is None
    assert await fault(rig, told) is not None


def test_an_empty_journal_stands_at_nothing() -> None:
    assert Walk([]).head == NOTHING

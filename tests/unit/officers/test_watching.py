"""Runs as the service carries them out: from a list in a file to a match on the record."""

import pytest

from contracts.causes import Cause
from contracts.events.case import CaseEnded, CaseFiled
from contracts.events.screening import DoubtRaised, MatchBegun, MatchEnded, PeopleScreened, RunBegun, RunEnded
from contracts.nominee import Firm
from contracts.vocabulary import CaseState, FirmPart
from services.ctl.demo.roster import credit_code
from services.kit.db import Unit
from services.officers.watching import store
from tests.invented import name_of, nominee
from tests.officers_rig import Rig
from tests.watching_rig import Watched, watched


@pytest.fixture
async def house(rig: Rig) -> Watched:
    return await watched(rig)


def row(serial: int, paper: str = "（2025）执1号", **other: str) -> str:
    person = nominee(serial)
    said = {"name": person.name, "number": person.id_number, **other}
    return f"{said['name']},{said['number']},{paper},2025-06-01,某某法院"


def last_run(house: Watched) -> RunEnded:
    run = house.book.of(RunEnded)[-1]
    assert isinstance(run, RunEnded)
    return run


def found(house: Watched) -> list[str]:
    return [one.fitting.case_id for one in house.book.current.matches]


async def test_a_list_that_comes_finds_whoever_stands_on_it_and_nobody_else(house: Watched) -> None:
    await house.nominee("c1", 1)
    await house.nominee("c2", 2)
    done = await house.brings(row(1), row(3))
    assert done.status_code == 201, done.text
    await house.runs()
    (match,) = house.book.current.matches
    assert (match.fitting.case_id, match.fitting.person_id) == ("c1", "p-c1")
    assert match.fitting.entry.number == nominee(1).id_number
    assert (last_run(house).due, last_run(house).checked) == (2, 2)


async def test_a_run_in_parts_reaches_everybody_once(rig: Rig) -> None:
    house = await watched(rig, part=2)
    for serial in range(1, 6):
        await house.nominee(f"c{serial}", serial)
    await house.brings(row(5))
    await house.runs()
    parts = [part for part in house.book.of(PeopleScreened) if isinstance(part, PeopleScreened)]
    assert [(part.until, part.checked, part.due) for part in parts] == [
        ("c2", 2, 5),
        ("c4", 2, 5),
        ("", 1, 5),
    ]
    assert found(house) == ["c5"]


async def test_another_watch_goes_on_where_the_first_was_killed(rig: Rig) -> None:
    house = await watched(rig, part=2)
    for serial in range(1, 6):
        await house.nominee(f"c{serial}", serial)
    await house.brings(row(1), row(5))
    assert await house.watch.round()
    office = rig.office
    house.watch = type(house.watch)(office.database, office.watched, office.lists, office.desk, 2)
    await house.runs()
    assert (last_run(house).due, last_run(house).checked) == (5, 5)
    assert found(house) == ["c1", "c5"]


async def test_somebody_new_or_with_a_new_firm_is_screened_without_being_asked_for(house: Watched) -> None:
    await house.nominee("c1", 1)
    header = "企业名称,统一社会信用代码,列入决定书文号,列入日期"
    listed = f"某公司,{credit_code(77)},1号,2025-06-01"
    await house.brings(listed, code="market-abnormal", header=header)
    await house.runs()
    runs = len(house.book.of(RunBegun))
    assert not await house.watch.round(), "nothing has changed, so nothing is to do"
    firm = Firm(name="某公司", credit_code=credit_code(77), part=FirmPart.ACTUAL_CONTROLLER)
    await house.repaired("c1", nominee(1).model_copy(update={"firms": (firm,)}))
    await house.runs()
    assert len(house.book.of(RunBegun)) == runs + 1
    assert found(house) == ["c1"]
    await house.repaired("c1", nominee(1))
    await house.runs()
    assert found(house) == ["c1"], (
        "a firm that was left out of the papers later is still held against the lists"
    )


async def test_an_increment_takes_off_and_what_left_the_list_ends(house: Watched) -> None:
    await house.nominee("c1", 1)
    await house.brings(row(1))
    await house.runs()
    header = "姓名,身份证号,文号,日期,状态"
    person = nominee(1)
    off = f"{person.name},{person.id_number},（2025）执1号,2025-06-01,移出"
    await house.brings(off, header=header, mode="increment")
    await house.runs()
    assert found(house) == []
    assert [one.cause for one in house.book.of(MatchEnded) if isinstance(one, MatchEnded)] == ["delisted"]


async def test_a_whole_list_replaces_the_one_before(house: Watched) -> None:
    await house.nominee("c1", 1)
    await house.nominee("c2", 2)
    await house.brings(row(1))
    await house.runs()
    await house.brings(row(2))
    await house.runs()
    assert found(house) == ["c2"]


async def test_a_same_name_is_no_match_and_a_fitting_mask_is_a_doubt(house: Watched) -> None:
    person = await house.nominee("c1", 1)
    masked = person.id_number[:6] + "*" * 8 + person.id_number[14:]
    elsewhere = nominee(9).id_number
    await house.brings(
        row(1, "1号", number=elsewhere),
        row(1, "2号", number=masked),
        row(1, "3号", number=masked, name=name_of(2)),
    )
    await house.runs()
    assert house.book.of(MatchBegun) == []
    (doubt,) = house.book.of(DoubtRaised)
    assert isinstance(doubt, DoubtRaised)
    assert doubt.private.entry.document_no == "2号"
    (part,) = house.book.of(PeopleScreened)
    assert isinstance(part, PeopleScreened)
    assert part.namesakes == 1
    shown = await house.office.get("/v1/screenings/s1/namesakes/c1")
    assert [one["number"] for one in shown.json()] == [elsewhere, masked]


async def test_papers_that_cannot_be_read_are_missed_and_never_clean(house: Watched) -> None:
    await house.nominee("c1", 1)
    await house.nominee("c2", 2)

    def spoil(unit: Unit) -> None:
        unit.exec_driver_sql("UPDATE events SET event_id = 'other' WHERE case_id = 'c2' AND sequence = 1")

    await house.rig.office.database.unit(spoil)
    await house.brings(row(1))
    await house.runs()
    assert (last_run(house).due, last_run(house).checked, last_run(house).complete) == (2, 1, False)


async def test_a_list_of_which_the_lines_are_lost_checks_nobody(house: Watched) -> None:
    await house.nominee("c1", 1)
    await house.brings(row(3))

    def lose(unit: Unit) -> None:
        unit.exec_driver_sql("DELETE FROM list_files")

    await house.rig.office.database.unit(lose)
    await house.runs()
    assert (last_run(house).due, last_run(house).checked, last_run(house).complete) == (1, 0, False)


async def test_who_has_ended_is_not_due(house: Watched) -> None:
    await house.nominee("c1", 1)
    await house.brings(row(1))
    await house.runs()
    ended = CaseEnded(state=CaseState.WITHDRAWN, cause=Cause.WITHDRAWN)
    await house.rig.tell(house.rig.stories["c1"], ended)
    await house.runs()
    assert [one.cause for one in house.book.of(MatchEnded) if isinstance(one, MatchEnded)] == ["not-due"]


async def test_who_was_vetoed_is_due_until_the_file_is_closed(house: Watched) -> None:
    """A state that is over lets the person ask for a re-check; of what is new nobody tells a case that ended."""
    await house.nominee("c1", 1)
    await house.brings(row(1))
    await house.runs()
    veto = CaseEnded(state=CaseState.VETOED, cause=Cause.NEGATIVE_LIST, right=True)
    await house.rig.tell(house.rig.stories["c1"], veto)
    await house.runs()
    assert house.book.of(MatchEnded) == []
    await house.brings(row(3))
    await house.runs()
    assert [one.cause for one in house.book.of(MatchEnded) if isinstance(one, MatchEnded)] == ["delisted"]
    await house.brings(row(1), row(4))
    await house.runs()
    assert len(house.book.of(MatchBegun)) == 1
    await house.rig.tell(house.rig.stories["c1"], CaseFiled(retention="10y"))
    await house.runs()
    assert last_run(house).due == 0


async def test_lines_are_found_by_keys_that_tell_nothing(house: Watched) -> None:
    person = await house.nominee("c1", 1)
    await house.brings(row(1))
    async with house.rig.office.database.read() as session:
        key = house.rig.office.persons._matcher.key(person.id_number)
        files = house.book.current.lists["court-dishonest"].content.files
        (line,) = await store.lines_of(session, "court-dishonest", files, [key], [])
    assert person.id_number not in line.model_dump_json()
    assert person.name not in line.model_dump_json()


async def test_files_of_which_no_list_consists_any_more_are_dropped_with_their_lines(house: Watched) -> None:
    await house.brings(row(1))
    await house.brings(row(2))
    await house.runs()
    files = (await _files(house), len(await _lines(house, 1)), len(await _lines(house, 2)))
    assert files == (2, 1, 1), "for a day nothing is dropped: whoever brought it may still be answered"

    def age(unit: Unit) -> None:
        unit.exec_driver_sql("UPDATE list_files SET brought_at = '2026-01-01 00:00:00.000000'")

    await house.rig.office.database.unit(age)
    await house.runs()
    assert (await _files(house), len(await _lines(house, 1)), len(await _lines(house, 2))) == (1, 0, 1)


async def _files(house: Watched) -> int:
    def count(unit: Unit) -> int:
        return len(unit.exec_driver_sql("SELECT 1 FROM list_files").all())

    return await house.rig.office.database.look(count)


async def _lines(house: Watched, serial: int) -> list[object]:
    key = house.rig.office.persons._matcher.key(nominee(serial).id_number)

    def found(unit: Unit) -> list[object]:
        return list(unit.exec_driver_sql("SELECT 1 FROM list_lines WHERE match_key = ?", (key,)).all())

    return await house.rig.office.database.look(found)

"""A calendar year that people have loaded reaches the open cases that no other case hands it (§8.0.5, §8.8.10)."""

from datetime import date
from pathlib import Path

from contracts.actor import CALENDAR_KEEPER
from contracts.commands.case import LoadCaseCalendar
from contracts.events.batch import BatchCalendarLoaded
from contracts.events.case import CalendarLoaded
from services.kit.claims import ClaimChecker
from services.officers.desk.years import Years
from tests.officers_rig import Rig, task_opened
from tests.stories import removal_opened
from tests.tenures import year

LATE = {"due": None, "provisional": True, "counted": ()}


async def loaded(rig: Rig, batch: str, *districts: str, source: str = "invented for a test") -> None:
    """People have loaded a year that was published late."""
    story = await rig.batch(batch, districts)
    said = year(2027).model_copy(update={"source": source})
    event = BatchCalendarLoaded(year=said, nomination_closes=None, cut_off=date(2026, 12, 30))
    await rig.tell(story, event)


async def waiting(rig: Rig, case_id: str, district: str = "d01", kind: str = "removal") -> None:
    """A case whose deadline needs a year that it does not know."""
    story = rig.story(case_id, kind, case_id, district)
    await rig.tell(story, removal_opened("p-member"), task_opened(case_id, "lead", **LATE))


def handed(rig: Rig) -> list[LoadCaseCalendar]:
    return [one for one in rig.engine.sent if isinstance(one, LoadCaseCalendar)]


async def test_it_is_handed_to_whatever_waits_for_it_and_again_it_is_the_same(
    rig: Rig, tmp_path: Path
) -> None:
    await waiting(rig, "r1")
    years = Years(rig.office.database, rig.office.desk)
    await years.round()
    assert handed(rig) == [], "nobody has loaded any"
    await loaded(rig, "b1", "d01")
    assert await Years(rig.office.database, rig.office.desk).round() == 1
    [command] = handed(rig)
    assert (command.target, command.year, command.actor) == ("r1", year(2027), CALENDAR_KEEPER)
    assert command.fits_its_claim()
    assert ClaimChecker.load(tmp_path / "keys" / "public").fault(command.claim) is None
    await Years(rig.office.database, rig.office.desk).round()
    assert handed(rig)[-1].command_id == command.command_id


async def test_what_counts_by_years_that_are_known_and_what_has_heard_of_it_is_asked_nothing(
    rig: Rig,
) -> None:
    await rig.removal("r1")
    await waiting(rig, "r2")
    await rig.tell(rig.stories["r2"], CalendarLoaded(year=year(2027)))
    await loaded(rig, "b1", "d01")
    await Years(rig.office.database, rig.office.desk).round()
    assert handed(rig) == []


async def test_what_its_batch_tells_hears_of_it_from_that_alone(rig: Rig) -> None:
    """With the year the batch says the cut-off date, which nobody else knows."""
    await loaded(rig, "b1", "d01")
    story = await rig.case("c1")
    await rig.tell(story, task_opened("c1", "screen-sign", **LATE))
    assert await Years(rig.office.database, rig.office.desk).round() == 0


async def test_a_case_takes_the_year_of_its_own_level_as_it_was_loaded_last(rig: Rig) -> None:
    await waiting(rig, "r1")
    await waiting(rig, "r2", "city")
    await loaded(rig, "b1", "city", source="of the city")
    await loaded(rig, "b2", "d01", "d02", source="first")
    await loaded(rig, "b3", "d01", source="last")
    await loaded(rig, "b4", "d02", source="of another")
    await Years(rig.office.database, rig.office.desk).round()
    assert {one.target: one.year.source for one in handed(rig)} == {"r1": "last", "r2": "of the city"}

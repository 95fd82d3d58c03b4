"""An integrity file: readings with their levels, vetoes, and what the awards are told in either order."""

from datetime import date

import pytest

from contracts.commands.award import LeaderMarked, LeaderMeasured
from contracts.commands.integrity import EnterLead, EnterMark, EnterReading
from contracts.events.integrity import ReadingEntered
from contracts.matter import Reading
from contracts.nominee import Fact
from contracts.policy.model import Policy
from contracts.vocabulary import Subject
from tests.acting import refused
from tests.asking import NOMINEE, asks, local, somebody
from tests.desks import PureDesk
from tests.prizes import CHAIR, CHAMBER, FILE, VETO, file_opening, owed, words_for
from workflows.kinds.integrity.case import REMEMBERED, Integrity
from workflows.kinds.integrity.kind import DECIDER
from workflows.rules.integrity import fact_of, level, not_passed


@pytest.fixture
def desk(policy: Policy) -> PureDesk[Integrity]:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(file_opening())
    return desk


def reading(index: int, day: str = "2026-02-01", source: str = "第三方机构") -> EnterReading:
    one = Reading(index=index, assessed_on=date.fromisoformat(day), source=source)
    entered: EnterReading = owed(EnterReading, FILE, "b1", reading=one)
    return entered


@pytest.mark.parametrize(
    ("index", "code"),
    [
        (0, "failed"),
        (399, "failed"),
        (400, "passed"),
        (599, "passed"),
        (600, "good"),
        (799, "good"),
        (800, "model"),
        (1000, "model"),
    ],
)
def test_lower_bounds_of_levels_are_inclusive(policy: Policy, index: int, code: str) -> None:
    assert level(index, policy.grading) == code


@pytest.mark.parametrize(
    ("index", "on", "fails"), [(399, True, True), (399, False, False), (400, True, False)]
)
def test_an_index_is_a_fact_only_where_the_list_in_force_has_the_item(
    policy: Policy, index: int, on: bool, fails: bool
) -> None:
    wanted = policy.grading.index_item
    rows = tuple(
        row.model_copy(update={"on": on}) if row.code == wanted else row for row in policy.negative_list
    )
    assert not_passed(index, policy.model_copy(update={"negative_list": rows})) is fails


def test_the_fact_of_an_index_is_the_persons_own_and_names_who_answers_for_it(policy: Policy) -> None:
    today, item = date(2026, 3, 2), policy.item(policy.grading.index_item)
    assert fact_of(399, NOMINEE, "case-7", today, policy) == (
        Fact(
            item=item.code,
            subject=Subject.PERSON,
            subject_id=NOMINEE.id_number,
            name=NOMINEE.name,
            liable=True,
            anchor=today,
            issuer=policy.unit_name(item.sources[0]).zh,
            document_no="case-7",
            fetched_on=today,
            text="清廉指数399，达标线400",
        ),
        item.sources[0],
    )


async def test_every_reading_is_kept_and_the_latest_day_is_on_record(desk: PureDesk[Integrity]) -> None:
    await desk.send(reading(700, "2026-02-01"))
    await desk.send(reading(500, "2025-02-01"))
    await desk.send(reading(700, "2026-02-01"))
    latest = desk.current.latest
    assert latest is not None
    assert (latest.reading.index, latest.level) == (700, "good")
    assert len(desk.of(ReadingEntered)) == 2


async def test_a_reading_that_is_corrected_and_corrected_back_is_on_record_again(
    desk: PureDesk[Integrity],
) -> None:
    for index in (350, 650, 350):
        await desk.send(reading(index))
    assert desk.current.latest is not None
    assert desk.current.latest.reading.index == 350


async def test_an_award_hears_of_a_veto_however_many_the_person_applied_for_since(
    desk: PureDesk[Integrity],
) -> None:
    for number in range(REMEMBERED + 1):
        await desk.send(owed(EnterLead, FILE, f"award-{number}", award=f"award-{number}"))
    await desk.send(owed(EnterMark, FILE, mark=VETO))
    told = [award for awards, _ in words_for(desk, "award") for award in awards]
    assert "award-0" in told, "its title may be held still"


async def test_no_veto_is_forgotten_however_many_followed(desk: PureDesk[Integrity]) -> None:
    for number in range(REMEMBERED + 1):
        mark = VETO.model_copy(update={"case": f"c{number}"})
        await desk.send(owed(EnterMark, FILE, f"c{number}", mark=mark))
    await desk.send(owed(EnterLead, FILE, CHAMBER, award=CHAMBER))
    told = [word.mark.case for _, word in words_for(desk, "award") if isinstance(word, LeaderMarked)]
    assert "c0" in told


async def test_an_award_hears_of_a_veto_whichever_came_first(policy: Policy) -> None:
    lead = owed(EnterLead, FILE, CHAMBER, award=CHAMBER)
    veto = owed(EnterMark, FILE, mark=VETO)
    for told in ([lead, veto], [veto, lead]):
        desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
        desk.open(file_opening())
        for command in told:
            await desk.send(command)
        ((awards, word),) = words_for(desk, "award")
        assert awards == (CHAMBER,)
        assert isinstance(word, LeaderMarked)
        assert (word.person_id, word.mark) == (CHAIR, VETO)


async def test_an_award_hears_of_the_index_on_record_and_of_no_older_one(desk: PureDesk[Integrity]) -> None:
    await desk.send(reading(700, "2026-02-01"))
    await desk.send(owed(EnterLead, FILE, CHAMBER, award=CHAMBER))
    await desk.send(reading(300, "2025-02-01"))
    await desk.send(reading(300, "2026-03-01"))
    heard = [word.reading.index for _, word in words_for(desk, "award") if isinstance(word, LeaderMeasured)]
    assert heard == [700, 300]


async def test_the_same_veto_twice_is_one(desk: PureDesk[Integrity]) -> None:
    await desk.send(owed(EnterLead, FILE, CHAMBER, award=CHAMBER))
    for _ in range(2):
        await desk.send(owed(EnterMark, FILE, mark=VETO))
    assert len(words_for(desk, "award")) == 1


async def test_nobody_enters_anything_by_himself(desk: PureDesk[Integrity]) -> None:
    person = somebody("SYS_ADMIN")
    await refused(desk, asks(EnterMark, person, FILE, mark=VETO), "wrong-role")
    await refused(desk, asks(EnterLead, person, FILE, award=CHAMBER), "wrong-role")
    await refused(desk, owed(EnterLead, FILE, "x-another", award=CHAMBER), "wrong-role")


async def test_a_file_does_not_grow_with_every_reading(desk: PureDesk[Integrity]) -> None:
    for number in range(REMEMBERED + 5):
        await desk.send(reading(400 + number, "2026-02-01"))
    assert len(desk.current.readings) == REMEMBERED
    assert desk.current.latest is not None
    assert desk.current.latest.reading.index == 400 + REMEMBERED + 4

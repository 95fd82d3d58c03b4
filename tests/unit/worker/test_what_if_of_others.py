"""What-if of removals and awards: the ground of the one, the eligibility of the other, and what they rest on (D5)."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.nomination import KnowIndex
from contracts.commands.opening import Opening
from contracts.envelope import Envelope
from contracts.matter import Lead, Mark, Reading
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Effect
from services.worker.what_if import compute
from tests.asking import local, removal_opening, somebody
from tests.claims import KeySet
from tests.commission import Commission
from tests.desks import PureDesk
from tests.events import Story
from tests.office import People
from tests.prizes import MEETING, award_opening, owed, told_of_index, told_of_veto
from tests.tenures import SeatOffice, fact, raised, seat
from tests.unit.worker.test_what_if import POLICY, changed, keys, reported
from workflows.kinds.award.case import Award
from workflows.kinds.award.kind import DECIDER as AWARD
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER as REMOVAL

__all__ = ["keys"]
NOTHING = "not-counted"


async def differing(keys: KeySet, policy: Policy, **cases: PureDesk[Any]) -> dict[str, list[tuple[str, ...]]]:
    """By kind of case, what differs: in what, about what, as recorded, and under the version."""

    async def record() -> AsyncIterator[Envelope]:
        for kind, case in cases.items():
            story = Story(case.case_id, keys.record, district="d01", kind=kind)
            for envelope in story.each(*(event for _, event in case.events)):
                yield envelope

    found = await compute(record(), keys.record, policy, ended=True)
    return {one["kind"]: [tuple(each.values()) for each in one["differences"]] for one in found["cases"]}


def line(index: int) -> Policy:
    """The version with another pass line."""
    return POLICY.model_copy(update={"grading": POLICY.grading.model_copy(update={"index_pass": index})})


def removal(opening: Opening | None = None, item: str = "NL-D01") -> PureDesk[Removal]:
    desk = PureDesk(REMOVAL, POLICY, local("2026-03-02 10:00"))
    desk.open(opening or removal_opening(lead=Lead(name="测试乙", text="欠缴税款", item=item)))
    return desk


def award() -> PureDesk[Award]:
    desk = PureDesk(AWARD, POLICY, local("2026-03-02 10:00"))
    desk.open(award_opening())
    return desk


async def checked(index: int, *signed: str) -> PureDesk[Award]:
    """An application that was found eligible with this index on record."""
    desk = award()
    await desk.send(told_of_index(index))
    people = People(desk)
    await people.act("award-check", "ELIGIBLE", form={"indexes": []})
    await people.act("award-check-sign", "CONFIRM")
    for kind in signed:
        await people.act(kind, "RECOGNISED", form=MEETING)
    return desk


@pytest.mark.parametrize(
    ("fields", "under"),
    [({"retired": True, "on": False}, NOTHING), ({"effect": Effect.JUDGEMENT}, "J")],
    ids=["switched off", "another effect"],
)
async def test_the_item_of_a_removal_that_does_something_else(
    keys: KeySet, fields: dict[str, Any], under: str
) -> None:
    one = removal()
    assert await differing(keys, POLICY, removal=one) == {}
    assert await differing(keys, changed("NL-D01", **fields), removal=one) == {
        "removal": [("ground", "NL-D01", "H", under)]
    }


async def test_a_lead_in_which_people_found_nothing_differs_in_nothing(keys: KeySet) -> None:
    one = removal()
    people = Commission(one)
    await people.looked("NO_CASE")
    assert one.current.state is CaseState.NO_CASE
    assert await differing(keys, changed("NL-D01", retired=True, on=False), removal=one) == {}


async def test_a_removal_rests_on_what_raised_it(keys: KeySet) -> None:
    held = seat()
    member = SeatOffice(held)
    recent = fact("NL-D03", "2024-01-10")
    await member.asks(ReportFact, somebody("DISC_OFFICER", "p-disc"), fact=recent, source="tax")
    (opening,) = raised(held)
    shorter = changed("NL-D03", look_back_years=1)
    one = removal(opening)
    assert await differing(keys, POLICY, tenure=held, removal=one) == {}
    assert await differing(keys, shorter, tenure=held, removal=one) == {
        "tenure": [("fact", "NL-D03", "J", NOTHING)],
        "removal": [("ground", "NL-D03", "J", NOTHING)],
    }


async def test_a_removal_for_an_index_against_another_line(keys: KeySet) -> None:
    held = seat()
    reading = Reading(index=399, assessed_on="2026-02-01", source="第三方机构")
    await held.send(owed(KnowIndex, held.case_id, reading=reading))
    (opening,) = raised(held)
    one = removal(opening)
    assert await differing(keys, POLICY, tenure=held, removal=one) == {}
    assert (await differing(keys, line(390), tenure=held, removal=one))["removal"] == [
        ("ground", "NL-A03", "H", NOTHING)
    ]


async def test_a_removal_for_absences_against_another_number(keys: KeySet) -> None:
    held = seat()
    member = SeatOffice(held)
    for meeting in ("m1", "m2"):
        await member.attends("2026-03-02", "unexcused", meeting)
    (opening,) = raised(held)
    assert POLICY.seats is not None
    three = POLICY.model_copy(update={"seats": POLICY.seats.model_copy(update={"absences_in_a_row": 3})})
    one = removal(opening)
    assert await differing(keys, POLICY, tenure=held, removal=one) == {}
    assert await differing(keys, three, tenure=held, removal=one) == {
        "removal": [("ground", "absence", "raised", NOTHING)]
    }


@pytest.mark.parametrize(("index", "bar"), [(420, 430), (399, 390)])
async def test_a_leading_person_s_index_against_another_bar(keys: KeySet, index: int, bar: int) -> None:
    below = index < POLICY.grading.index_pass
    one = await checked(700) if below else await checked(index, "recognise")
    if below:
        await one.send(told_of_index(index))
    said = ("not-passed", "passed") if below else ("passed", "not-passed")
    assert await differing(keys, POLICY, award=one) == {}
    assert await differing(keys, line(bar), award=one) == {"award": [("eligibility", "NL-A03", *said)]}


async def test_an_index_that_was_entered_at_the_check_is_one_too(keys: KeySet) -> None:
    one = award()
    row = {"person_id": "p-nominee", "index": 420, "source": "第三方机构"}
    people = People(one)
    await people.act("award-check", "ELIGIBLE", form={"indexes": [row]})
    assert await differing(keys, line(430), award=one) == {
        "award": [("eligibility", "NL-A03", "passed", "not-passed")]
    }


@pytest.mark.parametrize("said", ["", "INELIGIBLE", "NOT_AFFECTED"])
async def test_a_leading_person_s_veto_under_an_item_that_is_off(keys: KeySet, said: str) -> None:
    one = await checked(700)
    await one.send(told_of_veto())
    people = People(one)
    if said:
        await people.act("award-loss", said)
        await people.act("award-loss-sign", "CONFIRM")
    found = await differing(keys, changed("NL-C04", retired=True, on=False), award=one)
    assert found == ({} if said == "NOT_AFFECTED" else {"award": [("eligibility", "NL-C04", "H", NOTHING)]})
    assert await differing(keys, POLICY, award=one) == {}


async def test_an_award_rests_on_the_case_whose_veto_it_is(keys: KeySet) -> None:
    vetoed = await reported("c1", "NL-C04", anchor="2024-01-10")
    assert isinstance(vetoed.desk, PureDesk)
    one = await checked(700)
    await one.send(told_of_veto(Mark(case="c1", items=("NL-C04",), confirmed_on="2026-03-20")))
    shorter = changed("NL-C04", look_back_years=1)
    assert await differing(keys, shorter, nomination=vetoed.desk, award=one) == {
        "nomination": [("fact", "NL-C04", "H", NOTHING)],
        "award": [("eligibility", "NL-C04", "H", NOTHING)],
    }

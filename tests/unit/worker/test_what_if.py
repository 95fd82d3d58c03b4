"""What-if: which cases of a record would have come out otherwise under another version, by their own facts (D5)."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.nomination import DisputeHit
from contracts.envelope import Envelope
from contracts.nominee import Fact
from contracts.policy import loader
from contracts.policy.model import Election, Policy
from contracts.vocabulary import CaseState, Grade
from services.worker.what_if import compute
from tests.asking import local, opening, somebody
from tests.claims import KeySet
from tests.desks import PureDesk
from tests.events import Story
from tests.office import Office, finding
from tests.tenures import SeatOffice, fact, seat
from tests.unit.rules.test_evaluation_in_step import graded, ruled_minor
from tests.unit.rules.test_index_on_record import know
from tests.unit.rules.test_minor_at_another_level import found_minor, in_step
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER

POLICY = loader.released("2026.1")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeySet:
    return KeySet.make(tmp_path_factory.mktemp("keys"))


def office(case_id: str) -> Office:
    desk: PureDesk[Nomination] = PureDesk(DECIDER, POLICY, local("2026-03-02 09:30"))
    desk.open(opening(case_id=case_id))
    return Office(desk)


def events(one: Office, keys: KeySet) -> list[Envelope]:
    """The case as it stands on the record."""
    desk = one.desk
    assert isinstance(desk, PureDesk)
    return Story(desk.case_id, keys.record, district="d01").each(*(event for _, event in desk.events))


async def answered(keys: KeySet, policy: Policy, *offices: Office, ended: bool = True) -> dict[str, Any]:
    async def record() -> AsyncIterator[Envelope]:
        for one in offices:
            for envelope in events(one, keys):
                yield envelope

    return await compute(record(), keys.record, policy, ended=ended)


def changed(item: str, **fields: Any) -> Policy:
    """The version with one item of the list changed."""
    rows = tuple(row.model_copy(update=fields) if row.code == item else row for row in POLICY.negative_list)
    return POLICY.model_copy(update={"version": "2026.2", "negative_list": rows})


async def reported(case_id: str, item: str, ruling: str = "VETO", **facts: Any) -> Office:
    """A case whose one fact two people ruled on."""
    one = office(case_id)
    await one.screened()
    await one.reply("tax", "ISSUE", finding(item, **facts))
    await one.act("explain", "NOTHING_TO_ADD")
    await one.act("confirm-fact", ruling)
    await one.act("confirm-fact-sign", "CONFIRM")
    return one


async def test_a_veto_on_an_item_that_is_retired_differs_and_a_clean_case_does_not(keys: KeySet) -> None:
    vetoed, clean = await reported("c1", "NL-D01"), office("c2")
    assert (await vetoed.desk.case()).state is CaseState.VETOED
    await clean.to_proposal()
    found = await answered(keys, changed("NL-D01", retired=True, on=False), vetoed, clean)
    assert found["folded"] == 2
    [case] = found["cases"]
    assert (case["case_id"], case["state"], case["ended"]) == ("c1", "VETOED", True)
    assert case["differences"] == [
        {"what": "fact", "about": "NL-D01", "recorded": "H", "under": "not-counted"}
    ]
    assert (await answered(keys, POLICY, vetoed, clean))["cases"] == []


async def test_a_fact_that_did_not_count_may_count(keys: KeySet) -> None:
    one = office("c1")
    await one.screened()
    await one.reply("court", "ISSUE", finding("NL-C04", anchor="2019-01-10"))
    longer = changed("NL-C04", look_back_years=10)
    [case] = (await answered(keys, longer, one))["cases"]
    assert case["differences"] == [
        {"what": "fact", "about": "NL-C04", "recorded": "not-counted", "under": "H"}
    ]


async def test_a_hit_that_people_cleared_differs_in_nothing(keys: KeySet) -> None:
    cleared = await reported("c1", "NL-D01", "CLEARED")
    found = await answered(keys, changed("NL-D01", retired=True, on=False), cleared)
    assert found["cases"] == []


@pytest.mark.parametrize("after", [False, True])
async def test_a_hit_that_was_found_to_be_another_s_differs_in_nothing(keys: KeySet, after: bool) -> None:
    """Before people ruled on it, or after they had vetoed: the nominee says whose it is, and two people find so."""
    one = await reported("c1", "NL-D01") if after else office("c1")
    if after:
        await one.asks(DisputeHit, somebody("DEPT_OFFICER", "p-tax", "tax"), hit=1, reason="a namesake's")
    else:
        await one.screened()
        await one.reply("tax", "ISSUE", finding("NL-D01"))
        await one.act("explain", "MISMATCH", form={"text": "a namesake's number"})
    await one.act("match", "MISMATCH", unit="tax")
    await one.act("match-sign", "CONFIRM", unit="tax")
    assert (await one.desk.case()).hits[0].cancelled
    found = await answered(keys, changed("NL-D01", retired=True, on=False), one)
    assert found["cases"] == []


async def test_a_minor_item_that_was_found_to_be_another_s_caps_no_grade(keys: KeySet) -> None:
    one = office("c1")
    await one.to_integrity()
    minor = Fact.model_validate(finding("NL-G05")["findings"][0])
    await one.asks(ReportFact, somebody("EVALUATOR", "p-e7"), fact=minor, source="emergency")
    await ruled_minor(one)
    assert (await one.desk.case()).grade is Grade.B
    assert (await answered(keys, POLICY, one))["cases"] == []
    await one.asks(DisputeHit, somebody("DEPT_OFFICER", "p-em", "emergency"), hit=1, reason="a namesake's")
    await one.act("match", "MISMATCH", unit="emergency")
    await one.act("match-sign", "CONFIRM", unit="emergency")
    assert (await one.desk.case()).grade is Grade.A
    assert (await answered(keys, POLICY, one))["cases"] == []


async def test_the_grade_of_a_person_who_is_minor_at_another_level_is_the_recorded_one(keys: KeySet) -> None:
    levels = await graded(POLICY)
    await found_minor(Office(levels.district))
    await in_step(levels, heard=1)
    for desk in (levels.city, levels.district):
        assert (await answered(keys, POLICY, Office(desk)))["cases"] == []


@pytest.mark.parametrize(
    ("index", "line", "recorded", "under"),
    [(399, 390, "H", "not-counted"), (420, 430, "not-counted", "H")],
)
async def test_the_same_index_against_another_pass_line(
    keys: KeySet, index: int, line: int, recorded: str, under: str
) -> None:
    one = office("c1")
    await one.desk.send(know(index))
    assert (await answered(keys, POLICY, one))["cases"] == []
    grading = POLICY.grading.model_copy(update={"index_pass": line})
    [case] = (await answered(keys, POLICY.model_copy(update={"grading": grading}), one))["cases"]
    assert case["differences"] == [{"what": "fact", "about": "NL-A03", "recorded": recorded, "under": under}]
    await one.desk.send(know(700, "2026-02-27"))
    assert (await answered(keys, POLICY, one))["cases"] == []


async def test_a_fact_of_a_sitting_member_counts_on_the_day_on_which_it_became_known(keys: KeySet) -> None:
    held = seat()
    member = SeatOffice(held)
    await member.asks(ReportFact, somebody("DISC_OFFICER", "p-disc"), fact=fact("NL-D01"), source="court")
    old = fact("NL-D03", "2020-01-10")
    await member.asks(ReportFact, somebody("DISC_OFFICER", "p-disc"), fact=old, source="court")

    async def found(policy: Policy) -> list[Any]:
        async def record() -> AsyncIterator[Envelope]:
            story = Story(held.case_id, keys.record, kind="tenure", district="d01")
            for envelope in story.each(*(event for _, event in held.events)):
                yield envelope

        return [
            one["differences"] for one in (await compute(record(), keys.record, policy, ended=True))["cases"]
        ]

    assert await found(POLICY) == []
    [off] = await found(changed("NL-D01", retired=True, on=False))
    assert [(one["about"], one["recorded"], one["under"]) for one in off] == [("NL-D01", "H", "not-counted")]
    [longer] = await found(changed("NL-D03", look_back_years=10))
    assert [(one["about"], one["recorded"], one["under"]) for one in longer] == [
        ("NL-D03", "not-counted", "J")
    ]


async def test_the_same_scores_against_other_thresholds(keys: KeySet) -> None:
    one = office("c1")
    await one.to_integrity()
    grading = POLICY.grading
    higher = grading.model_copy(update={"a": grading.a.model_copy(update={"total": 900})})
    policy = POLICY.model_copy(update={"version": "2026.2", "grading": higher})
    [case] = (await answered(keys, policy, one, ended=False))["cases"]
    assert case["differences"] == [{"what": "grade", "about": "grade", "recorded": "A", "under": "B"}]


async def test_the_same_count_against_another_majority(keys: KeySet) -> None:
    one = office("c1")
    await one.ready()
    await one.election(local("2026-06-01 09:00"))
    await one.desk.until(local("2026-05-28 10:00"))
    await one.confirmed()
    await one.desk.until(local("2026-06-01 09:30"))
    await one.counted("ELECTED", present=120, votes_for=70)
    election = POLICY.election.model_dump() | {"pass_over": (2, 3)}
    policy = POLICY.model_copy(update={"version": "2026.2", "election": Election.model_validate(election)})
    [case] = (await answered(keys, policy, one))["cases"]
    assert case["differences"] == [{"what": "vote", "about": "vote", "recorded": "passed", "under": "failed"}]


async def test_cases_that_have_ended_are_left_out_unless_asked_for(keys: KeySet) -> None:
    vetoed = await reported("c1", "NL-D01")
    policy = changed("NL-D01", retired=True, on=False)
    assert (await answered(keys, policy, vetoed, ended=False))["cases"] == []
    assert len((await answered(keys, policy, vetoed, ended=True))["cases"]) == 1


async def test_nothing_personal_is_in_the_answer(keys: KeySet) -> None:
    vetoed = await reported("c1", "NL-D01")
    found = str(await answered(keys, changed("NL-D01", retired=True, on=False), vetoed))
    case = await vetoed.desk.case()
    assert case.nominee is not None
    for personal in (case.nominee.name, case.nominee.id_number, "as issued", "no. 1"):
        assert personal not in found

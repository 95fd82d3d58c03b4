"""One evaluation of two levels stays one after both were graded by it (SOD-08, SC-19, domain §8.8.5)."""

from dataclasses import dataclass

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.nomination import DisputeHit, ShareEvaluation
from contracts.nominee import Fact
from contracts.policy.model import Policy
from contracts.vocabulary import Grade, Stage
from tests.asking import asks, somebody
from tests.conflicts import found
from tests.desks import PureDesk
from tests.office import Office, finding
from tests.unit.rules.test_shared_evaluation import OWNERS, answered, asked, case, told
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.grades import own_evaluation

GRADER = "p-evaluator-1"


@dataclass
class Levels:
    """One person's cases at two levels; the city's evaluation gives the grade at the district as well."""

    city: PureDesk[Nomination]
    district: PureDesk[Nomination]
    told: int = 0

    @property
    def office(self) -> Office:
        return Office(self.city)

    @property
    def grades(self) -> tuple[Grade | None, Grade | None]:
        return self.city.current.grade, self.district.current.grade

    async def tell(self) -> None:
        """The district hears what the city has owed it since."""
        words = told(self.city)
        for _, word in words[self.told :]:
            await self.district.send(word)
        self.told = len(words)

    async def graded_again(self, total: int) -> None:
        """Others score at the city."""
        form = self.office.scores(total)
        await self.office.act("score", "SCORED", form=form, actor=somebody("EVALUATOR", "p-e9"))
        await self.office.act("score-sign", "CONFIRM", actor=somebody("PANEL_CHAIR", "p-c9"))
        await self.tell()


async def begun(policy: Policy) -> Levels:
    city, district = case(policy), case(policy, case_id="c2", sisters=("c1",))
    ((_, word),) = told(district)
    await city.send(word)
    for desk in (city, district):
        await Office(desk).screened()
    return Levels(city, district)


async def graded(policy: Policy, *, minor: bool = False) -> Levels:
    """Both have the grade; `minor`: an item of the firm's caps it."""
    levels = await begun(policy)
    office = levels.office
    await office.replies("market")
    if minor:
        await office.reply("market", "ISSUE", finding("NL-E05", subject="enterprise"))
        await ruled_minor(office)
    else:
        await office.reply("market")
    await office.graded(900)
    await levels.tell()
    await answered(levels.district)
    expected = Grade.B if minor else Grade.A
    assert levels.grades == (expected, expected)
    return levels


async def ruled_minor(office: Office) -> None:
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("panel-chair", "MINOR")
    for signature in (2, 3):
        await office.act("panel-vote", "MINOR", signature=signature)


async def test_a_grade_that_a_grader_with_a_conflict_gave_stands_nowhere(policy: Policy) -> None:
    levels = await graded(policy)
    await Office(levels.district).inspected()
    await found(levels.office, GRADER)
    await levels.tell()
    district = levels.district.current
    assert levels.grades == (None, None)
    assert (district.valid_until, district.stage) == (None, Stage.CONSULTATION)
    assert not district.open_tasks("opinion-draft"), "what followed the grade is done anew"
    assert asked(levels.district) == {d.code for d in policy.departments} - OWNERS
    await levels.graded_again(720)
    assert levels.grades == (Grade.B, Grade.B)
    assert (levels.district.current.stage, asked(levels.district)) == (Stage.INSPECTION, set())


async def test_a_decision_that_was_put_off_on_such_a_grade_is_asked_anew(policy: Policy) -> None:
    levels = await graded(policy)
    there = Office(levels.district)
    await there.inspected()
    await there.opinion(leader="DEFER")
    await found(levels.office, GRADER)
    await levels.tell()
    assert (levels.district.current.holds, levels.district.current.stage) == ((), Stage.CONSULTATION)


async def test_a_short_round_that_such_an_evaluation_allowed_is_none(policy: Policy) -> None:
    levels = await begun(policy)
    await levels.office.replies()
    await levels.office.graded(900)
    await levels.tell()
    assert asked(levels.district) == OWNERS
    await found(levels.office, GRADER)
    await levels.tell()
    assert asked(levels.district) == {d.code for d in policy.departments}


async def test_whoever_was_nominated_with_such_an_evaluation_hears_that_it_fell(policy: Policy) -> None:
    city = case(policy)
    office = Office(city)
    await office.screened()
    await office.replies()
    await office.graded(900)
    on_record = own_evaluation(city.current)
    await found(office, GRADER)
    levels = Levels(city, case(policy, on_record, case_id="c2", sisters=("c1",)))
    ((_, word),) = told(levels.district)
    await city.send(word)
    await levels.tell()
    await Office(levels.district).screened()
    assert asked(levels.district) == {d.code for d in policy.departments}


async def test_whoever_was_graded_by_the_others_grade_is_refused_with_it(policy: Policy) -> None:
    levels = await graded(policy)
    await found(levels.office, GRADER)
    await levels.tell()
    await levels.graded_again(600)
    assert levels.grades == (Grade.C, Grade.C)
    assert levels.district.current.ended


async def test_a_grade_that_rests_on_anothers_fact_is_recomputed_at_both(policy: Policy) -> None:
    levels = await graded(policy, minor=True)
    department = somebody("DEPT_OFFICER", "p-x", "market")
    await levels.office.asks(DisputeHit, department, hit=1, reason="another firm")
    await levels.office.act("match", "MISMATCH")
    await levels.office.act("match-sign", "CONFIRM")
    await levels.tell()
    assert levels.grades == (Grade.A, Grade.A)


async def test_an_item_ruled_minor_after_both_were_graded_caps_both(policy: Policy) -> None:
    levels = await graded(policy)
    fact = Fact.model_validate(finding("NL-G05")["findings"][0])
    await levels.office.asks(ReportFact, somebody("EVALUATOR", "p-e7"), fact=fact, source="emergency")
    await ruled_minor(levels.office)
    await levels.tell()
    assert levels.grades == (Grade.B, Grade.B)
    district = levels.district.current
    assert district.scores is not None
    assert district.scores.minor, "and wherever it is used next"
    assert district.stage is Stage.INSPECTION, "nothing is void: it goes on where it was"


@pytest.mark.parametrize("change", [{"fallen": True}, {"minor": True}])
async def test_a_case_that_was_scored_itself_keeps_its_grade(
    policy: Policy, change: dict[str, object]
) -> None:
    desk = case(policy, sisters=("c0",))
    office = Office(desk)
    await office.screened()
    await office.replies()
    await office.graded(900)
    assert desk.current.scores is not None
    own = desk.current.scores.model_dump(include={"scores", "index"})
    said = {"of": "c0", "valid_until": desk.current.valid_until, **own, **change}
    word = asks(ShareEvaluation, somebody("NOMINATOR"), "c1", evaluation=said)
    await desk.send(word)
    assert (desk.current.grade, desk.current.shared) == (Grade.A, None)

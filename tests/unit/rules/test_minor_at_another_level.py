"""An item ruled minor where an evaluation is used caps the grade where it was given: a person has one grade (§8.3)."""

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.nomination import DisputeHit, ShareEvaluation
from contracts.nominee import Fact
from contracts.policy.model import Policy
from contracts.vocabulary import Grade, Stage
from tests.acting import refused
from tests.asking import somebody
from tests.office import Office, finding
from tests.prizes import owed
from tests.unit.rules.test_evaluation_in_step import Levels, begun, graded, ruled_minor
from tests.unit.rules.test_shared_evaluation import answered, evaluation, told
from workflows.kinds.nomination.grades import own_evaluation

MINOR = Fact.model_validate(finding("NL-G05")["findings"][0])


async def in_step(levels: Levels, heard: int = 0) -> None:
    """Each hears what the other owes it, until neither owes anything; `heard` of the district's words were before."""
    desks = [(levels.city, levels.district, "city"), (levels.district, levels.city, "district")]
    done = {"city": levels.told, "district": heard}
    news = True
    while news:
        news = False
        for here, there, name in desks:
            words = told(here)
            for _, word in words[done[name] :]:
                if isinstance(word, ShareEvaluation):
                    await there.send(word)
                    news = True
            done[name] = len(words)


async def found_minor(office: Office) -> None:
    """Somebody tells of an item that the panel rules minor."""
    await office.asks(ReportFact, somebody("EVALUATOR", "p-e7"), fact=MINOR, source="emergency")
    await ruled_minor(office)


async def test_it_caps_both_grades_after_both_were_given(policy: Policy) -> None:
    levels = await graded(policy)
    await found_minor(Office(levels.district))
    assert levels.grades == (Grade.A, Grade.B)
    await in_step(levels, heard=1)
    assert levels.grades == (Grade.B, Grade.B)
    city = levels.city.current
    assert city.scores is not None
    assert city.scores.minor, "and wherever it is used next"
    assert city.stage is Stage.INSPECTION, "nothing is void: it goes on where it was"
    evaluated = own_evaluation(city)
    assert evaluated is not None
    assert evaluated.minor


async def test_so_it_does_when_it_was_ruled_on_before_there_was_an_evaluation(policy: Policy) -> None:
    levels = await begun(policy)
    await found_minor(Office(levels.district))
    await levels.office.replies()
    await levels.office.graded(900)
    assert levels.city.current.grade is Grade.A
    await in_step(levels, heard=1)
    assert levels.city.current.grade is Grade.B
    await answered(levels.district)
    assert levels.grades == (Grade.B, Grade.B)


async def test_so_it_does_when_it_was_found_in_the_short_round(policy: Policy) -> None:
    levels = await begun(policy)
    await levels.office.replies()
    await levels.office.graded(900)
    await levels.tell()
    district = Office(levels.district)
    await district.reply("police", "ISSUE", finding("NL-C07", "2026-01-10"))
    await ruled_minor(district)
    await answered(levels.district)
    await in_step(levels, heard=1)
    assert levels.grades == (Grade.B, Grade.B)


async def test_when_it_was_anothers_fact_neither_grade_is_capped(policy: Policy) -> None:
    levels = await graded(policy)
    district = Office(levels.district)
    await found_minor(district)
    await in_step(levels, heard=1)
    before = len(told(levels.district))
    await district.asks(DisputeHit, somebody("DEPT_OFFICER", "p-x", "emergency"), hit=1, reason="another's")
    await district.act("match", "MISMATCH")
    await district.act("match-sign", "CONFIRM")
    assert levels.district.current.grade is Grade.A, "nothing that is told of the city is in the way"
    levels.told = len(told(levels.city))
    await in_step(levels, heard=before)
    assert levels.grades == (Grade.A, Grade.A)


async def test_what_both_panels_ruled_minor_caps_as_long_as_one_of_them_stands(policy: Policy) -> None:
    levels = await graded(policy, minor=True)
    district = Office(levels.district)
    await found_minor(district)
    await in_step(levels, heard=1)
    before = len(told(levels.district))
    await levels.office.asks(DisputeHit, somebody("DEPT_OFFICER", "p-x", "market"), hit=1, reason="no")
    await levels.office.act("match", "MISMATCH")
    await levels.office.act("match-sign", "CONFIRM")
    levels.told = len(told(levels.city))
    await in_step(levels, heard=before)
    assert levels.grades == (Grade.B, Grade.B)


async def test_an_item_that_was_cleared_there_changes_nothing(policy: Policy) -> None:
    levels = await graded(policy)
    district = Office(levels.district)
    await district.asks(ReportFact, somebody("EVALUATOR", "p-e7"), fact=MINOR, source="emergency")
    await district.act("explain", "NOTHING_TO_ADD")
    await district.act("panel-chair", "CLEARED")
    for signature in (2, 3):
        await district.act("panel-vote", "CLEARED", signature=signature)
    events = len(levels.city.events)
    await in_step(levels, heard=1)
    assert (levels.grades, len(levels.city.events)) == ((Grade.A, Grade.A), events)


@pytest.mark.parametrize(("sender", "giver"), [("c1", "c9"), ("c9", "c1")])
async def test_only_a_case_of_the_person_that_uses_this_evaluation_is_heard(
    policy: Policy, sender: str, giver: str
) -> None:
    levels = await graded(policy)
    said = evaluation().model_copy(update={"of": sender, "minor": True})
    word = owed(ShareEvaluation, "c1", sender, evaluation=said, given_by=giver)
    await refused(levels.city, word, "not-this-person")

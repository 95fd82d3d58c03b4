"""What a vetoed case hears of an evaluation, or of another nomination, counts when it is reopened (§8.1, §8.8.5)."""

from contracts.commands.case import ReportFact
from contracts.commands.nomination import JoinNomination, NominatedAgain
from contracts.events.review import CaseGraded
from contracts.matter import Recommender
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Grade, Ruling, Stage
from tests.conflicts import found
from tests.desks import PureDesk
from tests.office import Office
from tests.prizes import owed
from tests.unit.rules.test_appeal import granted, vetoed
from tests.unit.rules.test_evaluation_in_step import GRADER, Levels, begun, graded, ruled_minor
from tests.unit.rules.test_hits_in_any_state import OFFICER, reported
from tests.unit.rules.test_minor_at_another_level import found_minor, in_step
from tests.unit.rules.test_shared_evaluation import OWNERS, answered, asked
from tests.unit.rules.test_told_after_the_end import cleared, vetoed_again
from workflows.kinds.nomination.case import Nomination


async def graded_and_vetoed(policy: Policy) -> Levels:
    """Both have an A; then the district's case ends by a veto, at the inspection."""
    levels = await graded(policy)
    district = Office(levels.district)
    await district.asks(ReportFact, OFFICER, **reported())
    await vetoed_again(district, "hit.1")
    assert levels.district.current.state is CaseState.VETOED
    return levels


async def test_one_that_fell_meanwhile_gives_no_grade_when_the_case_is_reopened(policy: Policy) -> None:
    levels = await graded_and_vetoed(policy)
    await found(levels.office, GRADER)
    await levels.tell()
    assert levels.grades == (None, None)
    district = Office(levels.district)
    await granted(district)
    case = levels.district.current
    assert case.stage is Stage.CONSULTATION
    assert not case.open_tasks("inspect"), "what followed the grade is done anew"
    await cleared(district, "hit.1")
    assert asked(levels.district) == {d.code for d in policy.departments} - OWNERS
    await levels.graded_again(720)
    assert levels.grades == (Grade.B, Grade.B)


async def test_an_item_ruled_minor_meanwhile_caps_the_grade_then(policy: Policy) -> None:
    levels = await graded_and_vetoed(policy)
    await found_minor(levels.office)
    before = len(levels.district.of(CaseGraded))
    await levels.tell()
    assert len(levels.district.of(CaseGraded)) == before, "nobody is told of a grade when the case has ended"
    await granted(Office(levels.district))
    assert levels.grades == (Grade.B, Grade.B)


async def test_so_it_does_where_the_evaluation_was_given(policy: Policy) -> None:
    levels = await graded(policy)
    await levels.office.asks(ReportFact, OFFICER, **reported())
    await vetoed_again(levels.office, "hit.1")
    await found_minor(Office(levels.district))
    await in_step(levels, heard=1)
    assert levels.city.current.grade is Grade.A
    await granted(levels.office)
    assert levels.city.current.grade is Grade.B


async def test_one_that_was_given_meanwhile_makes_the_round_short(policy: Policy) -> None:
    levels = await begun(policy)
    district = Office(levels.district)
    await district.asks(ReportFact, OFFICER, **reported())
    await vetoed_again(district, "hit.1")
    await levels.office.replies()
    await levels.office.graded(900)
    await levels.tell()
    await granted(district)
    assert asked(levels.district) == OWNERS
    await cleared(district, "hit.1")
    await answered(levels.district)
    assert levels.grades == (Grade.A, Grade.A)


async def test_whoever_nominated_the_person_again_meanwhile_is_known(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await vetoed(office)
    guild = Recommender(person_id="p-guild", unit="guild-1")
    await desk.send(owed(NominatedAgain, "c1", "b1", other="c2", recommended_by=(guild,)))
    await desk.send(
        owed(JoinNomination, "c1", "c2", other="c2", nominator_id="p-guild", nominating_unit="guild-1")
    )
    await granted(office)
    assert desk.current.others == ("c2",)
    assert "p-guild" in desk.current.recommending, "so that they judge nothing of it (SOD-01)"
    assert [hit.ruling for hit in desk.current.hits] == [None]


async def test_what_was_ruled_minor_before_the_veto_caps_it_as_before(policy: Policy) -> None:
    levels = await graded_and_vetoed(policy)
    await granted(Office(levels.district))
    await cleared(Office(levels.district), "hit.1")
    assert [hit.ruling for hit in levels.district.current.hits] == [Ruling.CLEARED]
    await Office(levels.district).asks(
        ReportFact, OFFICER, **reported("NL-E06", "market", subject="enterprise")
    )
    await ruled_minor(Office(levels.district))
    assert levels.district.current.grade is Grade.B

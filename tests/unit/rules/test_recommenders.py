"""Whoever recommends a person never judges that person, in whatever case about them (SOD-01)."""

from typing import Any

import pytest

from contracts.actor import Actor, Grant, Ties
from contracts.commands.case import LoadCaseCalendar
from contracts.commands.nomination import (
    JoinNomination,
    KnowSister,
    NominatedAgain,
    OpenNomination,
    StandAlone,
)
from contracts.commands.review import OpenReview
from contracts.commands.tenure import OpenTenure, Resign
from contracts.errand import Start, Tell
from contracts.matter import Recommender
from contracts.policy.model import Policy
from contracts.vocabulary import Stage
from tests.acting import completing, refused
from tests.asking import local, opening, somebody
from tests.commission import Commission
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from tests.prizes import owed, words_for
from tests.tenures import SeatOffice, raised, seat, year
from tests.unit.rules.test_nominated_twice import AGAIN, GUILD, both, opened, roster, told
from tests.unit.rules.test_nominated_twice import batch as batch
from workflows.kinds.batch.case import Batch
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER as NOMINATION
from workflows.kinds.removal.kind import DECIDER as REMOVAL
from workflows.kinds.tenure.case import Tenure
from workflows.kinds.tenure.kind import DECIDER as TENURE
from workflows.procedure.separation import may_be_given
from workflows.rules.verdict import Refused

START = local("2026-03-02 10:00")
SCORES = {"scores": {"D2": 150, "D3": 150, "D6": 100}, "integrity_index": 800}
FIRST = Recommender(person_id="p-nominator", unit="chamber-1")


def nomination(policy: Policy, begun: OpenNomination | None = None) -> PureDesk[Nomination]:
    desk = PureDesk(NOMINATION, policy, START)
    desk.open(begun or opening())
    return desk


def second(policy: Policy, *sisters: str) -> PureDesk[Nomination]:
    """The same person, recommended by p-second of another chamber: here as well, or at another level."""
    begun = opening(case_id="c2")
    entry = begun.entry.model_copy(update={"nominating_unit": "chamber-2", "sisters": sisters})
    behind = None if sisters else "c1"
    said = {"nominator_id": "p-second", "duplicate_of": behind, "entry": entry}
    return nomination(policy, begun.model_copy(update=said))


async def elected(policy: Policy) -> PureDesk[Tenure]:
    desk = nomination(policy)
    office = Office(desk)
    await office.election(local("2026-06-22 09:00"))
    await office.ready()
    await desk.until(local("2026-06-16 10:00"))
    await office.confirmed()
    await desk.until(local("2026-06-22 12:00"))
    await office.counted("ELECTED", present=131, votes_for=100)
    starts = [one for one in desk.current.owed if isinstance(one, Start)]
    (begun,) = [one for start in starts for one in start.openings if isinstance(one, OpenTenure)]
    held = PureDesk(TENURE, policy, desk.now)
    held.open(begun)
    return held


async def resigning(policy: Policy) -> Commission:
    """The removal that a member's wish begins."""
    held = await elected(policy)
    await SeatOffice(held).asks(Resign, somebody("MEMBER", "p-nominee"), reason="personal")
    desk = PureDesk(REMOVAL, policy, local("2026-06-23 10:00"))
    desk.open(raised(held)[0])
    return Commission(desk)


def words(desk: PureDesk[Any], act: type[Any]) -> list[Any]:
    """What the case asks of others by such an act."""
    tells = [one for one in desk.current.owed if isinstance(one, Tell)]
    return [one.command for one in tells if isinstance(one.command, act)]


async def test_the_recommender_does_not_re_evaluate_the_member(policy: Policy) -> None:
    office = SeatOffice(held := await elected(policy))
    await held.send(owed(LoadCaseCalendar, held.case_id, "b1", year=year(2027)))
    await held.until(local("2027-06-22 00:00"))
    await office.replies()
    with pytest.raises(RefusedError) as caught:
        await office.act("re-score", "SCORED", form=SCORES, actor=somebody("EVALUATOR", "p-nominator"))
    assert caught.value.code == "recommender"
    await office.act("re-score", "SCORED", form=SCORES, actor=somebody("EVALUATOR", "p-other"))


async def test_the_recommender_does_not_look_first_at_a_lead_against_the_member(policy: Policy) -> None:
    commission = await resigning(policy)
    await commission.act("lead", "OPENED")
    with pytest.raises(RefusedError) as caught:
        await commission.act("first-look", "NO_CASE", actor=somebody("EVALUATOR", "p-nominator"))
    assert caught.value.code == "recommender"


async def test_nor_does_a_colleague_who_nominates_for_the_same_unit(policy: Policy) -> None:
    commission = await resigning(policy)
    await commission.act("lead", "OPENED")
    unit = commission.desk.current.recommended_by[0].unit
    grants = (Grant(role="EVALUATOR"), Grant(role="NOMINATOR", unit=unit, district="d01"))
    colleague = Actor(account_id="a-tied", person_id="p-tied", grants=grants)
    await refused(commission.desk, await completing(commission, "first-look", colleague), "recommender")


@pytest.mark.parametrize(
    ("kind", "role", "code"),
    [
        ("verify", "INSPECTOR", "recommender"),
        ("accept-resignation", "UFWD", "recommender"),
        ("plan-department", "UFWD", "recommender"),
        ("plan-party-group", "PARTY_GROUP", "recommender"),
        ("vote", "ELECTION_OFFICE", None),
        ("removal-opinion", "DISC_OFFICER", "separation-of-duty"),
        ("resume", "UFWD", None),
    ],
)
async def test_in_a_removal_the_roles_of_a_nominations_judges_judge(
    policy: Policy, kind: str, role: str, code: str | None
) -> None:
    """The policy names the tasks of a nomination: in another kind of case the roles of these stand for them."""
    case = (await resigning(policy)).desk.current
    (lead,) = case.open_tasks("lead")
    task = lead.model_copy(update={"kind": kind, "role": role})
    assert policy.task(kind).role == role
    verdict = may_be_given(case, task, Ties(person_id="p-nominator"), policy)
    assert (verdict.code if isinstance(verdict, Refused) else None) == code


async def test_what_everybody_does_on_a_case_the_recommender_may_do(policy: Policy) -> None:
    """To serve, to file and to resume is not to judge, in a removal as little as in a nomination."""
    commission = await resigning(policy)
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "NO_CASE")
    await commission.act("first-look-sign", "CONFIRM")
    await commission.act("serve", "SERVED", actor=somebody("CLERK", "p-nominator"))


async def test_the_recommender_of_a_member_sits_in_no_review_of_the_removal(policy: Policy) -> None:
    office = SeatOffice(held := seat(recommended_by=(FIRST,)))
    await office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    desk = PureDesk(REMOVAL, policy, local("2026-03-03 10:00"))
    desk.open(raised(held)[0])
    commission = Commission(desk)
    await commission.removed()
    await commission.act("serve", "SERVED")
    await commission.act("apply-review", "APPLIED", form={"grounds": "x"})
    starts = [one for one in desk.current.owed if isinstance(one, Start)]
    (review,) = [one for start in starts for one in start.openings if isinstance(one, OpenReview)]
    assert "p-nominator" in review.barred


async def test_whoever_recommends_at_one_level_does_not_score_at_the_other(policy: Policy) -> None:
    """The two share one evaluation, so each tells the other who recommends there."""
    city, district = nomination(policy), second(policy, "c1")
    (introduced,) = words(district, KnowSister)
    await city.send(introduced)
    (answer,) = words(city, KnowSister)
    await district.send(answer)
    assert not words(district, KnowSister)[1:], "nobody answers an answer"
    for desk, person in ((city, "p-second"), (district, "p-nominator")):
        office = Office(desk)
        await office.screened()
        await office.replies()
        form = office.scores(900)
        with pytest.raises(RefusedError) as caught:
            await office.act("score", "SCORED", form=form, actor=somebody("EVALUATOR", person))
        assert caught.value.code == "recommender"


async def test_whoever_recommended_in_a_withdrawn_nomination_does_not_screen_the_next(policy: Policy) -> None:
    first, next_one = nomination(policy), second(policy)
    await first.send(owed(NominatedAgain, "c1", "b1", other="c2"))
    await Office(first).withdraw()
    for to, word in words_for(first, "nomination"):
        assert to == ("c2",)
        assert isinstance(word, StandAlone)
        await next_one.send(word)
    with pytest.raises(RefusedError) as caught:
        await Office(next_one).act("screen", "PASS", actor=somebody("SCREENER", "p-nominator"))
    assert caught.value.code == "recommender"


async def test_a_nomination_begins_with_who_recommended_the_person_before(
    batch: PureDesk[Batch], policy: Policy
) -> None:
    """Whether that one stands or is gone: the batch knows who handed it in."""
    first, later = await both(batch, policy)
    assert later.current.recommended_by == (FIRST,)
    assert first.current.recommended_by == (Recommender(person_id="p-guild", unit="guild-1"),)
    asked = await completing(Office(later), "screen", somebody("SCREENER", "p-nominator"))
    await refused(later, asked, "recommender")


async def test_a_batch_of_before_does_not_know_and_goes_on(batch: PureDesk[Batch], policy: Policy) -> None:
    """A roster that was recorded before its recommender was said with it."""
    first, _ = await both(batch, policy)
    recorded = batch.current.but(recommended={})
    assert recorded.recommenders(first.current.person_id, but="c2") == ()


async def test_what_a_recommender_had_screened_before_is_screened_again(policy: Policy) -> None:
    """Whoever recommends by a second nomination judged the person before: others judge again (SOD-08)."""
    first = nomination(policy)
    office = Office(first)
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-second"))
    await office.act("screen-sign", "CONFIRM")
    assert first.current.stage is Stage.DECLARATION
    await first.send(owed(NominatedAgain, "c1", "b1", other="c2"))
    joined = {"other": "c2", "nominator_id": "p-second", "nominating_unit": "chamber-2"}
    await first.send(owed(JoinNomination, "c1", "c2", **joined))
    assert first.current.stage is Stage.SCREENING
    asked = await completing(office, "screen", somebody("SCREENER", "p-second"))
    await refused(first, asked, "recommender")
    await office.screened()
    assert first.current.stage is not Stage.SCREENING


async def test_as_soon_as_the_second_nomination_is_known(batch: PureDesk[Batch], policy: Policy) -> None:
    await batch.send(
        roster(
            somebody("NOMINATOR", "p-nominator", "chamber-1"),
            AGAIN.model_copy(update={"case_id": "c1", "nominating_unit": "chamber-1"}),
        )
    )
    first = opened(batch, policy)["c1"]
    await Office(first).act("screen", "PASS", actor=somebody("SCREENER", "p-guild"))
    await Office(first).act("screen-sign", "CONFIRM")
    await batch.send(roster(GUILD, AGAIN))
    ((_, word),) = told(batch)
    await first.send(word)
    assert [task.kind for task in first.current.open_tasks()] == ["screen"]

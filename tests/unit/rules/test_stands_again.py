"""What held a vetoed case, and what was asked of people, stands again once a re-check is granted (§8.1, §8.8.1)."""

from datetime import timedelta

from contracts.actor import Ties
from contracts.commands.case import PassOn
from contracts.commands.nomination import DisputeHit
from contracts.vocabulary import CaseState
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.office import PAPER, Office, finding
from tests.unit.rules.test_appeal import granted, vetoed
from tests.unit.rules.test_reports_after_a_veto import back, vetoed_now
from tests.unit.rules.test_told_after_the_end import answered, cleared
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]


async def test_one_signature_and_a_veto_lift_no_investigation(desk: Work, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.paused("police")
    await office.act("resume", "RESUMED", form=PAPER)
    await office.act("confirm-fact", "VETO", about="hit.1")
    await office.act("confirm-fact-sign", "CONFIRM", about="hit.1")
    assert desk.current.state is CaseState.VETOED
    await granted(office)
    assert [hold.name for hold in desk.current.holds] == ["pause-item:hit.2"], "only one of two had lifted it"
    await cleared(office)
    await office.resumed()
    assert desk.current.state is CaseState.CONSULTING


async def test_nor_an_opinion_that_was_put_off(desk: Work, office: Office) -> None:
    await office.to_integrity()
    await office.opinion(leader="DEFER")
    await office.act("resume", "RESUMED", form=PAPER)
    await vetoed_now(desk, office)
    await back(office)
    assert [hold.name for hold in desk.current.holds] == ["opinion-deferred"]
    await office.resumed()
    assert desk.current.open_tasks("opinion-draft")


async def test_the_months_that_a_deferral_had_used_before_the_veto_stay_used(
    desk: Work, office: Office
) -> None:
    await office.to_integrity()
    await office.opinion(leader="DEFER")
    (hold,) = desk.current.holds
    assert hold.until == local("2026-06-03 00:00")
    await desk.until(local("2026-05-20 10:00"))
    await vetoed_now(desk, office)
    await back(office)
    (hold,) = desk.current.holds
    assert hold.until is not None
    assert hold.until <= local("2026-06-03 00:00") + timedelta(days=3), "eleven weeks of it are over"


async def test_the_time_between_the_end_and_the_return_is_none_of_them(desk: Work, office: Office) -> None:
    await office.to_integrity()
    await office.opinion(leader="DEFER")
    await vetoed_now(desk, office)
    await office.act("appeal", "APPEALED", form={"text": "paid"})
    await desk.until(local("2026-04-02 10:00"))
    await answered(office)
    (hold,) = desk.current.holds
    assert hold.until == local("2026-07-03 00:00")


async def test_an_item_on_a_task_that_the_veto_ended_does_not_come_back(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies()
    await desk.until(local("2026-03-17 10:00"))
    assert desk.current.open_tasks("overdue")
    await vetoed_now(desk, office)
    await back(office)
    assert desk.current.open_tasks("score")
    assert not desk.current.open_tasks("overdue"), "the task that is asked anew is not late"


async def test_whoever_is_to_be_named_is_named_for_the_task_that_is_asked_anew(
    desk: Work, office: Office
) -> None:
    await office.screened()
    await office.replies()
    score = await office.task("score")
    given_up = asks(PassOn, somebody("EVALUATOR", "p-absent"), task_id=score.id, reason="on leave")
    claim = given_up.claim.model_copy(update={"others": (Ties(person_id="p-nominator"),)})
    await desk.send(given_up.model_copy(update={"claim": claim}))
    role = (await office.task("name-signer")).role
    await vetoed_now(desk, office)
    await back(office)
    anew, naming = await office.task("score"), await office.task("name-signer")
    assert (naming.about, naming.role) == (f"task:{anew.id}", role)
    assert anew.id != score.id


async def test_states_that_were_read_before_the_veto_are_read_again(desk: Work, office: Office) -> None:
    await office.posted()
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.reread("notice")
    await vetoed_now(desk, office)
    await desk.until(local("2026-03-12 10:00"))
    await back(office)
    assert desk.current.open_tasks("reread-notice"), "what they are today nobody knows"
    await office.close_notice()
    assert desk.current.state is CaseState.READY


async def disputed(desk: Work, office: Office) -> None:
    """The department says after the veto that its fact is another's, while the person has asked already."""
    await vetoed(office)
    await office.act("appeal", "APPEALED", form={"text": "a namesake's"})
    source = somebody("DEPT_OFFICER", "p-x", "tax")
    await office.asks(DisputeHit, source, hit=1, reason="a namesake's")
    await answered(office)
    assert not desk.current.open_tasks("confirm-fact"), "the ruling waits for the comparison"


async def test_a_comparison_that_is_under_way_goes_on(desk: Work, office: Office) -> None:
    await disputed(desk, office)
    await office.act("match", "MISMATCH", unit="tax")
    await office.act("match-sign", "CONFIRM", unit="tax")
    assert (desk.current.state, desk.current.open_hits()) == (CaseState.CONSULTING, [])


async def test_and_where_the_fact_is_the_persons_it_is_ruled_on(desk: Work, office: Office) -> None:
    await disputed(desk, office)
    await office.act("match", "MATCHES", unit="tax")
    await office.act("match-sign", "CONFIRM", unit="tax")
    await cleared(office)
    assert desk.current.state is CaseState.CONSULTING

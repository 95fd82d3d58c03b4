"""Pause items: the state is confirmed from a paper, the person is not told the ground (domain §8.2 rule 7, §8.8.2)."""

import pytest

from contracts.causes import Cause
from contracts.commands.case import ReportFact
from contracts.events.election import BallotLeft
from contracts.nominee import Fact
from contracts.vocabulary import CaseState, Effect, Stage
from tests.acting import completing, refused
from tests.asking import local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import INSPECTION, PAPER, Office, finding


async def test_the_person_is_neither_heard_nor_told(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("police", "ISSUE", finding("NL-C03"))
    assert desk.current.hits[0].effect is Effect.PAUSE
    assert not desk.current.open_tasks("explain")
    assert [t.kind for t in desk.current.open_tasks() if t.stage is Stage.RULING] == ["confirm-pause"]


@pytest.mark.parametrize(
    "paper",
    [{}, {**PAPER, "issuer": " "}, {**PAPER, "read_on": "2026-03-03"}, {**PAPER, "read_on": "1948-05-05"}],
)
async def test_the_state_is_confirmed_from_a_paper(
    paper: dict[str, object], desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.reply("police", "ISSUE", finding("NL-C03"))
    asked = await completing(
        office, "confirm-pause", office.actor("EVALUATOR"), outcome="PAUSE", reason="r", form=paper
    )
    await refused(desk, asked, "form-invalid")


async def test_a_pause_item_holds_the_case_and_lapses_at_the_re_check(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.paused("police")
    assert desk.current.state is CaseState.HELD
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    assert desk.current.state is CaseState.LAPSED


async def test_only_two_who_have_re_read_the_state_lift_it(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.paused("police")
    first, second = office.actor("UFWD"), office.actor("UFWD", signature=2)
    asked = await completing(office, "resume", first, outcome="RESUMED", reason="closed")
    await refused(desk, asked, "form-invalid")
    await office.act("resume", "RESUMED", form=PAPER)
    await refused(desk, await completing(office, "resume-sign", second, outcome="CONFIRM"), "form-invalid")
    await refused(
        desk, await completing(office, "resume-sign", first, outcome="CONFIRM", form=PAPER), "same-person"
    )
    await office.act("resume-sign", "CONFIRM", form=PAPER)
    assert desk.current.state is CaseState.CONSULTING


async def test_what_was_read_before_the_hold_lifts_it_for_neither(desk: PureDesk, office: Office) -> None:
    """It told that the state lasts: to lift it both read it again, on the day on which it held the case or later."""
    await office.screened()
    await desk.until(local("2026-03-10 17:00"))
    await office.paused("police")
    await desk.until(local("2026-03-24 10:00"))
    before, since = {**PAPER, "read_on": "2026-03-09"}, {**PAPER, "read_on": "2026-03-10"}
    for kind, outcome in (("resume", "RESUMED"), ("resume-sign", "CONFIRM")):
        with pytest.raises(RefusedError, match="read_on"):
            await office.act(kind, outcome, form=before)
        await office.act(kind, outcome, form=since)
    assert desk.current.state is CaseState.CONSULTING


async def test_the_days_of_a_pause_are_given_back(desk: PureDesk, office: Office) -> None:
    await office.screened()
    before = (await office.task("reply", "tax")).due
    await office.paused("police")
    await desk.until(local("2026-03-05 10:00"))
    await office.resumed()
    after = (await office.task("reply", "tax")).due
    assert before is not None
    assert after is not None
    assert after > before
    await office.replies("police")
    assert desk.current.stage is Stage.GRADING


async def investigated(office: Office) -> None:
    """Somebody reports, in whatever state, that the person is investigated."""
    fact = Fact.model_validate(finding("NL-C03")["findings"][0])
    await office.asks(ReportFact, somebody("EVALUATOR"), fact=fact, source="EVALUATOR")


async def test_while_two_confirm_it_no_state_and_no_refusal_tells_of_it(
    desk: PureDesk, office: Office
) -> None:
    """Whoever would go on is answered as in any case that waits, before and after the state was confirmed."""
    await office.screened()
    await office.replies()
    await office.graded()
    await investigated(office)
    assert (desk.current.state, desk.current.stage) == (CaseState.INSPECTING, Stage.INSPECTION)
    await office.act("inspect", "SUITABLE", signature=1, form=INSPECTION)
    last = await completing(
        office, "inspect", office.actor("INSPECTOR", signature=2), outcome="SUITABLE", form=INSPECTION
    )
    await refused(desk, last, "case-held")
    await office.act("confirm-pause", "PAUSE", form=PAPER)
    await office.act("confirm-pause-sign", "CONFIRM", form=PAPER)
    assert desk.current.state is CaseState.HELD
    await refused(desk, last, "case-held")


async def test_the_name_leaves_the_ballot_as_that_of_any_case_that_waits(
    desk: PureDesk, office: Office
) -> None:
    await office.ready()
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 09:00"))
    await office.confirmed()
    assert desk.current.ballot is not None
    await investigated(office)
    assert (desk.current.ballot, desk.current.state) == (None, CaseState.READY)
    (left,) = desk.of(BallotLeft)
    assert isinstance(left, BallotLeft)
    assert left.cause is Cause.CASE_HELD

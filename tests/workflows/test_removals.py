"""Removals and reviews on the engine: each branch from its first day to its file, and replayed."""

import pytest
from temporalio.worker import Replayer

from contracts.causes import Cause
from contracts.commands.removal import ReportInvestigation, ReportRelease, TenderResignation
from contracts.vocabulary import CaseState, Stage
from services.worker.catalogue import WORKFLOWS
from tests.asking import local, removal_opening, somebody
from tests.commission import APPLICATION, CONSENTED, RESIGNED, Body, Commission
from tests.desks import RefusedError
from tests.engine import Clock, WorkflowDesk
from tests.fakes import FakeCases, FakeRecord
from tests.instants import midnight_after
from tests.office import MINUTES
from tests.workflows.carrying import begun, told
from tests.workflows.conftest import Open
from workflows.kinds.removal.case import Removal

CHAIR = somebody("LEADER_IN_CHARGE", "p-chair")


async def ends(desk: WorkflowDesk[Removal], word: str) -> None:
    """The workflow has ended so, and its history replays."""
    assert await desk.handle.result() == word
    replayer = Replayer(workflows=list(WORKFLOWS), data_converter=desk.handle._client.data_converter)
    await replayer.replay_workflow(await desk.handle.fetch_history())


async def test_a_detained_member_is_suspended_resigns_with_consent_and_is_released(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(removal_opening())
    commission = Commission(desk)
    await commission.asks(ReportInvestigation, CHAIR, cause=Cause.DETAINED, document_digest="a" * 64)
    proposal = await commission.task("suspend-duty")
    assert proposal.due == midnight_after(3, 4)
    await commission.act("suspend-duty", "SUSPENDED", form=MINUTES)
    await commission.looked()
    await commission.asks(TenderResignation, somebody("MEMBER", "p-member"), document_digest="d" * 64)
    with pytest.raises(RefusedError, match="consent"):
        await commission.act("accept-resignation", "ACCEPTED", form=RESIGNED)
    await commission.asks(ReportRelease, CHAIR, cause=Cause.DETAINED, document_digest="b" * 64)
    assert (await desk.case()).suspended == ()
    await commission.act("accept-resignation", "ACCEPTED", form=CONSENTED)
    await commission.closed()
    await ends(desk, "RESIGNED")


async def test_an_urgent_removal_that_the_plenary_does_not_ratify_is_undone_from_its_day(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(removal_opening())
    commission = Commission(desk)
    await commission.planned("URGENT")
    assert (await commission.task("urgent-decision")).due == midnight_after(3, 9)
    await desk.until(local("2026-03-06 11:00"))
    await commission.decides("DECIDED")
    assert (await desk.case()).state is CaseState.RATIFYING
    await desk.until(local("2026-04-17 16:00"))
    await commission.votes("NOT_RATIFIED", (120, 80, 60), "ratify", held_on="2026-04-17")
    (restored,) = record.of("member-restored")
    assert restored.payload == {"cause": "not-ratified", "since": "2026-04-17"}
    assert (await commission.task("clear-name")).due == midnight_after(4, 24)
    assert (await commission.task("serve")).due == midnight_after(4, 22)
    await commission.closed()
    await ends(desk, "NOT_RATIFIED")


async def test_a_first_review_upholds_and_the_second_revokes(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-01-28 10:00"))
    desk = await open_case(removal_opening())
    commission = Commission(desk)
    await commission.removed()
    await commission.act("note-vacancy", "VACANCY_OPEN")
    await desk.until(local("2026-01-30 16:00"))
    await commission.act("serve", "SERVED")
    assert (await commission.task("apply-review")).due == midnight_after(2, 28), "a month has no 30 February"
    await desk.until(local("2026-02-28 23:00"))
    await commission.act("apply-review", "APPLIED", form=APPLICATION)

    first = await begun(cases, open_case)
    body = Body(first)
    assert (await body.task("review-vote", signature=1)).due == midnight_after(3, 30), (
        "28 March is a Saturday"
    )
    await body.vote("UPHELD", "UPHELD", "REVOKED")
    await body.act("serve", "SERVED")
    await told(cases, desk, 2)
    await body.act("file", "FILED")

    await commission.act("apply-second-review", "APPLIED", form=APPLICATION)
    second = await begun(cases, open_case, 3)
    above = Body(second)
    assert (await above.task("second-review-vote", signature=1)).due == midnight_after(4, 28)
    signer = somebody("REVIEWER_ABOVE", "p-reviewer-1")
    with pytest.raises(RefusedError, match="conflict-of-interest"):
        await above.act("second-review-vote", "REVOKED", signature=1, actor=signer)
    await above.vote("REVOKED", "REVOKED", "REVOKED", task="second-review-vote")
    await told(cases, desk, 4)
    state = await desk.case()
    assert (state.state, state.sits) == (CaseState.REMOVED, True)
    await commission.act("clear-name", "RESTORED")
    await commission.act("file", "FILED")
    await ends(desk, "REMOVED")
    await ends(first, "UPHELD")


async def test_whoever_says_nothing_within_the_month_has_said_nothing_more(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(removal_opening())
    commission = Commission(desk)
    await commission.removed()
    await commission.act("note-vacancy", "VACANCY_OPEN")
    await commission.act("serve", "SERVED")
    await desk.until(local("2026-04-02 23:59"))
    assert [e.payload["rung"] for e in record.of("rung-reached") if e.payload["kind"] == "apply-review"] == [
        "blue"
    ]
    assert (await desk.case()).open_tasks("apply-review")
    await desk.until(local("2026-04-03 00:01"))
    await commission.act("file", "FILED")
    await ends(desk, "REMOVED")


async def test_nothing_proven_ends_it_and_clears_the_name(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(removal_opening())
    commission = Commission(desk)
    await commission.looked()
    await desk.until(local("2026-03-13 00:01"))
    assert (await desk.case()).stage is Stage.VERIFICATION
    await commission.verified("PROVEN", "UNPROVEN")
    await commission.closed()
    await ends(desk, "NO_CASE")

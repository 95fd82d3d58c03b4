"""What is recorded of removals and reviews: one history for each of their branches."""

from typing import Any

from contracts.causes import Cause
from contracts.commands.removal import (
    LiftSuspension,
    ReportInvestigation,
    ReportRelease,
    ReviewDecided,
    Suspend,
    TenderResignation,
)
from contracts.matter import OtherSeat
from contracts.names import review_id
from contracts.vocabulary import CaseState, Seat
from tests.asking import asks, removal_opening, review_opening, somebody
from tests.commission import APPLICATION, CONSENTED, HEARD, Body, Commission
from tests.engine import WorkflowDesk
from tests.office import MINUTES
from tests.replay.plays import VERSION, Stories, after

CHAIR = somebody("LEADER_IN_CHARGE", "p-chair")
MEMBER = somebody("MEMBER", "p-member")
ELSEWHERE = OtherSeat(owner="federation", district="d02", seat=Seat.STANDING)


async def removed(desk: WorkflowDesk[Any]) -> None:
    """From lead to file: suspended, silent, removed; a case at another level begins, and no review is asked for."""
    commission = Commission(desk)
    await commission.asks(Suspend, CHAIR, cause="detained", minutes_digest="a" * 64)
    await commission.looked()
    await after(desk, "statement")
    await commission.verified()
    await commission.opinion()
    await commission.asks(LiftSuspension, CHAIR, cause="detained", minutes_digest="b" * 64)
    await commission.plan()
    await commission.votes("REMOVED")
    await commission.act("serve", "SERVED")
    await commission.act("note-vacancy", "VACANCY_OPEN")
    await after(desk, "review_application")
    await commission.act("file", "FILED")


async def kept(desk: WorkflowDesk[Any]) -> None:
    """Heard by two, voted on twice, kept."""
    commission = Commission(desk)
    await commission.looked()
    await commission.act("statement", "HEARING_ASKED")
    await commission.act("hearing", "HEARD", form=HEARD)
    await commission.act("hearing-sign", "CONFIRM")
    await commission.verified("PARTLY", "PROVEN")
    await commission.opinion("DEFER", "DEFER")
    await commission.resumed()
    await commission.opinion()
    await commission.plan()
    await commission.votes("NOT_HELD", (131, 87, 87))
    await commission.votes("KEPT", (131, 131, 65))
    await commission.closed()


async def not_ratified(desk: WorkflowDesk[Any]) -> None:
    """Decided between two plenaries, and undone by the next."""
    commission = Commission(desk)
    await commission.planned("URGENT")
    await commission.decides("DECIDED")
    await commission.votes("NOT_RATIFIED", (131, 131, 65), "ratify")
    await commission.closed()


async def ratified(desk: WorkflowDesk[Any]) -> None:
    """Decided between two plenaries, and ratified by the next; then revoked by the second review."""
    commission = Commission(desk)
    await commission.planned("URGENT")
    await commission.decides("DECIDED")
    await commission.votes("RATIFIED", task="ratify")
    await commission.act("serve", "SERVED")
    for instance, task, outcome in (
        (1, "apply-review", CaseState.UPHELD),
        (2, "apply-second-review", CaseState.REVOKED),
    ):
        await commission.act(task, "APPLIED", form=APPLICATION)
        ident = review_id(desk.case_id, instance)
        word = {"review": ident, "instance": instance, "outcome": outcome, "signers": (f"p-{instance}",)}
        await desk.send(asks(ReviewDecided, somebody("CLERK"), desk.case_id, **word))
    await commission.act("clear-name", "RESTORED")
    await commission.act("file", "FILED")


async def resigned(desk: WorkflowDesk[Any]) -> None:
    """Detained, suspended on the proposal, resigned with the investigator's consent, released."""
    commission = Commission(desk)
    await commission.asks(ReportInvestigation, CHAIR, cause=Cause.DETAINED, document_digest="a" * 64)
    await commission.act("suspend-duty", "SUSPENDED", form=MINUTES)
    await commission.looked("RESIGNATION_PATH")
    await commission.act("persuade", "REFUSED")
    await commission.asks(TenderResignation, MEMBER, document_digest="d" * 64)
    await commission.act("accept-resignation", "ACCEPTED", form=CONSENTED)
    await commission.asks(ReportRelease, CHAIR, cause=Cause.DETAINED, document_digest="b" * 64)
    await commission.closed()


async def unproven(desk: WorkflowDesk[Any]) -> None:
    """Nothing is proven, and the name is cleared."""
    commission = Commission(desk)
    await commission.heard()
    await commission.verified("UNPROVEN", "PROVEN")
    await commission.closed()


async def merged(desk: WorkflowDesk[Any]) -> None:
    """A second lead about a seat whose removal is open."""
    commission = Commission(desk)
    await commission.act("lead", "DUPLICATE", form={"of": "r1"})
    await commission.closed()


async def revoked(desk: WorkflowDesk[Any]) -> None:
    """No majority first, then one that revokes."""
    body = Body(desk)
    await body.vote("UPHELD", "CHANGED", "REVOKED")
    await body.vote("REVOKED", "REVOKED", "UPHELD")
    await body.act("serve", "SERVED")
    await body.act("file", "FILED")


async def upheld(desk: WorkflowDesk[Any]) -> None:
    """The level above upholds."""
    body = Body(desk)
    await body.vote("UPHELD", "UPHELD", "UPHELD", task="second-review-vote")
    await body.act("serve", "SERVED")
    await body.act("file", "FILED")


REMOVALS: Stories = {
    "removal": (removal_opening(VERSION, other_seats=(ELSEWHERE,)), removed),
    "removal-kept": (removal_opening(VERSION), kept),
    "removal-not-ratified": (removal_opening(VERSION), not_ratified),
    "removal-ratified": (removal_opening(VERSION), ratified),
    "removal-resigned": (removal_opening(VERSION), resigned),
    "removal-unproven": (removal_opening(VERSION), unproven),
    "removal-merged": (removal_opening(VERSION, "r2", open_removal="r1"), merged),
    "review": (review_opening(VERSION), revoked),
    "review-second": (review_opening(VERSION, instance=2), upheld),
}
"""By name the opening, and what people do."""

"""The acts of a removal beside its tasks: the lead that opens it, and the suspension from duty (R01, R03)."""

from contracts.canonical import digest_of
from contracts.commands.removal import LiftSuspension, OpenRemoval, Suspend
from contracts.events.removal import DutySuspended, RemovalOpened, SuspensionLifted
from contracts.refusals import RefusalCode
from contracts.vocabulary import Stage
from workflows.kinds.removal.case import Work
from workflows.procedure.rights import may_ask
from workflows.rules.verdict import Refused


def open_removal(draft: Work, opening: OpenRemoval) -> None:
    """R01: the lead is registered."""
    lead = {"source": opening.source, **opening.lead.model_dump(mode="json")}
    draft.emit(
        RemovalOpened(
            person_id=opening.person_id,
            seat=opening.seat,
            source=opening.source,
            content_digest=digest_of(lead),
            private=opening.lead,
        )
    )
    draft.know(opening.calendar_years)
    draft.enter(Stage.LEAD)
    draft.open("lead")


def suspend(draft: Work, command: Suspend) -> Refused | None:
    """R03: the chair meeting suspends, at any time before the end. A further cause is recorded as well."""
    verdict = may_ask(command.actor, draft.case, command.act, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    if draft.case.ended:
        return Refused(RefusalCode.CASE_ENDED, f"the case ended as {draft.case.state.value}")
    if draft.case.suspended is not command.cause:
        draft.emit(DutySuspended(cause=command.cause, minutes_digest=command.minutes_digest))
    return None


def lift(draft: Work, command: LiftSuspension) -> Refused | None:
    """R03: its cause has ended."""
    verdict = may_ask(command.actor, draft.case, command.act, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    if draft.case.suspended is not None:
        draft.emit(SuspensionLifted(minutes_digest=command.minutes_digest))
    return None

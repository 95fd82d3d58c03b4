"""A rule of transition that two people approved reaches a batch: it keeps its version, its cases are told (SC-11)."""

from contracts.case import CaseKind
from contracts.commands.policy import ApplyPolicy
from contracts.events.policy import TransitionTaken
from workflows.kinds.batch import seats
from workflows.kinds.batch.case import Work
from workflows.rules.verdict import Refused


def take(work: Work, command: ApplyPolicy) -> Refused | None:
    """Once, the cases are told, each of which knows whether it is before ST10; sitting members hear of the version
    that measures them from their next annual re-evaluation on."""
    batch, applied = work.state, command.applied
    if batch.applied == applied:
        return None
    work.emit(TransitionTaken(applied=applied))
    work.owe_tell(CaseKind.NOMINATION, batch.cases, ApplyPolicy(claim=command.claim, applied=applied))
    seats.tell_version(work, batch.tenures)
    return None

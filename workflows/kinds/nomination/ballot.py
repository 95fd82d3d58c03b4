"""ST13 and ST14: the re-check before the election, and the count."""

from datetime import datetime

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.findings import find_hits, findings_hold
from workflows.kinds.nomination.seating import take_seat
from workflows.passages.vote import Leads, vote
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.consequences import Ends, Then, enters
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import Alone
from workflows.rules import deadlines
from workflows.rules.verdict import Refused
from workflows.rules.voting import Result


def recheck_opening(case: Nomination, policy: Policy) -> datetime | None:
    """When the re-check may begin, so many working days before the election (ST13); None while none is called."""
    if case.election_at is None:
        return None
    return deadlines.before(case.election_at, policy.election.recheck_within, calendar_of(case, policy))


def new_hit_holds(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """A new hit names facts of items on the list."""
    return findings_hold(draft, task, command) if command.outcome == "NEW_HIT" else None


def find_new_hits(draft: Work, task: Task) -> None:
    """What was found is looked at, fact by fact, before the case may go on."""
    find_hits(draft, task)


SIGNING: dict[str, Signing[Nomination]] = {
    "recheck": Alone({"CONFIRMED": enters(Stage.ELECTION), "NEW_HIT": find_new_hits}, check=new_hit_holds),
    **vote(
        "count",
        {
            Result.PASSED: Leads("ELECTED", Then(take_seat, Ends(CaseState.ELECTED, Cause.VOTE))),
            Result.FAILED: Leads("NOT_ELECTED", Ends(CaseState.NOT_ELECTED, Cause.VOTE)),
            Result.NO_QUORUM: Leads("NOT_HELD", enters(Stage.RECHECK)),
        },
    ),
}

"""ST13 and ST14: the re-check, the ballot of one date, and the election (domain §8.8.5).

A ballot is the cases whose re-check for this date was confirmed before its instant, and in whose way nothing stands at
it. Everybody else stays ready for the next date; of a date that moves the ballot is empty again.
"""

from dataclasses import dataclass
from datetime import datetime

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.commands.nomination import ScheduleElection
from contracts.events.election import BallotEntered, BallotLeft, ElectionMissed
from contracts.events.nomination import ElectionScheduled
from contracts.minutes import minute_of
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage, TaskState
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.fold import FOLDING
from workflows.kinds.nomination.seating import take_seat
from workflows.kinds.nomination.sharing import ask_departments
from workflows.kinds.nomination.standing import nothing_open, reading_again
from workflows.passages.vote import Leads, vote
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.consequences import Ends, Then, enters
from workflows.procedure.kind import Awaited, Lapsing, Signing
from workflows.procedure.rights import ON_HOLD
from workflows.rules import election_day
from workflows.rules.forms import ElectionCount
from workflows.rules.verdict import Refused
from workflows.rules.voting import Result

LATE = ("late-reply", "late-reply-sign")
"""What nobody waits for: a department that is asked anew answers that."""
POST_AGAIN = enters(Stage.NOTICE, "post-notice")
READY = enters(Stage.RECHECK)


def recheck_opening(case: Nomination, policy: Policy) -> datetime | None:
    """When the re-check may begin (ST13); None while no election lies ahead, or its year is not published."""
    at = case.upcoming
    if at is None:
        return None
    return election_day.opening(at, policy.election.recheck_within, calendar_of(case, policy))


@dataclass(frozen=True)
class _Recheck(Awaited[Nomination]):
    """The re-check for the date that is called, due on its eve; never twice for the same ballot."""

    def waits(self, case: Nomination, free: bool) -> bool:
        """Whether the case waits for it."""
        return super().waits(case, free) and case.ballot is None

    def bring(self, draft: Work) -> None:
        """Ask for it."""
        at = draft.case.upcoming
        within, calendar = draft.policy.election.recheck_within, calendar_of(draft.case, draft.policy)
        due = None if at is None else election_day.eve(at, within, draft.now, calendar)
        draft.open(self.task, until=due)


def hold_election(draft: Work) -> None:
    """The instant of the election: the count opens for who is on the ballot, and for nobody else."""
    case = draft.case
    at = case.election_at
    if at is None:
        raise RuntimeError("no election is held that was not called")
    clear = _read_again(case) and not (case.held or case.open_reports() or FOLDING.over(case))
    if case.ballot == at and clear:
        enters(Stage.ELECTION, "count")(draft)
        return
    draft.cancel(case.open_tasks("recheck", "count"), Cause.ELECTION_HELD)
    draft.emit(ElectionMissed(election_at=at))


def _read_again(case: Nomination) -> bool:
    """Whether the re-check that was asked for last is confirmed, and its papers are not void."""
    asked = [task for task in case.tasks.values() if task.kind == "recheck"]
    return bool(asked) and (asked[-1].state, asked[-1].outcome) == (TaskState.DONE, "CONFIRMED")


def _awaits_election(case: Nomination) -> bool:
    return case.upcoming is not None and case.stage is not Stage.ELECTION


def _may_be_unfit(case: Nomination) -> bool:
    return case.stage is Stage.RECHECK and not case.held


def schedule_election(draft: Work, command: ScheduleElection) -> Refused | None:
    """The batch called or moved the election: whatever was confirmed for another date counts no more.

    A case that has ended for good is not concerned, nor is one that knows this date.
    """
    case = draft.case
    if case.over_for_good or command.election_at == case.election_at:
        return None
    draft.cancel(case.open_tasks("recheck", "count"), Cause.ELECTION_MOVED)
    leave(draft, Cause.ELECTION_MOVED)
    draft.emit(ElectionScheduled(election_at=command.election_at))
    if case.stage is Stage.ELECTION:
        READY(draft)
    return None


def leave(draft: Work, cause: Cause) -> None:
    """Take the name off the ballot, if it stands there."""
    if draft.case.ballot is not None:
        draft.emit(BallotLeft(election_at=draft.case.ballot, cause=cause))


def keep(draft: Work) -> None:
    """Who has an open hit, a hold or a lost post, or whose papers are void, is on no draft ballot.

    Once the election was held it is no draft.
    """
    case = draft.case
    if case.ended or case.stage is Stage.ELECTION:
        return
    # A count that is still open is of a vote whose papers are void: it would rest on nothing.
    draft.cancel(case.open_tasks("count"), Cause.CONFLICT)
    if case.told_hits():
        leave(draft, Cause.NEW_HIT)
    if case.held or case.open_hits():
        leave(draft, Cause.CASE_HELD)
    if case.lost:
        leave(draft, Cause.POST_LOST)
    if case.stage is not Stage.RECHECK:
        leave(draft, Cause.CONFLICT)


def fit_for_the_day(draft: Work) -> None:
    """What must hold on election day and no longer will is done anew: the evaluation, then the public notice.

    Once: while the election is so far ahead that what is made today would be too old as well, the case waits.
    """
    case, waits = draft.case, _fresh_from(draft.case, draft.policy)
    if case.stage is not Stage.RECHECK or waits is None or draft.now < waits:
        return
    if _evaluation_ages(case):
        draft.cancel(case.open_tasks("recheck", *LATE), Cause.EVALUATION_EXPIRED)
        enters(Stage.CONSULTATION)(draft)
        ask_departments(draft)
        return
    draft.cancel(case.open_tasks("recheck"), Cause.NOTICE_TOO_OLD)
    POST_AGAIN(draft)


def _fresh_from(case: Nomination, policy: Policy) -> datetime | None:
    """From when on what ages before the election would last until it, made anew; None when nothing does."""
    at, calendar, valid = case.upcoming, calendar_of(case, policy), policy.election.notice_valid
    if at is None:
        return None
    if _evaluation_ages(case):
        return election_day.lasting_from(policy.grading.validity, at, calendar)
    if case.window is None or election_day.too_old(case.window[1], valid, at, calendar):
        return election_day.lasting_from(valid, at, calendar)
    return None


def _evaluation_ages(case: Nomination) -> bool:
    """Whether it is over on the day of the election that is called."""
    at = case.upcoming
    return at is not None and (case.valid_until is None or at >= case.valid_until)


def enter_the_ballot(draft: Work, task: Task) -> None:
    """The name is on the ballot of this date."""
    at = draft.case.upcoming
    if at is None:
        raise RuntimeError("a re-check is open only while an election lies ahead")
    draft.emit(BallotEntered(election_at=at))


def held_when(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """The count is of a vote that was held, at the election and not before it; nothing is open against the person."""
    refused = nothing_open(draft, task, command)
    if refused is not None:
        return refused
    if draft.case.open_reports():
        # Whoever counts may not know of a report (T4): the case waits, as any other.
        return ON_HOLD
    held_at, election = ElectionCount.model_validate(command.form).held_at, draft.case.election_at
    if held_at is None or election is None:
        return Refused(RefusalCode.FORM_INVALID, say("election-uncalled").at("held_at"))
    if not minute_of(election) <= held_at <= draft.now:
        return Refused(
            RefusalCode.FORM_INVALID, say("vote-held-between", election=election, now=draft.now).at("held_at")
        )
    return None


AWAITED: tuple[Awaited[Nomination] | Lapsing[Nomination], ...] = (
    Lapsing(_may_be_unfit, _fresh_from, fit_for_the_day),
    _Recheck(Stage.RECHECK, "recheck", recheck_opening),
    Lapsing(_awaits_election, lambda case, policy: case.upcoming, hold_election, "count"),
)
SIGNING: dict[str, Signing[Nomination]] = {
    **reading_again("recheck", "CONFIRMED", enter_the_ballot),
    **vote(
        "count",
        {
            Result.PASSED: Leads("ELECTED", Then(take_seat, Ends(CaseState.ELECTED, Cause.VOTE))),
            Result.FAILED: Leads("NOT_ELECTED", Ends(CaseState.NOT_ELECTED, Cause.VOTE)),
            Result.NO_QUORUM: Leads("NOT_HELD", READY),
        },
        form=ElectionCount,
        check=held_when,
    ),
}

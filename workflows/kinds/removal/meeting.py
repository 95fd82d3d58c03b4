"""R08 and R09: the plan, the committee's decision on it, and the meeting that votes or ratifies."""

from datetime import date

from contracts.canonical import digest_of
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.removal import UrgentlyDecided
from contracts.matter import MeetingBody
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.removal import seat
from workflows.kinds.removal.aftermath import keeps, released, restore, today
from workflows.kinds.removal.case import DECIDED, Removal, Work
from workflows.kinds.removal.service import leave
from workflows.kinds.removal.suspension import rest
from workflows.passages.vote import Leads, vote
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.consequences import Ends, Opens, Then, enters
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import Alone, Together, last_signatures
from workflows.rules.calendar import local_day
from workflows.rules.forms import Meeting, Minutes, UrgentMeeting, read
from workflows.rules.verdict import Refused
from workflows.rules.voting import Result

PROPOSERS = ("plan-department", "plan-party-group")
ASK = ("plan", "urgent-decision", "vote", "ratify")
"""Meetings that ask for another one."""


def put_to_committee(draft: Work, task: Task) -> None:
    """The party committee decides on what both bodies say, under the same deadline."""
    said = [each.answer_digest for each in last_signatures(draft.case, task, PROPOSERS)]
    draft.open("plan", like=task, digest=digest_of({"plan": said}))


def plenary_holds(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """A meeting that decides about this seat, held since it was asked for."""
    form = Meeting.model_validate(command.form)
    allowed = draft.policy.meetings.deciding.get(draft.case.seat, ())
    return _meets(draft, task, form.body, allowed) or _in_time(draft, task, form)


def urgent_holds(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """A body that may decide between two plenaries, since it was asked to."""
    form = read(command.form, UrgentMeeting)
    if isinstance(form, Refused):
        return form
    return _meets(draft, task, form.body, draft.policy.meetings.urgent) or _in_time(draft, task, form)


def _meets(draft: Work, task: Task, body: MeetingBody, allowed: tuple[MeetingBody, ...]) -> Refused | None:
    if body in allowed:
        return None
    said = say("body-decides", bodies=allowed, body=body) if allowed else say("no-body-decides")
    return Refused(RefusalCode.FORM_INVALID, said.at("body"))


def _in_time(draft: Work, task: Task, form: Meeting | UrgentMeeting) -> Refused | None:
    first = _asked_on(draft, task)
    if first <= form.held_on <= today(draft):
        return None
    return Refused(
        RefusalCode.FORM_INVALID, say("day-until-today", first=first, day=form.held_on).at("held_on")
    )


def _asked_on(draft: Work, task: Task) -> date:
    """The day of the meeting that asked for this one, whenever either was written down."""
    opened = local_day(task.opened, calendar_of(draft.case, draft.policy))
    asked = draft.case.acted(*ASK)
    form = asked[-1].form if asked else {}
    if "held_on" in form:
        return min(opened, date.fromisoformat(str(form["held_on"])))
    minutes = read(form, Minutes)
    return opened if isinstance(minutes, Refused) else min(opened, minutes.meeting_on)


def decided_urgently(draft: Work, task: Task) -> None:
    """What the smaller body decided is recorded."""
    form = UrgentMeeting.model_validate(task.form)
    draft.emit(
        UrgentlyDecided(
            body=form.body, outcome=task.outcome, held_on=form.held_on, minutes_digest=form.minutes_digest
        )
    )


def rests_until_ratified(draft: Work, task: Task) -> None:
    """What the smaller body decided holds until the plenary has voted on it: meanwhile the duties rest."""
    seat.rests(draft, Cause.CHAIR_DECISION)


def suspended_urgently(draft: Work, task: Task) -> None:
    """The member is suspended from duty until the plenary has voted."""
    rest(draft, Cause.CHAIR_DECISION, UrgentMeeting.model_validate(task.form).minutes_digest)


def not_ratified(draft: Work, task: Task) -> None:
    """The member is restored from the day of the plenary."""
    restore(draft, Cause.NOT_RATIFIED, Meeting.model_validate(task.form).held_on)
    keeps(draft)


def voted_out(draft: Work, task: Task) -> None:
    """The seat is lost since the day of the plenary."""
    leave(draft, CaseState.REMOVED, Meeting.model_validate(task.form).held_on)


VOTE = Opens("vote")
SIGNING: dict[str, Signing[Removal]] = {
    **dict.fromkeys(
        PROPOSERS, Together(PROPOSERS, {"REJECT": put_to_committee, "PROPOSE": put_to_committee})
    ),
    "plan": Alone(
        {
            "APPROVED": enters(Stage.VOTE, "vote"),
            "URGENT": enters(Stage.VOTE, "urgent-decision"),
            "STOPPED": Then(Ends(CaseState.KEPT, Cause.PLAN_STOPPED), released),
        }
    ),
    "urgent-decision": Alone(
        {
            "SUSPENDED": Then(decided_urgently, Then(suspended_urgently, VOTE)),
            DECIDED: Then(decided_urgently, Then(rests_until_ratified, Opens("ratify"))),
            "LEFT_TO_PLENARY": Then(decided_urgently, VOTE),
        },
        check=urgent_holds,
    ),
    **vote(
        "vote",
        {
            Result.PASSED: Leads("REMOVED", Then(Ends(CaseState.REMOVED, Cause.VOTE), voted_out)),
            Result.FAILED: Leads("KEPT", Then(Ends(CaseState.KEPT, Cause.VOTE), released)),
            Result.NO_QUORUM: Leads("NOT_HELD", VOTE),
        },
        form=Meeting,
        check=plenary_holds,
    ),
    **vote(
        "ratify",
        {
            Result.PASSED: Leads("RATIFIED", Then(Ends(CaseState.REMOVED, Cause.VOTE), voted_out)),
            Result.FAILED: Leads(
                "NOT_RATIFIED", Then(Ends(CaseState.NOT_RATIFIED, Cause.NOT_RATIFIED), not_ratified)
            ),
            Result.NO_QUORUM: Leads("NOT_HELD", Opens("ratify")),
        },
        form=Meeting,
        check=plenary_holds,
    ),
}

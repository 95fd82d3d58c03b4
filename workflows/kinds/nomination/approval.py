"""ST09 and ST10: two bodies propose, the party committee decides."""

from datetime import datetime

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.commands.nomination import RejectForQuota
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.nomination import supplement
from workflows.kinds.nomination.assessment import BEGIN_INSPECTION
from workflows.kinds.nomination.ballot import leave
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.keeping import keep
from workflows.kinds.nomination.standing import Rereading, nothing_open
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.consequences import Ends, Holds, enters
from workflows.procedure.kind import Check, Signing
from workflows.procedure.signatures import Alone, Together
from workflows.rules.calendar import local_day
from workflows.rules.forms import CommitteeMinutes, read
from workflows.rules.verdict import Refused

APPROVED = frozenset({Stage.NOTICE, Stage.RECHECK})
"""Stages at which the party committee has approved, and nobody has voted."""
BEGIN_DECISION = enters(Stage.DECISION, "decide")


def _asked_to_decide(case: Nomination) -> datetime | None:
    return next((task.opened for task in case.open_tasks("decide")), None)


REREADING = Rereading(Stage.DECISION, "reread-decision", _asked_to_decide)


def _all(*checks: Check[Nomination]) -> Check[Nomination]:
    """Whatever is wrong first."""

    def check(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
        return next((no for one in checks if (no := one(draft, task, command)) is not None), None)

    return check


def _to_go_on(outcome: str, *checks: Check[Nomination]) -> Check[Nomination]:
    """Asked of the one outcome with which the case goes on; the others end it or stop it."""

    def check(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
        return _all(*checks)(draft, task, command) if command.outcome == outcome else None

    return check


def minuted(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """The whole list was decided in one meeting, which was held, and its recusals are minuted."""
    form = read(command.form, CommitteeMinutes)
    if isinstance(form, Refused):
        return form
    today = local_day(draft.now, calendar_of(draft.case, draft.policy))
    if form.meeting_on > today or not form.whole_list:
        return Refused(RefusalCode.FORM_INVALID, say("whole-list-decided", today=today))
    return None


def reread(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """The states were read again since the decision was asked for (§8.2, rule 4)."""
    return REREADING.needed(draft.case)


def reject_for_quota(draft: Work, command: RejectForQuota) -> Refused | None:
    """No place is left for who was approved. For a case that was not, or that is being voted on, nothing follows."""
    if draft.case.stage not in APPROVED:
        return None
    if draft.case.ended:
        keep(draft, command)
        return None
    leave(draft, Cause.QUOTA)
    draft.end(CaseState.REJECTED, Cause.QUOTA)
    return None


_PROPOSERS = ("propose-department", "propose-party-group")
_PROPOSAL: Signing[Nomination] = Together(
    _PROPOSERS,
    {
        "REJECT": Ends(CaseState.REJECTED, Cause.PROPOSAL_REJECTED),
        "RETURN": BEGIN_INSPECTION,
        "PROPOSE": BEGIN_DECISION,
    },
    check=_to_go_on("PROPOSE", nothing_open),
)
SIGNING: dict[str, Signing[Nomination]] = {
    **dict.fromkeys(_PROPOSERS, _PROPOSAL),
    **REREADING.signing,
    "decide": Alone(
        {
            "APPROVED": enters(Stage.NOTICE, "post-notice"),
            "REJECTED": Ends(CaseState.REJECTED, Cause.COMMITTEE_REJECTED),
            "DEFERRED": Holds(Cause.DECISION_DEFERRED),
        },
        check=_all(minuted, _to_go_on("APPROVED", nothing_open, reread, supplement.answered)),
    ),
}

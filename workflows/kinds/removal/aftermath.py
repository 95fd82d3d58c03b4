"""R12 and the closing of the file: what is owed to a member who keeps the seat, and when nothing is owed any more."""

from datetime import date
from typing import Any

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.removal import MemberRestored
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState
from workflows.kinds.removal import seat
from workflows.kinds.removal.case import Removal, Work
from workflows.kinds.removal.closing import close
from workflows.kinds.removal.merging import go_on, resign_by_itself
from workflows.kinds.removal.suspension import ask_on, lift
from workflows.passages.marking import unmark
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.closing import file, nothing_waits
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import Alone
from workflows.rules.calendar import local_day
from workflows.rules.verdict import Refused

RESTORED = "clear-name"
VACANCY = "note-vacancy"


def released(draft: Work, task: Task) -> None:
    """The member keeps the seat: what the chair meeting had suspended for this case is lifted."""
    lift(draft, Cause.CHAIR_DECISION)
    keeps(draft)


def keeps(draft: Work) -> None:
    """The seat is told; and what does not end with the removal goes on. A duplicate has handed it over."""
    seat.kept(draft)
    if draft.case.state is not CaseState.MERGED:
        ask_on(draft)
        go_on(draft)
        resign_by_itself(draft)


def nothing_stands(draft: Work, task: Task | None = None) -> None:
    """What had been proven is a ground for nothing any more; the integrity file hears of it."""
    if draft.case.lead.item is not None:
        unmark(draft)


def restore(draft: Work, cause: Cause, since: date) -> None:
    """The member's name is cleared, and the seat is theirs again from this day on."""
    nothing_stands(draft)
    lift(draft, Cause.CHAIR_DECISION)
    draft.cancel(draft.case.open_tasks(VACANCY), Cause.MEMBER_RESTORED)
    draft.emit(MemberRestored(cause=cause, since=since))
    draft.open(RESTORED)


def cleared(draft: Work, task: Task) -> None:
    """Nothing was proven: the member's name is cleared wherever the matter was made known."""
    restore(draft, Cause.UNPROVEN, today(draft))
    keeps(draft)


def today(draft: Work) -> date:
    """The day of the step."""
    return local_day(draft.now, calendar_of(draft.case, draft.policy))


def nothing_rests(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """The file of a member who has the seat stays open until no suspension rests on this case any more."""
    if draft.case.sits and draft.case.suspended:
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("still-suspended", causes=draft.case.suspended))
    return nothing_waits(draft, task, command)


SIGNING: dict[str, Signing[Removal]] = {
    RESTORED: Alone({"RESTORED": close}),
    VACANCY: Alone({"VACANCY_OPEN": close}),
    "file": Alone[Any]({"FILED": file}, check=nothing_rests),
}

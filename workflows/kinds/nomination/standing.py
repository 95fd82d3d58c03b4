"""What must stand clear of a nomination before a later stage can finish (domain §8.1, §8.2 rule 4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import Stage
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.findings import find_hits, findings_hold
from workflows.procedure.case import Task
from workflows.procedure.kind import Awaited, Check, Consequence, Signing
from workflows.procedure.rights import ON_HOLD
from workflows.procedure.signatures import Alone
from workflows.rules.forms import read
from workflows.rules.readings import Readings, all_clear
from workflows.rules.verdict import Refused

FOUND, CLEAR = "NEW_HIT", "CLEAR"


def nothing_open(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """No hit waits for its ruling, no loss for the check of eligibility: until then no later stage finishes."""
    if draft.case.told_hits():
        return Refused(RefusalCode.HIT_OPEN, say("waits-for-ruling"))
    if draft.case.lost:
        return Refused(RefusalCode.SCREENING_OPEN, say("waits-for-eligibility"))
    return ON_HOLD if draft.case.open_hits() else None


def states_read(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Every state of the negative list was read again since this was asked, and is clear."""
    form = read(command.form, Readings)
    if isinstance(form, Refused):
        return form
    return all_clear(form.readings, draft.policy.states, task.opened, draft.now)


def read_or_found(clear: str) -> Check[Nomination]:
    """For `clear` every state was read again and no hit is open; a new hit names facts of items on the list."""
    checks: dict[str, tuple[Check[Nomination], ...]] = {
        clear: (nothing_open, states_read),
        FOUND: (findings_hold,),
    }

    def check(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
        answers = (one(draft, task, command) for one in checks[command.outcome])
        return next((refused for refused in answers if refused is not None), None)

    return check


def find_new_hits(draft: Work, task: Task) -> None:
    """What was found is looked at, fact by fact, before the case may go on."""
    find_hits(draft, task)


def all_read(draft: Work, task: Task) -> None:
    """Every state was read again and is clear."""


def reading_again(task: str, clear: str, then: Consequence[Nomination]) -> dict[str, Signing[Nomination]]:
    """How somebody reads the states again: what follows when all are clear; what is found is ruled on."""
    return {task: Alone({clear: then, FOUND: find_new_hits}, check=read_or_found(clear))}


@dataclass(frozen=True)
class Rereading:
    """The states are read again beside what a stage decides, which waits for it.

    What was read before the case was held is old when it goes on, however long that was.
    """

    stage: Stage
    task: str
    decides: Callable[[Nomination], datetime | None]
    """From when on the stage can decide; None while nobody knows."""

    def since(self, case: Nomination) -> datetime | None:
        """From when on they must be read; None while nobody knows."""
        decides = self.decides(case)
        return decides and max(decides, case.freed or decides)

    @property
    def awaited(self) -> Awaited[Nomination]:
        """The task that time opens: again after a hit that it found was cleared, or when what was read is too old."""
        return _Awaited(self.stage, self.task, lambda case, policy: self.since(case), self)

    @property
    def signing(self) -> dict[str, Signing[Nomination]]:
        """One person reads."""
        return reading_again(self.task, CLEAR, all_read)

    def done(self, case: Nomination) -> bool:
        """Whether they were, and all were clear, of the dossier as it is: of a firm entered since nobody read any."""
        read_since = self.fresh(case, case.acted(self.task))
        return any(t.outcome == CLEAR and t.content == case.content_digest for t in read_since)

    def fresh(self, case: Nomination, tasks: list[Task]) -> list[Task]:
        """Those of the tasks that were asked since then."""
        since = self.since(case)
        return [task for task in tasks if since is not None and task.opened >= since]

    def needed(self, case: Nomination) -> Refused | None:
        """Refused while they were not."""
        if self.done(case):
            return None
        return Refused(RefusalCode.STATE_NOT_READ, say("states-not-read"))


@dataclass(frozen=True)
class _Awaited(Awaited[Nomination]):
    rereading: Rereading

    def waits(self, case: Nomination, free: bool) -> bool:
        asked = self.rereading.fresh(case, case.open_tasks(self.task))
        return free and case.stage is self.stage and not asked and not self.rereading.done(case)

    def bring(self, draft: Work) -> None:
        """Whoever was asked before it could be decided is asked no more."""
        draft.cancel(draft.case.open_tasks(self.task), Cause.RESUMED)
        super().bring(draft)

"""How a hold ends: people take up again what was deferred, or the case lapses (domain §8.1, HOLD)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState
from workflows.procedure.case import C, Hold, Task
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import Alone
from workflows.rules.verdict import Refused


def just_goes_on(draft: Draft[C]) -> None:
    """Nothing was deferred: the case goes on where it stood."""


@dataclass(frozen=True)
class _Holding(Generic[C]):
    resumes: Mapping[Cause, Callable[[Draft[C]], None]]

    def check(self, draft: Draft[C], task: Task, command: CompleteTask) -> Refused | None:
        hold = draft.case.hold
        if hold is None:
            return Refused(RefusalCode.TASK_CLOSED, "the case is not on hold any more")
        if hold.cause not in self.resumes:
            return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, f"nothing says what follows {hold.cause.value}")
        return None

    def resume(self, draft: Draft[C], task: Task) -> None:
        """The hold ends, and what was deferred is taken up again."""
        cause = _held(draft).cause
        draft.resume(Cause.RESUMED)
        self.resumes[cause](draft)

    def lapse(self, draft: Draft[C], task: Task) -> None:
        """The hold ran out: the case ends without a finding."""
        draft.end(CaseState.LAPSED, _held(draft).cause)


def holding(resumes: Mapping[Cause, Callable[[Draft[C]], None]]) -> dict[str, Signing[C]]:
    """The task that ends a hold; the table says for every cause what is taken up again."""
    held = _Holding(resumes)
    return {"resume": Alone({"RESUMED": held.resume, "LAPSED": held.lapse}, check=held.check)}


def _held(draft: Draft[C]) -> Hold:
    if draft.case.hold is None:
        raise RuntimeError("the check lets nobody end a hold that is none")
    return draft.case.hold

"""How a hold ends: two people take up again what was deferred, or let the case lapse (domain §8.1, HOLD; §8.8.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState
from workflows.procedure.case import RESUME, RESUMPTION, C, Case, Hold, Task
from workflows.procedure.closing import CLOSING
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Again, Check, Consequence, Signing
from workflows.procedure.overdue import OVERDUE
from workflows.procedure.recusal import RECUSING
from workflows.procedure.serving import SERVING
from workflows.procedure.signatures import CONFIRM, First, Second
from workflows.rules.verdict import Refused

RESUMED = "RESUMED"
"""The outcome with which a hold ends and the case goes on."""
LAPSED = "LAPSED"
"""The outcome with which the case ends instead."""


def just_goes_on(draft: Draft[Any], task: Task) -> None:
    """Nothing was deferred: the case goes on where it stood."""


@dataclass(frozen=True)
class _Holding(Generic[C]):
    resumes: Mapping[Cause, Consequence[C]]
    proofs: Mapping[Cause, Check[C]]
    may_lapse: bool

    def check(self, draft: Draft[C], task: Task, command: CompleteTask) -> Refused | None:
        hold = _hold(draft.case, task)
        if hold is None:
            return Refused(RefusalCode.TASK_CLOSED, say("hold-over"))
        if hold.cause not in self.resumes:
            return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("hold-without-end", cause=hold.cause))
        if command.outcome == LAPSED and not self.may_lapse:
            return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("hold-no-lapse"))
        return self._proven(draft, task, command) if command.outcome == RESUMED else None

    def confirmed(self, draft: Draft[C], task: Task, command: CompleteTask) -> Refused | None:
        """Whoever confirms that the hold ends proves it as the first did."""
        ends = command.outcome == CONFIRM and draft.case.signed_by_first(task).outcome == RESUMED
        return self._proven(draft, task, command) if ends else None

    def resume(self, draft: Draft[C], task: Task) -> None:
        """The hold ends, and what was deferred is taken up again."""
        hold = _held(draft.case, task)
        draft.lift(hold.cause, hold.about)
        self.resumes[hold.cause](draft, task)

    def _proven(self, draft: Draft[C], task: Task, command: CompleteTask) -> Refused | None:
        proof = self.proofs.get(_held(draft.case, task).cause)
        return proof(draft, task, command) if proof else None

    def lapse(self, draft: Draft[C], task: Task) -> None:
        """The case ends without a finding."""
        draft.end(CaseState.LAPSED, _held(draft.case, task).cause)


def holding(
    resumes: Mapping[Cause, Consequence[C]],
    proofs: Mapping[Cause, Check[C]] | None = None,
    *,
    may_lapse: bool = True,
) -> dict[str, Signing[C]]:
    """The tasks that end a hold, one after the other; the table says for every cause what is taken up again.

    `proofs`: what both must show before a hold for this cause ends. A case that may not lapse waits until what it
    waits for has come.
    """
    held = _Holding(resumes, proofs or {}, may_lapse)
    first, second = RESUMPTION
    then: dict[str, Consequence[C]] = {RESUMED: held.resume, LAPSED: held.lapse}
    return {
        first: First((second,), frozenset(then), held.check),
        second: Second(first, then, held.confirmed),
    }


def resume_again(draft: Draft[Any], task: Task) -> None:
    """Others say whether the hold ends, as long as it stands, by the deadline that was shown last."""
    hold = _hold(draft.case, task)
    if hold is None or any(one.about == hold.name for one in draft.case.open_tasks(*RESUMPTION)):
        return
    asked = [t for t in draft.case.tasks.values() if t.kind in RESUMPTION and t.about == hold.name]
    draft.open(RESUME, about=hold.name, like=asked[-1])


RESUMED_AGAIN: dict[str, Again[Any]] = dict.fromkeys(RESUMPTION, Again(resume_again, beside=True, alone=True))
"""Whether a hold ends is said again, where whoever said it first has a conflict (SOD-08)."""


def common(
    resumes: Mapping[Cause, Consequence[C]],
    proofs: Mapping[Cause, Check[C]] | None = None,
    *,
    may_lapse: bool = True,
) -> dict[str, Signing[C]]:
    """The tasks that every kind of case has: how a hold ends, what is late, who steps back, how letters are
    served that no mail brought, how the case closes.
    """
    return {**holding(resumes, proofs, may_lapse=may_lapse), **OVERDUE, **RECUSING, **SERVING, **CLOSING}


def _hold(case: Case, task: Task) -> Hold | None:
    return next((hold for hold in case.holds if hold.name == task.about), None)


def _held(case: Case, task: Task) -> Hold:
    hold = _hold(case, task)
    if hold is None:
        raise RuntimeError("nobody can end a hold that is none: its tasks end with it")
    return hold

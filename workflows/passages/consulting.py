"""Asking departments (ST04): two people of each answer, and silence is never an answer (D8).

A silent department gets one extension on request, then comes before the joint conference, which may extend once
more, put the case on hold, or close a department in writing unless it is a key source (§8.1, forced close).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from contracts.case import waited_for
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.review import DepartmentClosed
from contracts.events.task import Conflict
from contracts.refusals import RefusalCode
from contracts.vocabulary import Rung, TaskState
from workflows.procedure.case import C, Case, Task
from workflows.procedure.consequences import Holds, Then
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Check, Consequence, Signing
from workflows.procedure.signatures import CONFIRM, Alone, anything, two
from workflows.procedure.taskwork import recuse
from workflows.rules.verdict import Refused

CLOSED = "CLOSED_NO_REPLY"


@dataclass(frozen=True)
class Consulting(Generic[C]):
    """How one kind of case asks departments: its tasks, and what each answer leads to besides being heard."""

    reply: str
    sign: str
    conference: str
    extension: str
    """The limit by which the joint conference extends, once."""
    answers: Mapping[str, Consequence[C]]
    check: Check[C] = anything
    """Whether an answer can be taken at all."""

    def ask(self, draft: Draft[C], units: Iterable[str]) -> None:
        """Ask these departments; who has been asked before is asked anew."""
        for unit in units:
            draft.open(self.reply, unit=unit)

    def complete(self, case: Case) -> bool:
        """Whether somebody was asked, and everybody who was has answered or was closed in writing."""
        latest = self._latest(case)
        return bool(latest) and all(self._heard(task) or self._closed(case, task) for task in latest)

    def unheard(self, case: Case) -> tuple[str, ...]:
        """The departments that stand closed without a reply."""
        return tuple(task.unit for task in self._latest(case) if self._closed(case, task))

    def signing(self) -> dict[str, Signing[C]]:
        """How the tasks are signed."""
        heard = {word: Then(then, self._stop_waiting) for word, then in self.answers.items()}
        return {
            **two(
                self.reply,
                self.sign,
                {**heard, "RECUSED": self._another_answers},
                check=self.check,
                at_once={"RECUSED": _step_back},
            ),
            self.conference: Alone(
                {
                    "EXTENDED": self._extend,
                    "HELD": Holds(Cause.DEPARTMENT_SILENT),
                    CLOSED: self._close,
                },
                check=self._conference_may,
            ),
        }

    def reached(self) -> dict[tuple[str, Rung], Consequence[C]]:
        """What the ladders of the two tasks bring about."""
        return {
            (task, rung): then
            for task in (self.reply, self.sign)
            for rung, then in ((Rung.CONFERENCE, self._to_conference), (Rung.EXPIRED, self._hold_if_silent))
        }

    def _latest(self, case: Case) -> list[Task]:
        """Of every department that was ever asked, what was asked of it last: on that alone it depends."""
        latest = {t.unit: t for t in case.tasks.values() if t.kind in {self.reply, self.sign}}
        return list(latest.values())

    def _heard(self, task: Task) -> bool:
        return (task.kind, task.outcome) == (self.sign, CONFIRM)

    def _closed(self, case: Case, task: Task) -> bool:
        """Closed by a conference that met after the department was last asked."""
        met = [t for t in case.acted(self.conference) if t.unit == task.unit and t.opened >= task.opened]
        return task.state is TaskState.CANCELLED and any(t.outcome == CLOSED for t in met)

    def _silent(self, draft: Draft[C], unit: str) -> list[Task]:
        return [t for t in draft.case.open_tasks(self.reply, self.sign) if t.unit == unit]

    def _stop_waiting(self, draft: Draft[C], task: Task) -> None:
        """The reply counts: what the department's silence brought about is over."""
        about = [t for t in draft.case.open_tasks(self.conference) if t.unit == task.unit]
        draft.cancel(about, Cause.ANSWERED)
        draft.lift(Cause.DEPARTMENT_SILENT, task.unit, Cause.ANSWERED)

    def _another_answers(self, draft: Draft[C], task: Task) -> None:
        """Another officer of the department is asked to answer."""
        draft.open(self.reply, unit=task.unit, like=task)

    def _to_conference(self, draft: Draft[C], task: Task) -> None:
        """A silent department comes before the joint conference, once."""
        self._before_the_conference(draft, task.unit)

    def again(self, draft: Draft[C], task: Task) -> None:
        """The hold ended without the answer: the silent department comes before the joint conference again."""
        self._before_the_conference(draft, waited_for(task.about))

    def _before_the_conference(self, draft: Draft[C], unit: str) -> None:
        meeting = any(t.unit == unit for t in draft.case.open_tasks(self.conference))
        if self._silent(draft, unit) and not meeting:
            draft.open(self.conference, unit=unit)

    def _hold_if_silent(self, draft: Draft[C], task: Task) -> None:
        """After its last extension a silent department holds the case: expiry never reads as an answer."""
        draft.hold(Cause.DEPARTMENT_SILENT, task.unit)

    def _conference_may(self, draft: Draft[C], task: Task, command: CompleteTask) -> Refused | None:
        waiting = self._silent(draft, task.unit)
        if not waiting:
            return Refused(RefusalCode.TASK_CLOSED, "the department has answered meanwhile")
        if command.outcome == "EXTENDED" and any(t.final for t in waiting):
            detail = "the conference has already given its one extension"
            return Refused(RefusalCode.EXTENSION_EXHAUSTED, detail)
        if command.outcome == CLOSED and draft.policy.department(task.unit).key_source:
            detail = "a key source cannot be closed without a reply; choose EXTENDED or HELD"
            return Refused(RefusalCode.KEY_SOURCE, detail)
        return None

    def _extend(self, draft: Draft[C], task: Task) -> None:
        """The department gets its one last extension, counted from now."""
        limit = draft.policy.limits[self.extension]
        for waiting in self._silent(draft, task.unit):
            draft.extend(waiting, draft.due(draft.now, limit), Cause.CONFERENCE, final=True)

    def _close(self, draft: Draft[C], task: Task) -> None:
        """The department is closed in writing without a reply."""
        draft.cancel(self._silent(draft, task.unit), Cause.CLOSED_WITHOUT_REPLY)
        draft.emit(DepartmentClosed(unit=task.unit))


def _step_back(draft: Draft[Any], task: Task) -> None:
    """Whoever steps back from the reply steps back from the case (SOD-06)."""
    recuse(draft, task, task.signer, Conflict(ground="other", reason=task.reason))

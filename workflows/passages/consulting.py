"""Asking departments (ST04): two people of each answer, and silence is never an answer (D8).

A silent department gets one extension on request, then comes before the joint conference, which decides in writing:
extend once more, ask the level above, put the case on hold, or close the department unless it is a key source (§8.1).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple

from contracts.case import question_to, waited_for
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.conflict import Conflict
from contracts.events.review import DepartmentClosed
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.term import Extended
from contracts.vocabulary import Rung, TaskState
from workflows.procedure import clock
from workflows.procedure.case import C, Case, Task
from workflows.procedure.consequences import Holds, Then
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Check, Consequence, Signing
from workflows.procedure.overdue import in_writing
from workflows.procedure.recusal import step_back
from workflows.procedure.signatures import CONFIRM, Alone, anything, two
from workflows.rules.forms import Minutes
from workflows.rules.verdict import Refused

CLOSED = "CLOSED_NO_REPLY"
ASKED_ABOVE = "ASKED_ABOVE"


class Pair(NamedTuple):
    """The two tasks by which something is answered."""

    reply: str
    sign: str


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
    above: Pair | None = None
    """By which the level above answers in a department's place; without it the conference cannot ask there."""
    late: Pair | None = None
    """By which a department may still answer that was closed; without it, it may not."""
    came_late: Consequence[C] | None = None
    """What a late reply leads to besides what its answer does."""
    closed: Consequence[C] | None = None
    """What closing a department leads to besides."""
    question: str = ""
    """Its name where a case asks one department about more than one thing; empty of what is asked first.

    Silence on the one is ended by no answer to the other.
    """

    @property
    def asked(self) -> Pair:
        """By which a department answers that is asked."""
        return Pair(self.reply, self.sign)

    def ask(self, draft: Draft[C], units: Iterable[str]) -> None:
        """Ask these departments; who has been asked before is asked anew."""
        for unit in units:
            draft.open(self.reply, unit=unit)

    def complete(self, case: Case, among: Collection[str] | None = None) -> bool:
        """Whether everybody who was asked has answered or was closed in writing, and somebody was.

        `among`: whose answers are needed, each of whom must have been asked; None means whoever was asked.
        """
        latest = self._latest(case)
        heard = {t.unit for t in latest if self._heard(t) or self._closed(case, t)}
        needed = {t.unit for t in latest} if among is None else set(among)
        return bool(needed) and needed <= heard

    def not_asked(self, case: Case, among: Iterable[str]) -> list[str]:
        """Those of these departments that were never asked, or from whom the question was taken back."""
        latest = self._latest(case)
        asked = {t.unit for t in latest if t.state is not TaskState.CANCELLED or self._closed(case, t)}
        return [unit for unit in among if unit not in asked]

    def signing(self) -> dict[str, Signing[C]]:
        """How the tasks are signed."""
        conference: dict[str, Consequence[C]] = {
            "EXTENDED": self._extend,
            "HELD": Holds(Cause.DEPARTMENT_SILENT, self.question),
            CLOSED: self._close,
        }
        signing = self._answering(self.asked)
        if self.above is not None:
            conference[ASKED_ABOVE] = self._ask_above
            signing |= two(*self.above, self._heard_by(self._stop_waiting), check=self.check)
        if self.late is not None:
            signing |= self._answering(self.late, self.came_late)
        return {**signing, self.conference: Alone(conference, check=self._conference_may)}

    def reached(self) -> dict[tuple[str, Rung], Consequence[C]]:
        """What the ladders of the tasks that are waited for bring about."""
        return {
            (task, rung): then
            for task in (*self.asked, *(self.above or ()))
            for rung, then in ((Rung.CONFERENCE, self._to_conference), (Rung.EXPIRED, self._hold))
        }

    def again(self, draft: Draft[C], task: Task) -> None:
        """The hold ended without the answer: the silent department comes before the joint conference again."""
        for asked in self._latest(draft.case):
            if self._silence(asked.unit) == waited_for(task.about):
                self._before_the_conference(draft, asked.unit)

    def _answering(self, pair: Pair, then: Consequence[C] | None = None) -> dict[str, Signing[C]]:
        def another_answers(draft: Draft[C], task: Task) -> None:
            """Another officer of the department is asked to answer."""
            draft.open(pair.reply, unit=task.unit, like=task)

        table = {**self._heard_by(then or self._stop_waiting), "RECUSED": another_answers}
        return two(*pair, table, check=self.check, at_once={"RECUSED": _step_back})

    def _heard_by(self, then: Consequence[C]) -> dict[str, Consequence[C]]:
        return {word: Then(follow, then) for word, follow in self.answers.items()}

    def _latest(self, case: Case) -> list[Task]:
        """Of every department that was ever asked, what was asked of it last: on that alone it depends."""
        kinds = {*self.asked, *(self.above or ()), *(self.late or ())}
        return list({t.unit: t for t in case.tasks.values() if t.kind in kinds}.values())

    def _heard(self, task: Task) -> bool:
        signs = {pair.sign for pair in (self.asked, self.above, self.late) if pair is not None}
        return task.kind in signs and task.outcome == CONFIRM

    def _closed(self, case: Case, task: Task) -> bool:
        """Closed by a conference that met after the department was last asked, and not heard since."""
        if self.late is not None:
            return task.kind in self.late
        met = [t for t in case.acted(self.conference) if t.unit == task.unit and t.opened >= task.opened]
        return task.state is TaskState.CANCELLED and any(t.outcome == CLOSED for t in met)

    def _silent(self, draft: Draft[C], unit: str) -> list[Task]:
        waited_for = draft.case.open_tasks(*self.asked, *(self.above or ()))
        return [task for task in waited_for if task.unit == unit]

    def _stop_waiting(self, draft: Draft[C], task: Task) -> None:
        """The reply counts: what the department's silence brought about is over."""
        about = [t for t in draft.case.open_tasks(self.conference) if t.unit == task.unit]
        draft.cancel(about, Cause.ANSWERED)
        draft.lift(Cause.DEPARTMENT_SILENT, self._silence(task.unit), Cause.ANSWERED)

    def _to_conference(self, draft: Draft[C], task: Task) -> None:
        """A silent department comes before the joint conference, once."""
        self._before_the_conference(draft, task.unit)

    def _before_the_conference(self, draft: Draft[C], unit: str) -> None:
        meeting = any(t.unit == unit for t in draft.case.open_tasks(self.conference))
        if self._silent(draft, unit) and not meeting:
            draft.open(self.conference, unit=unit)

    def _hold(self, draft: Draft[C], task: Task) -> None:
        """After its last extension a silent department holds the case: expiry never reads as an answer."""
        draft.hold(Cause.DEPARTMENT_SILENT, self._silence(task.unit))

    def _silence(self, unit: str) -> str:
        """What the case is held for while this department is silent on this question."""
        return question_to(unit, self.question)

    def _conference_may(self, draft: Draft[C], task: Task, command: CompleteTask) -> Refused | None:
        waiting = self._silent(draft, task.unit)
        if not waiting:
            return Refused(RefusalCode.TASK_CLOSED, say("answered-meanwhile"))
        match command.outcome:
            case "EXTENDED" if any(t.final for t in waiting):
                return Refused(RefusalCode.EXTENSION_EXHAUSTED, say("conference-extended"))
            case "ASKED_ABOVE" if any(t.kind in (self.above or ()) for t in waiting):
                return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("asked-above-already"))
            case "CLOSED_NO_REPLY" if draft.policy.department(task.unit).key_source:
                return Refused(RefusalCode.KEY_SOURCE, say("key-source-needed"))
        return in_writing(draft, task, command)

    def _extend(self, draft: Draft[C], task: Task) -> None:
        """The department gets its one last extension."""
        for waiting in self._silent(draft, task.unit):
            draft.extend(waiting, self._last_extension(draft, waiting), Cause.CONFERENCE)

    def _last_extension(self, draft: Draft[C], waiting: Task) -> Extended:
        """Counted from now. Where that would end no later than was shown, as for a signature that was only just asked
        for, it goes on where the deadline ends: no deadline moves earlier."""
        limit = draft.policy.limits[self.extension]
        anew = Extended(by="conference", n=limit.n, unit=limit.unit, counted_from=draft.now)
        due = clock.moved(draft.case, draft.policy, waiting, anew).at
        if waiting.due is None or due is None or due > waiting.due:
            return anew
        return anew.model_copy(update={"counted_from": None})

    def _ask_above(self, draft: Draft[C], task: Task) -> None:
        """The level above is asked in the silent department's place."""
        draft.cancel(self._silent(draft, task.unit), Cause.LEVEL_ABOVE_ASKED)
        if self.above is not None:
            draft.open(self.above.reply, unit=task.unit)

    def _close(self, draft: Draft[C], task: Task) -> None:
        """The department is closed in writing without a reply; one that comes late is still taken."""
        draft.cancel(self._silent(draft, task.unit), Cause.CLOSED_WITHOUT_REPLY)
        minutes = Minutes.model_validate(task.form)
        digest = minutes.minutes_digest
        draft.emit(DepartmentClosed(unit=task.unit, minutes_digest=digest, question=self.question))
        draft.lift(Cause.DEPARTMENT_SILENT, self._silence(task.unit), Cause.CLOSED_WITHOUT_REPLY)
        if self.late is not None:
            draft.open(self.late.reply, unit=task.unit)
        if self.closed is not None:
            self.closed(draft, task)


def _step_back(draft: Draft[Any], task: Task) -> None:
    """Whoever steps back from the reply steps back from the case (SOD-06)."""
    step_back(draft, task, task.signer, Conflict(ground="other", reason=task.reason))

"""A step in the making: events are added one by one and folded at once, so that the next rule sees them."""

from datetime import datetime

from contracts.events.base import Event
from contracts.events.case import CaseEnded, CaseHeld, CaseResumed, StageEntered
from contracts.events.task import Answer, TaskCancelled, TaskExtended, TaskOpened
from contracts.names import task_id
from contracts.policy.model import Limit, Policy
from contracts.vocabulary import CaseState, Stage
from workflows.rules import deadlines
from workflows.rules.case import Case, Task, calendar_of, standing
from workflows.rules.deadlines import Due
from workflows.rules.evolve import evolve


class Draft:
    """Collects the events of one step of one case. Not shared: each decision makes its own.

    `now` is the instant of the step; `signer` is the natural person and the role behind it.
    """

    def __init__(self, case: Case, policy: Policy, now: datetime, signer: tuple[str, str]) -> None:
        """Start from a case; nothing of it is changed."""
        self.case = case
        self.policy = policy
        self.now = now
        self.signer = signer
        self.events: list[Event] = []

    def emit(self, event: Event) -> None:
        """Add an event and fold it."""
        self.case = evolve(self.case, event, self.policy, self.signer)
        self.events.append(event)

    def due(self, start: datetime, limit: Limit) -> Due:
        """The deadline of a limit that starts at an instant, by the case's calendar."""
        return deadlines.due(start, limit, calendar_of(self.case, self.policy))

    def enter(self, stage: Stage) -> None:
        """Move to a stage; the state shown follows from the facts."""
        moved = self.case.model_copy(update={"stage": stage})
        rounds = 1 + sum(isinstance(e, StageEntered) and e.stage is stage for e in self.events)
        self.emit(StageEntered(stage=stage, state=standing(moved, self.policy), round=rounds))

    def open(
        self,
        kind_code: str,
        *,
        unit: str = "",
        signature: int | None = None,
        digest: str | None = None,
        like: Task | None = None,
        hit: int | None = None,
        report: int | None = None,
    ) -> None:
        """Open a task. With `like`, it shares that task's deadline; else its own limit starts now.

        The round counts earlier tasks of the same kind, unit and signature, so that no id comes twice.
        """
        kind = self.policy.task(kind_code)
        number = signature or kind.signature
        same = [
            t for t in self.case.tasks.values() if (t.kind, t.unit, t.signature) == (kind.code, unit, number)
        ]
        if like is not None:
            due = Due(at=like.due, provisional=like.provisional, counted=like.counted, skipped=like.skipped)
        elif kind.limit is None:
            due = Due(at=None, provisional=False, counted=(), skipped=())
        else:
            due = self.due(self.now, self.policy.limits[kind.limit])
        self.emit(
            TaskOpened(
                task_id=task_id(self.case.case_id, kind.code, len(same) + 1, unit, number),
                kind=kind.code,
                stage=kind.stage,
                role=kind.role,
                unit=unit,
                signature=number,
                round=len(same) + 1,
                outcomes=kind.outcomes,
                opened=self.now,
                due=due.at,
                provisional=due.provisional,
                counted=due.counted,
                skipped=due.skipped,
                content_digest=digest or self.case.content_digest,
                hit=hit,
                report=report,
            )
        )

    def extend(
        self, task: Task, due: Due, cause: str, *, final: bool = False, why: Answer | None = None
    ) -> None:
        """Move a task's deadline later."""
        self.emit(
            TaskExtended(
                task_id=task.id,
                cause=cause,
                final=final,
                before=task.due,
                due=due.at,
                provisional=due.provisional,
                counted=due.counted,
                skipped=due.skipped,
                private=why,
            )
        )

    def cancel(self, tasks: list[Task], cause: str) -> None:
        """Cancel these tasks."""
        for task in tasks:
            self.emit(TaskCancelled(task_id=task.id, kind=task.kind, unit=task.unit, cause=cause))

    def hold(self, cause: str, back_to: Stage) -> None:
        """Put the case on hold and ask for its resumption."""
        self.emit(CaseHeld(cause=cause, since=self.now, back_to=back_to))
        self.open("resume")

    def resume(self, cause: str) -> None:
        """End the hold; deadlines that ran meanwhile get their unused days back (domain §8.0, rule 6)."""
        hold = self.case.hold
        if hold is None:
            return
        self.emit(CaseResumed(cause=cause))
        self.cancel(self.case.open_tasks("resume"), cause)
        for task in self.case.open_tasks():
            limit = self.policy.task(task.kind).limit
            if task.due is None or limit is None or task.due <= hold.since or task.opened > hold.since:
                continue
            pause, unit = (hold.since, self.now), self.policy.limits[limit].unit
            calendar = calendar_of(self.case, self.policy)
            moved = deadlines.resume(task.due, pause, task.opened, unit, calendar)
            self.extend(task, moved, "pause")

    def end(self, state: CaseState, cause: str) -> None:
        """End the case: every open task is cancelled once, and letters and filing begin (ST15)."""
        self.cancel(self.case.open_tasks(), cause)
        self.emit(CaseEnded(state=state, cause=cause))
        self.open("serve")

    def finish(self) -> tuple[Event, ...]:
        """The step's events, with the announcement of the state if the facts changed it."""
        state = standing(self.case, self.policy)
        if state is not self.case.state:
            self.emit(StageEntered(stage=self.case.stage, state=state, round=0))
        return tuple(self.events)

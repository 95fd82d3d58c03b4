"""When time acts on a case, derived anew each time it is asked and never stored (D7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from contracts.events.task import RungReached
from contracts.policy.model import Ladder, Policy
from contracts.vocabulary import Rung
from workflows.procedure.case import C, Case, Task, calendar_of
from workflows.procedure.clock import stands
from workflows.procedure.deferring import RunsOut, running_out
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Awaited, Consequence, Kind, Lapsing
from workflows.procedure.overdue import free_late_claim, on_the_agenda
from workflows.rules.reminding import sounds


def expiry(task: Task) -> datetime | None:
    """When the task ends by itself; None when it does not."""
    return next((at for rung, at in task.rungs if rung is Rung.EXPIRED), None)


Brings: TypeAlias = Awaited[C] | Lapsing[C] | RunsOut[C]
"""What time brings besides rungs."""
OF_ITSELF: Mapping[Rung, Consequence[Any]] = {Rung.YELLOW: free_late_claim, Rung.CONFERENCE: on_the_agenda}
"""What a rung brings about where the kind of case says nothing else."""
STEPS = tuple(Rung)
"""In the order of their urgency."""


@dataclass(frozen=True)
class Pending:
    """A rung that has not fired: when it does, and for when it was planned."""

    at: datetime
    planned: datetime
    task_id: str
    rung: Rung

    @property
    def order(self) -> tuple[datetime, datetime, str, int]:
        """Earliest first; of one instant in the order of the ladder."""
        return self.at, self.planned, self.task_id, STEPS.index(self.rung)


def pending(case: Case, policy: Policy, now: datetime) -> list[Pending]:
    """Rungs of open tasks that have not fired, earliest first. Each fires once, late after an outage but never twice.

    Those of a task whose clock stands wait with it.
    """
    found = [Pending(at, planned, task.id, rung) for at, planned, task, rung in _left(case, policy, now)]
    return sorted(found, key=lambda step: step.order)


def _left(case: Case, policy: Policy, now: datetime) -> Iterator[tuple[datetime, datetime, Task, Rung]]:
    calendar = calendar_of(case, policy)
    for task in case.open_tasks():
        left = [step for step in task.rungs if step[0] not in task.fired]
        if not left or stands(case, task, policy):
            continue
        # The ladder of a task is looked up once for all its rungs: this is asked after every step of a case.
        ladder = _ladder(task, policy)
        for rung, planned in left:
            at = sounds(rung, planned, ladder, calendar, now)
            if at is not None:
                yield at, planned, task, rung


def waiting(kind: Kind[C], case: C, policy: Policy) -> list[tuple[datetime, Brings[C]]]:
    """What time is still to bring besides rungs."""
    found: list[tuple[datetime, Brings[C]]] = [*running_out(kind, case, policy)]
    return found + [
        (at, awaited)
        for awaited in kind.awaited
        if not case.ended and awaited.waits(case, kind.free(case))
        if (at := awaited.at(case, policy)) is not None
    ]


def next_instant(kind: Kind[C], case: C, policy: Policy, now: datetime) -> datetime | None:
    """The earliest instant at which something happens by itself; None when nothing is waiting for time."""
    rungs = (at for at, *_ in _left(case, policy, now))
    return min((*rungs, *(at for at, _ in waiting(kind, case, policy))), default=None)


def fire(kind: Kind[C], draft: Draft[C]) -> None:
    """Fire every rung that is due, earliest first. What one brings about may end others, so they are asked anew."""
    while due := [step for step in pending(draft.case, draft.policy, draft.now) if step.at <= draft.now]:
        step = due[0]
        task = draft.case.tasks[step.task_id]
        draft.emit(_reached(task, step, draft.policy))
        if then := kind.reached.get((task.kind, step.rung)) or OF_ITSELF.get(step.rung):
            then(draft, draft.case.tasks[task.id])


def go_on(kind: Kind[C], draft: Draft[C]) -> None:
    """Let the case go on by itself as far as it can, and do what time has brought, each thing once a step."""
    if kind.free(draft.case):
        kind.goes_on(draft)
    done: list[Brings[C]] = []
    while due := [
        a for at, a in waiting(kind, draft.case, draft.policy) if at <= draft.now and a not in done
    ]:
        done.append(due[0])
        due[0].bring(draft)
    kind.keeps(draft)


def _ladder(task: Task, policy: Policy) -> Ladder:
    return policy.ladders[policy.task(task.kind).ladder or ""]


def _reached(task: Task, step: Pending, policy: Policy) -> RungReached:
    """Who is told stands in the ladder; of an expiry that the ladder does not have, the lead department's deputy."""
    rungs = _ladder(task, policy).rungs
    told = next((rung.to for rung in rungs if rung.rung is step.rung), ("lead_deputy",))
    return RungReached(
        task_id=task.id,
        kind=task.kind,
        stage=task.stage,
        unit=task.unit,
        round=task.round,
        rung=step.rung,
        planned=step.planned,
        due=task.due,
        to=told,
    )

"""When time acts on a case, derived anew each time it is asked and never stored (D7)."""

from datetime import datetime

from contracts.events.task import RungReached
from contracts.policy.model import Policy
from contracts.vocabulary import Rung
from workflows.procedure.case import C, Case, Task
from workflows.procedure.draft import RESUMPTION, Draft
from workflows.procedure.kind import Awaited, Kind, Lapsing


def expiry(task: Task) -> datetime | None:
    """When the task ends by itself; None when it does not."""
    return next((at for rung, at in task.rungs if rung is Rung.EXPIRED), None)


def pending(case: Case) -> list[tuple[datetime, str, Rung]]:
    """Rungs of open tasks that have not fired, earliest first. Each fires once, late after an outage but never twice.

    While the case is on hold the clock of the tasks opened before it stands, and their rungs wait with it.
    """
    return sorted(
        (at, task.id, rung)
        for task in case.open_tasks()
        if case.held_since is None or task.opened > case.held_since or task.kind in RESUMPTION
        for rung, at in task.rungs
        if rung not in task.fired
    )


def waiting(kind: Kind[C], case: C, policy: Policy) -> list[tuple[datetime, Awaited[C] | Lapsing[C]]]:
    """What time is still to bring besides rungs."""
    return [
        (at, awaited)
        for awaited in kind.awaited
        if not case.ended and awaited.waits(case, kind.free(case))
        if (at := awaited.at(case, policy)) is not None
    ]


def next_instant(kind: Kind[C], case: C, policy: Policy) -> datetime | None:
    """The earliest instant at which something happens by itself; None when nothing is waiting for time."""
    rungs = [at for at, _, _ in pending(case)]
    return min([*rungs, *(at for at, _ in waiting(kind, case, policy))], default=None)


def fire(kind: Kind[C], draft: Draft[C]) -> None:
    """Fire every rung that is due, earliest first. What one brings about may end others, so they are asked anew."""
    while due := [step for step in pending(draft.case) if step[0] <= draft.now]:
        planned, task_id, rung = due[0]
        task = draft.case.tasks[task_id]
        draft.emit(_reached(task, rung, planned, draft.policy))
        if then := kind.reached.get((task.kind, rung)):
            then(draft, draft.case.tasks[task_id])


def go_on(kind: Kind[C], draft: Draft[C]) -> None:
    """Let the case go on by itself as far as it can, and do what time has brought, each thing once a step."""
    if kind.free(draft.case):
        kind.goes_on(draft)
    done: list[Awaited[C] | Lapsing[C]] = []
    while due := [
        a for at, a in waiting(kind, draft.case, draft.policy) if at <= draft.now and a not in done
    ]:
        done.append(due[0])
        due[0].bring(draft)


def _reached(task: Task, rung: Rung, planned: datetime, policy: Policy) -> RungReached:
    """Who is told stands in the ladder; of an expiry that the ladder does not have, the lead department's deputy."""
    ladder = policy.ladders[policy.task(task.kind).ladder or ""]
    told = next((step.to for step in ladder.rungs if step.rung is rung), ("lead_deputy",))
    return RungReached(
        task_id=task.id,
        kind=task.kind,
        stage=task.stage,
        unit=task.unit,
        round=task.round,
        rung=rung,
        planned=planned,
        due=task.due,
        to=told,
    )

"""What happens by itself: the case's next instant, and what fires when it has come (D7)."""

from datetime import datetime

from contracts.events.task import RungReached
from contracts.policy.model import LadderRung, Policy
from contracts.vocabulary import CaseState, Rung, Stage
from workflows.rules.case import Case, Task
from workflows.rules.draft import Draft
from workflows.rules.procedure.consultation import SILENCE, overdue
from workflows.rules.procedure.progress import recheck_opening
from workflows.rules.procedure.ruling import PAUSED, begin_ruling


def next_instant(case: Case, policy: Policy) -> datetime | None:
    """The earliest instant at which something fires by itself; None when nothing is waiting for time."""
    waiting = [at for at, _, _ in pending(case)]
    if not case.ended:
        waiting.extend(at for at in _openings(case, policy) if at is not None)
    return min(waiting, default=None)


def pending(case: Case) -> list[tuple[datetime, str, Rung]]:
    """Rungs of open tasks that have not fired, earliest first. Each fires once, late after an outage but never twice.

    While the case is on hold the clock of the tasks opened before it stands, and their rungs wait with it.
    """
    return sorted(
        (at, task.id, rung)
        for task in case.open_tasks()
        if case.hold is None or task.opened > case.hold.since or task.kind == "resume"
        for rung, at in task.rungs
        if rung not in task.fired
    )


def _openings(case: Case, policy: Policy) -> list[datetime | None]:
    """Instants of the case itself that have not led to their task yet."""
    if case.hold:
        return [recheck_opening(case, policy)] if case.hold.cause == PAUSED else []
    if case.open_hits() or case.open_reports():
        return []
    if case.stage is Stage.NOTICE and case.window and not case.open_tasks("close-notice"):
        return [case.window[1]]
    if case.stage is Stage.RECHECK and not case.open_tasks("recheck"):
        return [recheck_opening(case, policy)]
    if case.stage is Stage.ELECTION and not case.open_tasks("count"):
        return [case.election_at]
    return []


def fire(draft: Draft) -> None:
    """Fire every rung that is due, earliest first; openings follow from `progress` at the end of the step.

    What one rung brings about may cancel or hold the others, so the list is asked anew after each.
    """
    while due := [step for step in pending(draft.case) if step[0] <= draft.now]:
        at, task_id, rung = due[0]
        _reach(draft, draft.case.tasks[task_id], rung, at)
    _lapse_if_paused(draft)


def _reach(draft: Draft, task: Task, rung: Rung, planned: datetime) -> None:
    draft.emit(
        RungReached(
            task_id=task.id,
            kind=task.kind,
            stage=task.stage,
            unit=task.unit,
            round=task.round,
            rung=rung,
            planned=planned,
            due=task.due,
            to=_told(draft.policy, task, rung),
        )
    )
    if rung is Rung.CONFERENCE and task.stage is Stage.CONSULTATION:
        draft.open("conference", unit=task.unit)
    elif rung is Rung.EXPIRED:
        _expire(draft, draft.case.tasks[task.id])


def _expire(draft: Draft, task: Task) -> None:
    """Expiry never reads as an answer: a silent nominee renounces or is ruled on, a silent source holds the case."""
    if task.kind == "declare":
        draft.end(CaseState.RENOUNCED, "declaration-not-answered")
    elif task.kind == "explain":
        draft.cancel([task], "not-explained")
        begin_ruling(draft, task.hit or 0, None)
    elif task.stage is Stage.CONSULTATION and draft.case.hold is None and overdue(draft):
        draft.hold(SILENCE, Stage.CONSULTATION)


def _lapse_if_paused(draft: Draft) -> None:
    """A pause item still open when the re-check begins: off the ballot, no negative record (§8.2, rule 7)."""
    hold = draft.case.hold
    opening = recheck_opening(draft.case, draft.policy)
    if hold and hold.cause == PAUSED and opening is not None and draft.now >= opening:
        draft.end(CaseState.LAPSED, PAUSED)


def _told(policy: Policy, task: Task, rung: Rung) -> tuple[str, ...]:
    ladder = policy.ladders[policy.task(task.kind).ladder or ""]
    steps: list[LadderRung] = [step for step in ladder.rungs if step.rung is rung]
    return steps[0].to if steps else ("lead_deputy",)

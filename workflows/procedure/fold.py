"""The fold of the events that every kind of case has. It never refuses, never decides and never asks the policy."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, assert_never

from contracts.actor import Signer
from contracts.catalogue import build
from contracts.events import case as facts
from contracts.events import task as tasks
from contracts.events.base import Event
from contracts.events.errand import ErrandCarried, ErrandOwed
from contracts.settling import RecordedStep
from contracts.vocabulary import CaseState, TaskState
from workflows.procedure.case import C, Hold, S, Task

CaseEvent: TypeAlias = (
    facts.StageEntered
    | facts.CaseHeld
    | facts.CaseResumed
    | facts.CaseEnded
    | facts.CaseFiled
    | facts.CalendarLoaded
    | facts.PolicyAdopted
    | tasks.TaskOpened
    | tasks.TaskCompleted
    | tasks.TaskExtended
    | tasks.TaskCancelled
    | tasks.TaskClaimed
    | tasks.TaskReleased
    | tasks.TaskReassigned
    | tasks.ConflictDeclared
    | tasks.RungReached
)


@dataclass(frozen=True)
class Folding(Generic[S]):
    """How one kind is folded: the type of its state, and what its own events do to it."""

    state: type[S]
    own: Callable[[S, Event], S]

    def event(self, state: S, event: Event, signer: Signer) -> S:
        """The state after the event; `signer` is who stands behind it."""
        match event:
            case ErrandOwed(number=number, private=owed):
                return state.but(errands=number, owed=(*state.owed, owed.errand))
            case ErrandCarried(number=number):
                return state.but(owed=tuple(errand for errand in state.owed if errand.number != number))
            case _:
                return self.own(state, event)

    def step(self, state: S, step: RecordedStep) -> S:
        """The state after a step of the record. Raises for an event that no catalogue or no kind names."""
        for one in step.events:
            state = self.event(state, build(one.type, one.version, one.payload, one.private), one.actor)
        return state


@dataclass(frozen=True)
class CaseFolding(Folding[C]):
    """How a kind with tasks is folded, and the state that its facts lay over a stage's own."""

    over: Callable[[C], CaseState | None] = lambda case: None

    def event(self, state: C, event: Event, signer: Signer) -> C:
        """The case after the event."""
        if isinstance(event, CaseEvent):
            return _fold(state, event, signer)
        return super().event(state, event, signer)


def _fold(case: C, event: CaseEvent, signer: Signer) -> C:
    """The type checker refuses an event of every case that no line here names."""
    match event:
        case facts.StageEntered(stage=stage, state=state):
            return case.but(stage=stage, state=state)
        case facts.CaseHeld():
            hold = Hold.model_validate(event.model_dump(include=set(Hold.model_fields)))
            return case.but(holds=(*case.holds, hold), held_since=case.held_since or event.since)
        case facts.CaseResumed(cause=cause, about=about):
            left = tuple(hold for hold in case.holds if (hold.cause, hold.about) != (cause, about))
            return case.but(holds=left, held_since=case.held_since if left else None)
        case facts.CaseEnded(state=state):
            return case.but(state=state, holds=(), held_since=None)
        case facts.CaseFiled():
            return case.but(filed=True)
        case facts.CalendarLoaded(year=year):
            return case.but(years=(*case.years, year))
        case facts.PolicyAdopted(policy=policy, policy_digest=digest):
            return case.but(policy=policy, policy_digest=digest)
        case tasks.TaskOpened():
            return case.with_opened(event)
        case tasks.TaskCompleted(private=answer):
            return case.with_task(
                event.task_id,
                state=TaskState.DONE,
                outcome=event.outcome,
                form=answer.form,
                reason=answer.reason,
                signer=signer.person_id,
                signer_role=signer.role,
                answer_digest=event.answer_digest,
            )
        case tasks.TaskExtended():
            said = ("due", "provisional", "counted", "skipped", "term", "rungs")
            moved = case.with_task(event.task_id, **{name: getattr(event, name) for name in said})
            return moved.but(holds=tuple(_until(hold, moved.tasks[event.task_id]) for hold in moved.holds))
        case tasks.TaskCancelled():
            return case.with_task(event.task_id, state=TaskState.CANCELLED)
        case tasks.TaskClaimed(person_id=person) | tasks.TaskReassigned(person_id=person):
            return case.with_task(event.task_id, claimed_by=person)
        case tasks.TaskReleased():
            return case.with_task(event.task_id, claimed_by=None)
        case tasks.ConflictDeclared(person_id=person):
            return case.but(conflicted=(*case.conflicted, person))
        case tasks.RungReached(rung=rung):
            return case.with_task(event.task_id, fired=(*case.tasks[event.task_id].fired, rung))
        case _:
            assert_never(event)


def _until(hold: Hold, moved: Task) -> Hold:
    """A hold lasts as long as the task that ends it."""
    return hold.model_copy(update={"until": moved.due}) if moved.about == hold.name else hold

"""The fold of the events that every kind of case has. It never refuses, never decides and never asks the policy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeAlias, assert_never

from contracts.actor import Signer
from contracts.case import about
from contracts.catalogue import build
from contracts.causes import Cause
from contracts.commands.opening import CaseOpening, Opening, Resume
from contracts.events import case as facts
from contracts.events import conflict as conflicts
from contracts.events import letters
from contracts.events import task as tasks
from contracts.events.base import Event
from contracts.events.errand import ErrandCarried, ErrandOwed
from contracts.settling import RecordedStep
from contracts.vocabulary import CaseState, TaskState
from workflows.procedure.case import C, Hold, S, Task, with_year
from workflows.procedure.hands import CONFLICT, Doubt, Hand, StandIn

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
    | conflicts.ConflictDeclared
    | conflicts.ConflictReported
    | conflicts.ConflictSettled
    | conflicts.PapersVoided
    | tasks.RungReached
    | letters.LetterUnserved
    | letters.LetterServed
)


@dataclass(frozen=True)
class Folding(Generic[S]):
    """How one kind is folded: the type of its state, and what its own events do to it."""

    state: type[S]
    own: Callable[[S, Event], S]

    def blank(self, opening: Opening | Resume) -> S:
        """The state before its first event. A case that comes from no other belongs to itself."""
        return self.state(
            case_id=opening.target,
            parent=opening.parent if isinstance(opening, CaseOpening | Resume) else opening.target,
            district=opening.district,
            policy=opening.policy,
            policy_digest=opening.policy_digest,
        )

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
    voided: Callable[[C, conflicts.PapersVoided], C] = lambda case, event: case
    """What the kind knew by papers that became void, and knows no longer."""

    def event(self, state: C, event: Event, signer: Signer) -> C:
        """The case after the event."""
        if isinstance(event, conflicts.PapersVoided):
            return self.voided(_fold(state, event, signer), event)
        if isinstance(event, CaseEvent):
            return _fold(state, event, signer)
        folded = super().event(state, event, signer)
        return _with_hands(folded, event, signer) if event.acted else folded


def _standing_in(case: C, task_id: str, person: str) -> C:
    task = case.tasks[task_id]
    named = StandIn(role=task.role, unit=task.unit, person=person)
    return case if named in case.stand_ins else case.but(stand_ins=(*case.stand_ins, named))


def _doubted(case: C, number: int, person: str, task_id: str | None, *, settled: bool) -> C:
    doubt = Doubt(number=number, person=person, task_id=task_id or "", bars=True, settled=settled)
    return case.but(doubts=(*case.doubts, doubt))


def _with_hands(case: C, event: Event, signer: Signer) -> C:
    """Whoever signed has acted, and so has whoever they stood in for; the same twice is known once."""
    acted = (
        Hand(person=person, role=signer.role, event=event.type, matter=event.matter)
        for person in signer.people
    )
    return case.but(hands=(*case.hands, *(hand for hand in acted if hand not in case.hands)))


def _fold(case: C, event: CaseEvent, signer: Signer) -> C:
    """The type checker refuses an event of every case that no line here names."""
    match event:
        case facts.StageEntered(stage=stage, state=state):
            return case.but(stage=stage, state=state)
        case facts.CaseHeld():
            hold = Hold.model_validate(event.model_dump(include=set(Hold.model_fields)))
            return case.but(holds=(*case.holds, hold), held_since=case.held_since or event.since)
        case facts.CaseResumed():
            return _resumed(case, event)
        case facts.CaseEnded(state=state):
            return case.but(state=state, holds=(), held_since=None, stood=case.holds)
        case facts.CaseFiled():
            return case.but(filed=True)
        case facts.CalendarLoaded(year=year):
            return case.but(years=with_year(case.years, year))
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
                signed_for=signer.deputy_for or "",
                answer_digest=event.answer_digest,
            )
        case tasks.TaskExtended():
            said = ("due", "provisional", "counted", "skipped", "term", "rungs")
            moved = case.with_task(event.task_id, **{name: getattr(event, name) for name in said})
            moved = moved.but(holds=tuple(_until(hold, moved.tasks[event.task_id]) for hold in moved.holds))
            return _with_hands(moved, event, signer) if event.cause is Cause.ASKED else moved
        case tasks.TaskCancelled(cause=cause):
            return case.with_task(event.task_id, state=TaskState.CANCELLED, cancelled=cause)
        case tasks.TaskClaimed(person_id=person):
            return case.with_task(event.task_id, claimed_by=person)
        case tasks.TaskReassigned(person_id=person, named=named):
            given = case.with_task(event.task_id, claimed_by=person, named=named)
            return _standing_in(given, event.task_id, person) if named else given
        case tasks.TaskReleased():
            return case.with_task(event.task_id, claimed_by=None, named=False)
        case conflicts.ConflictDeclared():
            return _doubted(case, event.conflict, event.person_id, event.task_id, settled=not event.awaits)
        case conflicts.ConflictReported(conflict=number, person_id=person, private=said):
            doubt = Doubt(number=number, person=person, bars=False, settled=False, said=said)
            return case.but(doubts=(*case.doubts, doubt))
        case conflicts.ConflictSettled(conflict=number, outcome=outcome):
            settled = case.doubt(number).model_copy(update={"bars": outcome == "RECUSED", "settled": True})
            return case.but(doubts=tuple(settled if d.number == number else d for d in case.doubts))
        case conflicts.PapersVoided():
            return _voided(case, event)
        case tasks.RungReached(rung=rung):
            return case.with_task(event.task_id, fired=(*case.tasks[event.task_id].fired, rung))
        case letters.LetterUnserved(letter=letter):
            return case.but(letters={**case.letters, letter: event})
        case letters.LetterServed():
            # Whether one waits stands in the task to serve it.
            return case
        case _:
            assert_never(event)


def _voided(case: C, event: conflicts.PapersVoided) -> C:
    """The papers and acts stay, marked void; a conflict on which such a paper decided is not decided."""
    void = {one: case.tasks[one].model_copy(update={"state": TaskState.VOID}) for one in event.tasks}
    asked = {task.about for task in void.values()}
    doubts = (
        doubt.model_copy(update={"settled": False}) if about(CONFLICT, doubt.number) in asked else doubt
        for doubt in case.doubts
    )
    hands = (
        hand.model_copy(update={"void": True}) if hand.person == event.person_id else hand
        for hand in case.hands
    )
    return case.but(tasks={**case.tasks, **void}, doubts=tuple(doubts), hands=tuple(hands))


def _resumed(case: C, event: facts.CaseResumed) -> C:
    ended = case.held_for(event.cause, event.about)
    if ended is None:
        return case
    left = tuple(hold for hold in case.holds if hold is not ended)
    waited = case.waited.get(ended.name, timedelta()) + (event.until - ended.since)
    return case.but(
        holds=left,
        held_since=case.held_since if left else None,
        freed=case.freed if left else event.until,
        waited={**case.waited, ended.name: waited},
        spent=(*case.spent, ended.name) if event.why is Cause.HOLD_RAN_OUT else case.spent,
    )


def _until(hold: Hold, moved: Task) -> Hold:
    """A hold lasts as long as the task that ends it."""
    return hold.model_copy(update={"until": moved.due}) if moved.about == hold.name else hold

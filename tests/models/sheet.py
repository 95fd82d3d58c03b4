"""The small model: what a clerk could keep on a sheet of paper beside the case, from its events alone.

It knows tasks, signatures, holds, conflicts, errands and the end, and none of the rules by which they come about. Each
event must fit what stands on the sheet, and after each step the case must say what the sheet says.
"""

from collections import Counter
from dataclasses import dataclass, field

from contracts.actor import Signer
from contracts.case import hold_name
from contracts.events import case as facts
from contracts.events import conflict as conflicts
from contracts.events.base import Event
from contracts.events.errand import ErrandCarried, ErrandOwed
from contracts.events.nomination import CaseReopened
from contracts.events.task import (
    RungReached,
    TaskCancelled,
    TaskClaimed,
    TaskCompleted,
    TaskExtended,
    TaskOpened,
    TaskReassigned,
    TaskReleased,
)
from contracts.vocabulary import CaseState, Rung
from workflows.procedure.case import Case
from workflows.procedure.letters import SERVE_LETTER

OWN = frozenset({"NOMINEE", "MEMBER"})
"""In these roles the person concerned acts, and in no other."""
SECOND = {"sign-report": "check-report"}
"""Of which task this is the second signature, where the name does not say it: `x-sign` is that of `x`."""
BESIDE = (
    frozenset({"inspect"}),
    frozenset({"verify"}),
    frozenset({"panel-chair", "panel-vote"}),
    frozenset({"opinion-head", "opinion-leader"}),
    frozenset({"removal-opinion-head", "removal-opinion-leader"}),
    frozenset({"propose-department", "propose-party-group"}),
)
"""Tasks that different people sign side by side."""


@dataclass
class Signed:
    """A signature: on which task, by whom, over what."""

    task: TaskOpened
    people: frozenset[str]
    digest: str


@dataclass
class Sheet:
    """One case's sheet."""

    concerned: str
    tasks: dict[str, TaskOpened] = field(default_factory=dict)
    """Every task that was ever asked."""
    open: dict[str, TaskOpened] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    """By open task who holds it."""
    signed: list[Signed] = field(default_factory=list)
    rungs: Counter[tuple[str, Rung]] = field(default_factory=Counter)
    holds: set[str] = field(default_factory=set)
    kept_out: dict[int, str] = field(default_factory=dict)
    """By conflict who is kept from the case."""
    owed: list[int] = field(default_factory=list)
    errands: int = 0
    ended: CaseState | None = None
    filed: bool = False

    def note(self, events: tuple[Event, ...], signer: Signer, case: Case) -> None:
        """A step stands on the record, and the case is where it led."""
        for event in events:
            self._note(event, signer)
        self._agrees(case)

    def _note(self, event: Event, signer: Signer) -> None:
        match event:
            case TaskOpened():
                assert event.task_id not in self.tasks, f"{event.task_id} is asked twice"
                self.tasks[event.task_id] = self.open[event.task_id] = event
            case TaskCompleted():
                self._sign(event, signer)
            case TaskCancelled(task_id=task):
                self._close(task)
            case TaskClaimed(task_id=task, person_id=person):
                assert task not in self.given, f"{task} is held already"
                self._give(task, person)
            case TaskReassigned(task_id=task, person_id=person):
                self._give(task, person)
            case TaskReleased(task_id=task):
                assert task in self.open
                del self.given[task]
            case TaskExtended(task_id=task, before=before, due=due):
                assert task in self.open, f"{task} is over, and its deadline moves"
                assert before is None or (due is not None and due >= before), f"{task} moved earlier"
            case RungReached(task_id=task, rung=rung):
                assert task in self.open, f"{task} is over, and is urged"
                self.rungs[task, rung] += 1
                assert self.rungs[task, rung] == 1, f"{rung} of {task} fired twice"
            case conflicts.ConflictDeclared(conflict=number, person_id=person):
                self.kept_out[number] = person
            case conflicts.ConflictSettled(conflict=number, person_id=person, outcome=outcome):
                self.kept_out.pop(number, None)
                if outcome == "RECUSED":
                    self.kept_out[number] = person
            case conflicts.PapersVoided(tasks=void):
                self.signed = [one for one in self.signed if one.task.task_id not in void]
            case ErrandOwed(number=number):
                assert number == self.errands + 1, "errands are counted without a gap"
                self.errands, self.owed = number, [*self.owed, number]
            case ErrandCarried(number=number):
                self.owed.remove(number)
            case _:
                self._course(event)

    def _course(self, event: Event) -> None:
        """How the case comes along."""
        match event:
            case facts.CaseHeld(cause=cause, about=about):
                assert hold_name(cause.value, about) not in self.holds, "held twice for one thing"
                self.holds.add(hold_name(cause.value, about))
            case facts.CaseResumed(cause=cause, about=about):
                assert hold_name(cause.value, about) in self.holds, "a hold is lifted that is not there"
                self.holds.remove(hold_name(cause.value, about))
            case facts.CaseEnded(state=state):
                assert self.ended is None, f"{self.ended}, and ends again as {state}"
                left = {name for name, task in self.open.items() if task.kind != SERVE_LETTER}
                assert not left, f"ended as {state}, and left open: {sorted(left)}"
                self.ended, self.holds = state, set()
            case CaseReopened():
                assert self.ended in {CaseState.VETOED, CaseState.INELIGIBLE}
                self.ended = None
            case facts.CaseFiled():
                assert self.ended, "filed, and not ended"
                assert not self.open, f"filed, and left open: {sorted(self.open)}"
                assert not self.filed, "filed twice"
                self.filed = True
            case _:
                pass

    def _sign(self, event: TaskCompleted, signer: Signer) -> None:
        task, people = self.tasks[event.task_id], frozenset(signer.people)
        assert event.outcome in task.outcomes, f"{event.outcome} was never offered"
        own = self.concerned in people
        assert own or not people & {*self.kept_out.values()}, f"{task.task_id} by somebody with a conflict"
        assert own == (task.role in OWN), f"{task.task_id} in the role of {task.role}, by {people}"
        if task.task_id in self.given:
            assert self.given[task.task_id] in people, f"{task.task_id} by somebody else than has it"
        for other in self._others(task):
            assert not people & other.people, f"{other.task.task_id} and {task.task_id} by one person"
        self._close(task.task_id)
        self.signed.append(Signed(task, people, event.answer_digest))

    def _others(self, task: TaskOpened) -> list[Signed]:
        """Whose signatures this one must differ from: the first's, or those of people beside."""
        first = SECOND.get(task.kind, task.kind.removesuffix("-sign"))
        beside = next((kinds for kinds in BESIDE if task.kind in kinds), frozenset[str]())
        matter = (task.unit, task.about, task.round)
        return [
            one
            for one in self.signed
            if (task.kind != first == one.task.kind and one.digest == task.content_digest)
            or (one.task.kind in beside and (one.task.unit, one.task.about, one.task.round) == matter)
        ]

    def _close(self, task: str) -> None:
        assert task in self.open, f"{task} is over already"
        del self.open[task]
        self.given.pop(task, None)

    def _give(self, task: str, person: str) -> None:
        assert task in self.open, f"{task} is over, and is given to somebody"
        assert self._may_have(person), f"{task} is given to somebody with a conflict"
        self.given[task] = person

    def _may_have(self, person: str) -> bool:
        """What is asked of the person concerned is a right, which no conflict of their own takes away (§8.8.3)."""
        return person == self.concerned or person not in self.kept_out.values()

    def _agrees(self, case: Case) -> None:
        """The case says what the sheet says."""
        assert {task.id for task in case.open_tasks()} == {*self.open}
        assert {t.id: t.claimed_by for t in case.open_tasks() if t.claimed_by is not None} == self.given
        assert {hold.name for hold in case.holds} == self.holds
        assert (case.state if case.ended else None) == self.ended
        assert case.filed == self.filed
        assert [errand.number for errand in case.owed] == self.owed
        assert all(map(self._may_have, self.given.values())), "held by somebody with a conflict"
        waiting = Counter(task.about for task in self.open.values() if task.kind in {"resume", "resume-sign"})
        assert waiting == Counter(self.holds), "of each hold one task waits that ends it, and no other"
        standing = self.holds and not self.ended
        assert (case.state is CaseState.HELD) == bool(standing), f"{case.state} with {self.holds}"

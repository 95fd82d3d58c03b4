"""Every state that the rules can bring a case to, found by going on from each with all that may be done in it."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from contracts.actor import Actor, Ties
from contracts.commands.base import Command
from contracts.commands.case import CompleteTask, DeclareConflict, LoadCaseCalendar, ReportConflict
from contracts.vocabulary import TaskState
from tests.asking import asks, somebody
from tests.desks import recorded
from tests.models.asking import ACTS, MORE, askers, example
from tests.models.forms import Asked, Form, forms
from tests.models.worlds import BEGIN, World, phase
from workflows.procedure.case import Case, State, Task
from workflows.procedure.step import Step
from workflows.rules.verdict import Refused

STEPS_AT_MOST = 60
"""Of one way to the end."""
BESIDE_AT_MOST = 8
"""From so many states of one phase more is asked than its tasks ask for."""
MONTH = timedelta(days=30)
"""How long nothing happens where nothing waits for time."""
WAKES_AT_MOST = 80
"""In one stretch of time in which nothing changes that the table tells apart."""
TASKS_AT_MOST = 4
"""Kinds of task open side by side before nothing more is asked beside them: what piles up says nothing new."""
OF_EVERY_KIND = (ReportConflict, LoadCaseCalendar)
"""What every kind of case with tasks takes."""


@dataclass(frozen=True)
class Node:
    """A state that was reached, when, and by what."""

    state: Any
    now: datetime
    path: tuple[str, ...] = ()


Move: TypeAlias = tuple[str, Callable[[], Node | None]]


@dataclass
class Explorer:
    """Goes on from the places of which it has seen least, so that all of them come to be seen."""

    world: World
    _tasks: set[str] = field(default_factory=set)

    def explore(self) -> list[Node]:
        """Every state found within the world's budget, each of another shape, in a fixed order."""
        self._seen: dict[tuple[object, ...], Node] = {}
        self._waiting: list[Node] = []
        expanded = Counter[str]()
        for number in range(len(self.world.openings)):
            self._found(self._begin(number))
        for _ in range(self.world.budget):
            if not self._waiting:
                break
            node = min(self._waiting, key=lambda n: (*_known(n, expanded), len(n.path)))
            self._waiting.remove(node)
            expanded.update({phase(node.state, node.now), *_open(node)})
            for word, move in self._moves(
                node, beside=expanded[phase(node.state, node.now)] <= BESIDE_AT_MOST
            ):
                found = move()
                if found is not None:
                    self._found(Node(found.state, found.now, (*node.path, word)))
        return list(self._seen.values())

    def _found(self, node: Node) -> None:
        """Keep what is new; from where a task is open that never was, go on by the best answers to the end."""
        new = _open(node) - self._tasks
        self._tasks |= new
        if self._keep(node) and (new or not isinstance(node.state, Case)):
            for _ in range(STEPS_AT_MOST):
                after = self._best(node)
                if after is None or not self._keep(after):
                    return
                self._tasks |= _open(after)
                node = after

    def _keep(self, node: Node) -> bool:
        known = self._shape(node) in self._seen
        if not known:
            self._seen[self._shape(node)] = node
            self._waiting.append(node)
        return not known

    def _best(self, node: Node) -> Node | None:
        """The state after the first answer that every open task offers can be taken; else after time."""
        if not isinstance(node.state, Case):
            return None
        after = node
        for task in node.state.open_tasks():
            form = self.forms(after, task, task.outcomes[0])[0]
            after = self._all(after, [task], task.outcomes[0], form) or after
        if after is not node:
            return Node(after.state, after.now, (*node.path, "best answers"))
        later = self.pass_time(node)
        return later and Node(later.state, later.now, (*node.path, "time passes"))

    def decide(self, node: Node, command: Command) -> Node | Refused:
        """The state after a command, folded from what the record would hold; its errands are carried at once."""
        answer = self.world.decider.decide(node.state, command, self.world.policy, node.now)
        return (
            answer
            if isinstance(answer, Refused)
            else self._carried(Node(self._folded(node, answer), node.now, node.path))
        )

    def pass_time(self, node: Node) -> Node | None:
        """Let time pass until the case has another shape; None when nothing waits for time."""
        shape, then = self._shape(node), node
        for _ in range(WAKES_AT_MOST):
            due = self.world.decider.next_instant(then.state, self.world.policy, then.now)
            if due is None:
                return None if isinstance(node.state, Case) else Node(node.state, node.now + MONTH, node.path)
            moved = Node(then.state, max(then.now, due), node.path)
            step = self.world.decider.wake(moved.state, self.world.policy, moved.now)
            assert step.events, f"the agenda names {due} and nothing fires: {node.path}"
            then = self._carried(Node(self._folded(moved, step), moved.now, node.path))
            if self._shape(then) != shape:
                return then
        return None

    def _begin(self, number: int) -> Node:
        opening, decider = self.world.openings[number], self.world.decider
        node = Node(decider.blank(opening), BEGIN)
        step = decider.begin(node.state, opening, self.world.policy, node.now)
        assert not isinstance(step, Refused), step
        return self._carried(Node(self._folded(node, step), node.now, (f"opened {number}",)))

    def _folded(self, node: Node, step: Step[Any]) -> Any:
        if step.events:
            folded = self.world.decider.folding.step(node.state, recorded(step))
            assert folded == step.state, f"the record gives another state than the step: {node.path}"
        return step.state

    def _carried(self, node: Node) -> Node:
        state = node.state
        while state.owed:
            step = self.world.decider.carried(state, state.owed[0], self.world.policy, node.now)
            state = self._folded(Node(state, node.now), step)
        return Node(state, node.now, node.path)

    def _shape(self, node: Node) -> tuple[object, ...]:
        """What tells one state from another here."""
        state = node.state
        if not isinstance(state, Case):
            known = [
                len(value)
                for name in ("rosters", "held", "lists", "matches")
                if (value := getattr(state, name, None))
            ]
            return (phase(state, node.now), *known)
        tasks = Counter((t.kind, t.about.partition(".")[0], _over(state, t)) for t in state.open_tasks())
        many = tuple(sorted((*what, count > 1) for what, count in tasks.items()))
        holds = tuple(sorted(hold.cause.value for hold in state.holds))
        own = tuple(
            bool(getattr(state, name, None))
            for name in ("upcoming", "ballot", "suspended", "reopened", "duplicate_of")
        )
        return (phase(state, node.now), many, holds, own, bool(state.spent))

    def _moves(self, node: Node, *, beside: bool) -> Iterator[Move]:
        yield "time passes", lambda: self.pass_time(node)
        yield from self._answers(node)
        if beside:
            yield from self._asked(node)

    def _asked(self, node: Node) -> Iterator[Move]:
        policy, kind = self.world.policy, self.world.kind
        if (
            isinstance(node.state, Case)
            and len({task.kind for task in node.state.open_tasks()}) >= TASKS_AT_MOST
        ):
            return
        for act in ACTS if kind is None else [one for one in ACTS if one in {*kind.acts, *OF_EVERY_KIND}]:
            roles = _people(act, self.world)[:2] or askers(act, policy)[-1:]
            for role, other in itertools.product(roles, range(1 + len(MORE.get(act, ())))):
                command = example(act, role, node.state, policy, node.now, other)
                yield (
                    f"{command.act} {other or ''} by {role}",
                    lambda c=command: _reached(self.decide(node, c)),
                )  # type: ignore[misc]

    def _answers(self, node: Node) -> Iterator[Move]:
        """Each answer to one task of a kind, and the same to all of them."""
        if not isinstance(node.state, Case):
            return
        by_kind: dict[str, list[Task]] = {}
        for task in node.state.open_tasks():
            by_kind.setdefault(task.kind, []).append(task)
        for kind, tasks in by_kind.items():
            for outcome in tasks[0].outcomes:
                for number, form in enumerate(self.forms(node, tasks[0], outcome)):
                    word = f"{kind} {outcome} {number or ''}".strip()
                    for many in sorted({1, len(tasks)}):
                        yield (
                            f"{word} x{many}",
                            lambda t=tasks[:many], o=outcome, f=form: self._all(node, t, o, f),
                        )  # type: ignore[misc]
            if len(by_kind) < TASKS_AT_MOST:
                yield (
                    f"conflict on {kind}",
                    lambda t=tasks[0]: _reached(self.decide(node, _steps_back(node, t, self.world))),
                )  # type: ignore[misc]

    def forms(self, node: Node, task: Task, outcome: str) -> list[Form]:
        """How the answer's form may be filled in."""
        return forms(Asked(node.state, task, outcome, self.world.policy, node.now))

    def _all(self, node: Node, tasks: list[Task], outcome: str, form: Form) -> Node | None:
        for task in tasks:
            if node.state.tasks[task.id].state is not TaskState.OPEN:
                continue
            after = self.decide(
                node, answered(node.state, task, outcome, form, signer(node.state, task, self.world))
            )
            if isinstance(after, Refused):
                return None
            node = after
        return node


def _over(case: Case, task: Task) -> tuple[str, ...]:
    """What was said of the same before: over what a second signs, and what others said side by side."""
    same = (task.stage, task.unit, task.about, task.round)
    return tuple(
        sorted({f"{t.kind} {t.outcome}" for t in case.acted() if (t.stage, t.unit, t.about, t.round) == same})
    )


def _open(node: Node) -> set[str]:
    return {task.kind for task in node.state.open_tasks()} if isinstance(node.state, Case) else set()


def _known(node: Node, expanded: Counter[str]) -> tuple[int, int]:
    """How much was seen of the task of which least was seen, and of the phase."""
    phased = expanded[phase(node.state, node.now)]
    return min((expanded[kind] for kind in _open(node)), default=phased), phased


def answered(state: State, task: Task, outcome: str, form: Form, who: Actor) -> CompleteTask:
    """The answer, by somebody who has read what is to be decided."""
    return asks(
        CompleteTask,
        who,
        state.case_id,
        task_id=task.id,
        outcome=outcome,
        form=form,
        reason="reason given",
        seen=task.content_digest,
    )


def signer(state: State, task: Task, world: World) -> Actor:
    """Whoever may sign: a person for every task, or who was given it."""
    policy, unit = world.policy, task.unit if world.policy.role(task.role).scope == "unit" else ""
    if task.role in policy.self_roles:
        return somebody(task.role, state.person_id)  # type: ignore[attr-defined]
    own = f"p-{task.kind}-{task.unit or 'x'}-{task.signature}-{task.round}".replace("_", "-")
    return somebody(task.role, task.claimed_by or own, unit)


def _steps_back(node: Node, task: Task, world: World) -> DeclareConflict:
    who = signer(node.state, task, world)
    command = asks(DeclareConflict, who, node.state.case_id, task_id=task.id, ground="kin", reason="cousins")
    nobody: tuple[Ties, ...] = ()
    return command.model_copy(update={"claim": command.claim.model_copy(update={"others": nobody})})


def _people(act: type[Command], world: World) -> tuple[str, ...]:
    word = act.model_fields["act"].default
    return next((spec.roles for spec in world.policy.acts if spec.code == word), ())


def _reached(answer: Node | Refused) -> Node | None:
    return None if isinstance(answer, Refused) else answer

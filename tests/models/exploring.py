"""Every state that the rules can bring a case to, found by going on from each with all that may be done in it.

A state is gone on from when something is to be seen there that was not seen before (`shapes.py`). What a table tells
apart is finite, and is gone on from to the end. States in which only something else stands beside it are stones on the
way to more, of which there is no end: a number of them is stepped on, in every phase as many as in the others.
"""

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from contracts.commands.base import Command
from contracts.vocabulary import TaskState
from tests.desks import recorded
from tests.models.asking import ACTS, MORE, OF_EVERY_KIND, askers, example
from tests.models.forms import Asked, Form, forms
from tests.models.moves import answered, people_asking, signer, steps_back
from tests.models.shapes import BESIDE, Sight, open_kinds, sights
from tests.models.worlds import BEGIN, World, deciding, phase
from workflows.procedure.case import Case, Task
from workflows.procedure.step import Step
from workflows.rules.verdict import Refused

STEPS_AT_MOST = 60
"""Of one way to the end."""
MONTH = timedelta(days=30)
"""How long nothing happens where nothing waits for time."""
WAKES_AT_MOST = 80
"""In one stretch of time in which nothing new is to be seen."""
STONES_AT_MOST = 120
"""So many states in which only something stands beside what was seen before are gone on from."""


@dataclass(frozen=True)
class Node:
    """A state that was reached, when, and by what."""

    state: Any
    now: datetime
    path: tuple[str, ...] = ()
    unproven: tuple[tuple[Any, Step[Any]], ...] = ()
    """The steps since the last state that was kept, each with the state before it: if this one is kept, the record is
    held against them. Of a hundred moves hardly one leads to anything new."""


Waiting: TypeAlias = tuple[int, int, Node]
"""How far it is, its number, and the state."""
Move: TypeAlias = tuple[str, Callable[[], Node | None]]


@dataclass
class Explorer:
    """Goes on from every state in which something is new, the nearest first."""

    world: World
    _tasks: set[str] = field(default_factory=set)
    _seen: set[Sight] = field(default_factory=set)
    _kept: list[Node] = field(default_factory=list)
    _waiting: list[Waiting] = field(default_factory=list)
    _stones: dict[str, list[Waiting]] = field(default_factory=dict)
    _stepped: Counter[str] = field(default_factory=Counter)

    def explore(self) -> list[Node]:
        """Every state in which something was new, in a fixed order."""
        for number, opening in enumerate(self.world.openings):
            go_on = self._found if opening.policy == self.world.policy.version else self._whole_way
            go_on(self._begin(number))
        while (node := self._next()) is not None:
            for word, move in self._moves(node):
                found = move()
                if found is not None:
                    self._found(replace(found, path=(*node.path, word)))
        return self._kept

    def _found(self, node: Node) -> None:
        """Keep what is new; from where a task is open that never was, go on by the best answers to the end."""
        new = open_kinds(node.state) - self._tasks
        self._tasks |= new
        if self._keep(node) and new:
            for _ in range(STEPS_AT_MOST):
                after = self._best(node)
                if after is None or not self._keep(after):
                    return
                self._tasks |= open_kinds(after.state)
                node = after

    def _whole_way(self, node: Node) -> None:
        """From an opening of another version to the end: it looks alike, and what may be done on the way is not."""
        for _ in range(STEPS_AT_MOST):
            self._tasks |= open_kinds(node.state)
            self._keep(node, always=True)
            after = self._best(node)
            if after is None:
                return
            node = after

    def _next(self) -> Node | None:
        """The nearest state that shows what a table tells apart; else a stone, where fewest were stepped on."""
        if self._waiting:
            return heapq.heappop(self._waiting)[-1]
        left = [where for where, stones in self._stones.items() if stones]
        if not left or self._stepped.total() >= STONES_AT_MOST:
            return None
        where = min(left, key=lambda place: (self._stepped[place], place))
        self._stepped[where] += 1
        return heapq.heappop(self._stones[where])[-1]

    def _keep(self, node: Node, always: bool = False) -> bool:
        new = sights(node.state, node.now) - self._seen
        if new or always:
            node = self._proven(node)
            self._seen |= new
            stone, where = (
                not always and all(sight[0] == BESIDE for sight in new),
                phase(node.state, node.now),
            )
            waiting = self._stones.setdefault(where, []) if stone else self._waiting
            heapq.heappush(waiting, (len(node.path), len(self._kept), node))
            self._kept.append(node)
        return bool(new)

    def _best(self, node: Node) -> Node | None:
        """The state after the first answer that every open task offers can be taken; else after time."""
        after = node
        for task in node.state.open_tasks():
            form = self.forms(after, task, task.outcomes[0])[0]
            after = self._all(after, [task], task.outcomes[0], form) or after
        if after is not node:
            return replace(after, path=(*node.path, "best answers"))
        later = self.pass_time(node)
        return later and replace(later, path=(*node.path, "time passes"))

    def decide(self, node: Node, command: Command) -> Node | Refused:
        """The state after a command; its errands are carried at once."""
        answer = self.world.decider.decide(node.state, command, deciding(node.state), node.now)
        return answer if isinstance(answer, Refused) else self._carried(_after(node, answer))

    def pass_time(self, node: Node) -> Node | None:
        """Let time pass until something else is to be seen; None when nothing waits for time."""
        seen, then = sights(node.state, node.now), node
        for _ in range(WAKES_AT_MOST):
            due = self.world.decider.next_instant(then.state, deciding(then.state), then.now)
            if due is None:
                return None if isinstance(node.state, Case) else replace(node, now=node.now + MONTH)
            moved = replace(then, now=max(then.now, due))
            step = self.world.decider.wake(moved.state, deciding(moved.state), moved.now)
            assert step.events, f"the agenda names {due} and nothing fires: {node.path}"
            then = self._carried(_after(moved, step))
            if sights(then.state, then.now) != seen:
                return then
        return None

    def _begin(self, number: int) -> Node:
        opening, decider = self.world.openings[number], self.world.decider
        node = Node(decider.blank(opening), BEGIN)
        step = decider.begin(node.state, opening, deciding(opening), node.now)
        assert not isinstance(step, Refused), step
        return self._carried(replace(_after(node, step), path=(f"opened {number}",)))

    def _proven(self, node: Node) -> Node:
        """The state, once the record of its steps has given it too."""
        for before, step in node.unproven:
            if step.events:
                folded = self.world.decider.folding.step(before, recorded(step))
                assert folded == step.state, f"the record gives another state than the step: {node.path}"
        return replace(node, unproven=())

    def _carried(self, node: Node) -> Node:
        while node.state.owed:
            owed = node.state.owed[0]
            node = _after(node, self.world.decider.carried(node.state, owed, deciding(node.state), node.now))
        return node

    def _moves(self, node: Node) -> Iterator[Move]:
        yield "time passes", lambda: self.pass_time(node)
        yield from self._answers(node)
        yield from self._asked(node)

    def _asked(self, node: Node) -> Iterator[Move]:
        policy, kind = deciding(node.state), self.world.kind
        for act in ACTS if kind is None else [one for one in ACTS if one in {*kind.acts, *OF_EVERY_KIND}]:
            roles = people_asking(act, policy)[:2] or askers(act, policy)[-1:]
            for role, other in itertools.product(roles, range(1 + len(MORE.get(act, ())))):
                command = example(act, role, node.state, policy, node.now, other)
                yield (
                    f"{command.act} {other or ''} by {role}",
                    lambda c=command: _reached(self.decide(node, c)),
                )  # type: ignore[misc]

    def _answers(self, node: Node) -> Iterator[Move]:
        """Each answer to one task of a kind and matter, and the same to all of them."""
        if not isinstance(node.state, Case):
            return
        alike: dict[tuple[str, str], list[Task]] = {}
        for task in node.state.open_tasks():
            alike.setdefault((task.kind, task.about), []).append(task)
        for (kind, _), tasks in alike.items():
            for outcome in tasks[0].outcomes:
                for number, form in enumerate(self.forms(node, tasks[0], outcome)):
                    word = f"{kind} {outcome} {number or ''}".strip()
                    for many in sorted({1, len(tasks)}):
                        yield (
                            f"{word} x{many}",
                            lambda t=tasks[:many], o=outcome, f=form: self._all(node, t, o, f),
                        )  # type: ignore[misc]
            stepping = steps_back(node.state, tasks[0], deciding(node.state))
            yield f"conflict on {kind}", lambda c=stepping: _reached(self.decide(node, c))  # type: ignore[misc]

    def forms(self, node: Node, task: Task, outcome: str) -> list[Form]:
        """How the answer's form may be filled in."""
        return forms(Asked(node.state, task, outcome, deciding(node.state), node.now))

    def _all(self, node: Node, tasks: list[Task], outcome: str, form: Form) -> Node | None:
        for task in tasks:
            if node.state.tasks[task.id].state is not TaskState.OPEN:
                continue
            who = signer(node.state, task, deciding(node.state))
            after = self.decide(node, answered(node.state, task, outcome, form, who))
            if isinstance(after, Refused):
                return None
            node = after
        return node


def _after(node: Node, step: Step[Any]) -> Node:
    return replace(node, state=step.state, unproven=(*node.unproven, (node.state, step)))


def _reached(answer: Node | Refused) -> Node | None:
    return None if isinstance(answer, Refused) else answer

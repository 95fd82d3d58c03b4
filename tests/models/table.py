"""What every role may do in every state: for each act one answer, `unreachable`, or why it never comes to it.

`unreachable` of a task says that none of its kind is ever open there. A task that no state opens is named in the world
with its reason; one that is open although its world says never, or open nowhere and not named, is a fault of the table.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from contracts.actor import Actor
from contracts.commands.base import Command
from contracts.commands.case import ClaimTask, DeclareConflict, PassOn, ReassignTask, ReleaseTask
from tests.asking import asks
from tests.models.asking import ACTS, BY_A_CASE, OF_EVERY_KIND, asker, askers, example, only_cases
from tests.models.exploring import Explorer, Node
from tests.models.moves import answered
from tests.models.shapes import apart, open_kinds
from tests.models.worlds import World, deciding, phase, worlds
from workflows.procedure.case import Case, Task
from workflows.rules.verdict import Refused

FOLDER = Path(__file__).parent / "tables"
ALLOWED, UNREACHABLE = "allowed", "unreachable"
ELSEWHERE = "OTHER_DISTRICT"
"""Somebody who holds the task's role, in another district only."""
STATES_ASKED = 4
"""So many states of one phase are asked about the same act, the first that were found, of each that are apart; of a
task by each role."""
ON_TASK: dict[type[Command], dict[str, object]] = {
    ClaimTask: {},
    ReleaseTask: {},
    ReassignTask: {"person_id": "p-given", "reason": "absent"},
    PassOn: {"reason": "absent"},
    DeclareConflict: {"ground": "kin", "reason": "cousins"},
}

Cell = dict[str, set[str]]
"""By role what was answered in the states of a phase that were asked."""


@dataclass
class Table:
    """The cells of one kind of case: by act and phase."""

    world: World
    cells: dict[str, dict[str, Cell]] = field(default_factory=lambda: defaultdict(dict))
    phases: list[str] = field(default_factory=list)
    _asked: dict[tuple[str, str, str], int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, world: World) -> "Table":
        """Explore the kind, and ask every act in every phase."""
        table, explorer = cls(world), Explorer(world)
        nodes = explorer.explore()
        table.phases = sorted({phase(node.state, node.now) for node in nodes})
        for node in nodes:
            table._ask(explorer, node)
        opened = {kind for node in nodes for kind in open_kinds(node.state)}
        assert not opened & {*world.never}, f"open, and said to be never: {opened & {*world.never}}"
        assert opened | {*world.never} == {*world.tasks}, f"never seen: { ({*world.tasks} - opened) }"
        return table

    def acts(self) -> list[str]:
        """Everything that may be asked of any case, and every outcome of every task that this kind can open."""
        policy = self.world.policy
        outcomes = [
            f"complete-task {t} {o}" for t in sorted(self.world.tasks) for o in policy.task(t).outcomes
        ]
        on_tasks = [f"{_word(act)} {task}" for task in sorted(self.world.tasks) for act in ON_TASK]
        beside = [_word(act) for act in ACTS]
        ended = [
            "complete-task of a task that is over",
            "complete-task of no task",
            "complete-task NO_SUCH_WORD",
        ]
        return [*outcomes, *on_tasks, *(ended if self.world.tasks else []), *beside]

    def lines(self) -> Iterable[str]:
        """The table: for each act, phases with equal answers together; what nobody can ask there is named too."""
        yield f"{self.world.name}: what may be done in which state, and by whom. Written by tests/models/table.py."
        yield "States: " + ", ".join(self.phases)
        alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for act in self.acts():
            alike[tuple(self._block(act))].append(act)
        for block, acts in alike.items():
            yield "\n" + "\n".join(acts)
            yield from block

    def _block(self, act: str) -> Iterable[str]:
        """Each answer and where it is given; the commonest is given wherever no line says otherwise."""
        if reason := self.world.never.get(act.split()[1] if " " in act else ""):
            yield f"  never: {reason}"
            return
        said: dict[str, list[str]] = defaultdict(list)
        for where in self.phases:
            said[_said(self.cells.get(act, {}).get(where))].append(where)
        rows = sorted(said.items(), key=lambda row: len(row[1]))
        for answer, places in rows[:-1]:
            yield f"  {answer}: {', '.join(places)}"
        yield f"  {rows[-1][0]}: {'elsewhere' if len(rows) > 1 else 'everywhere'}"

    def _ask(self, explorer: Explorer, node: Node) -> None:
        where = phase(node.state, node.now)
        for act in ACTS:
            if self._again(
                _word(act), where, apart(node.state), most=STATES_ASKED if self._taken(act) else 1
            ):
                for role in askers(act, self.world.policy):
                    command = example(act, role, node.state, deciding(node.state), node.now)
                    self._note(node, (_word(act), where, role), command)
        if isinstance(node.state, Case):
            for task in {t.kind: t for t in node.state.open_tasks()}.values():
                self._ask_task(explorer, node, where, task)
            self._ask_closed(node, where)

    def _ask_task(self, explorer: Explorer, node: Node, where: str, task: Task) -> None:
        roles = [*(role.code for role in self.world.policy.roles), ELSEWHERE]
        for outcome in (*task.outcomes, None):
            act = f"complete-task {task.kind} {outcome}" if outcome else "complete-task NO_SUCH_WORD"
            if self._again(act, where, task.role):
                form = explorer.forms(node, task, outcome)[0] if outcome else {}
                for role in roles if outcome else [task.role]:
                    command = answered(
                        node.state, task, outcome or "NO_SUCH_WORD", form, self._who(node, task, role)
                    )
                    self._note(node, (act, where, role), command)
        for kind, fields in ON_TASK.items():
            act = f"{_word(kind)} {task.kind}"
            if self._again(act, where, task.role):
                for at, role in product(self._given(explorer, node, task), roles):
                    who = self._who(at, at.state.tasks[task.id], role)
                    command = asks(kind, who, node.state.case_id, task_id=task.id, **fields)
                    self._note(at, (act, where, role), command)

    def _given(self, explorer: Explorer, node: Node, task: Task) -> list[Node]:
        """The state as it is, and as it is once somebody has taken the task."""
        claimed = explorer.decide(
            node, asks(ClaimTask, self._who(node, task, task.role), node.state.case_id, task_id=task.id)
        )
        return [node] if isinstance(claimed, Refused) else [node, claimed]

    def _ask_closed(self, node: Node, where: str) -> None:
        over = [task for task in node.state.tasks.values() if task not in node.state.open_tasks()]
        for act, task in (("a task that is over", over[:1]), ("no task", [*node.state.tasks.values()][:1])):
            word = f"complete-task of {act}"
            if task and self._again(word, where):
                one = task[0] if task[0] in over else task[0].model_copy(update={"task_id": "no.such.task"})
                one = one if act != "no task" else one.model_copy(update={"task_id": "no.such.task"})
                who = self._who(node, one, one.role)
                command = answered(node.state, one, one.outcomes[0], {}, who)
                self._note(node, (word, where, "everybody"), command)

    def _who(self, node: Node, task: Task, role: str) -> Actor:
        if role == ELSEWHERE:
            return asker(task.role, node.state, self.world.policy, task.unit, "d99")
        named = task.claimed_by if role == task.role else None
        who = asker(role, node.state, self.world.policy, task.unit)
        return who if named is None else who.model_copy(update={"person_id": named})

    def _taken(self, act: type[Command]) -> bool:
        """Whether the answer may rest on the state: what no case of this kind takes is refused wherever it stands."""
        kind = self.world.kind
        return kind is None or act in {*kind.acts, *OF_EVERY_KIND}

    def _again(self, act: str, where: str, role: str = "", most: int = STATES_ASKED) -> bool:
        self._asked[act, where, role] += 1
        return self._asked[act, where, role] <= most

    def _note(self, node: Node, key: tuple[str, str, str], command: Command) -> None:
        act, where, role = key
        answer = self.world.decider.decide(node.state, command, deciding(node.state), node.now)
        said = answer.code.value if isinstance(answer, Refused) else ALLOWED
        self.cells[act].setdefault(where, defaultdict(set))[role].add(said)


def _said(cell: Cell | None) -> str:
    if cell is None:
        return UNREACHABLE
    by_answer: dict[str, list[str]] = defaultdict(list)
    for role, said in cell.items():
        by_answer["|".join(sorted(said))].append(role)
    rest = by_answer.pop("wrong-role", [])
    named = "; ".join(
        f"{answer} {'all' if len(roles) > 20 else ' '.join(roles)}" for answer, roles in by_answer.items()
    )
    return "; ".join(filter(None, [named, "wrong-role others" if rest else ""]))


def _word(act: type[Command]) -> str:
    word = str(act.model_fields["act"].default)
    return f"{word} by {BY_A_CASE} only" if only_cases(act) else word


def text(world: World) -> str:
    """The whole table of a kind."""
    return "\n".join(Table.of(world).lines()) + "\n"


def main() -> None:
    """Write the tables again, of the kinds that are named or of all."""
    FOLDER.mkdir(exist_ok=True)
    for world in worlds():
        if world.name in sys.argv[1:] or not sys.argv[1:]:
            (FOLDER / f"{world.name}.txt").write_text(text(world), encoding="utf-8")


if __name__ == "__main__":
    main()

"""People, time and faults at a case, one step after another as hypothesis chooses them."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from contracts.actor import Actor, Grant
from contracts.vocabulary import TaskState
from tests.models.asking import ACTS, example, only_cases
from tests.models.exploring import answered, signer
from tests.models.forms import Asked, forms
from tests.models.life import Life
from tests.models.worlds import World, worlds
from workflows.procedure.case import Task

PERSONS = st.sampled_from(["p-1", "p-2", "p-3", "p-4", "p-nominator", "p-registrar"])
PICK = st.integers(min_value=0, max_value=10_000)


class CaseMachine(RuleBasedStateMachine):
    """Any act by anybody at any time; a subclass says of which kind of case."""

    world: World

    @initialize(pick=PICK)
    def begin(self, pick: int) -> None:
        """Open the case in one of its ways."""
        self.life = Life(self.world, self.world.openings[pick % len(self.world.openings)])
        self.life.begin()

    @rule()
    def best(self) -> None:
        """Every open task is answered as in a clean case, by a person of its own."""
        for task in self.life.state.open_tasks():
            if self.life.state.tasks[task.id].state is TaskState.OPEN:
                self._answer(task, task.outcomes[0], 0, signer(self.life.state, task, self.world))

    @rule(pick=PICK, outcome=PICK, form=PICK)
    def fit(self, pick: int, outcome: int, form: int) -> None:
        """Somebody fit answers one task with any outcome, and somebody else countersigns what asks for it."""
        if tasks := self.life.state.open_tasks():
            task = tasks[pick % len(tasks)]
            who = signer(self.life.state, task, self.world)
            self._answer(task, task.outcomes[outcome % len(task.outcomes)], form, who)

    @rule(pick=PICK, outcome=PICK, form=PICK, person=PERSONS)
    def anybody(self, pick: int, outcome: int, form: int, person: str) -> None:
        """One of few people, who hold every role, answers a task: some of them may not."""
        if tasks := self.life.state.open_tasks():
            task = tasks[pick % len(tasks)]
            self._answer(task, task.outcomes[outcome % len(task.outcomes)], form, self._holding(person, task))

    @rule(pick=PICK)
    def beside(self, pick: int) -> None:
        """Something is asked beside the tasks."""
        kind: Any = self.world.kind
        acts = [act for act in ACTS if act in kind.acts]
        act, policy = acts[pick % len(acts)], self.world.policy
        word = act.model_fields["act"].default
        roles = ("CASE",) if only_cases(act) else policy.askers(word)
        self.life.ask(example(act, roles[pick % len(roles)], self.life.state, policy, self.life.now))

    @rule(instants=st.integers(min_value=1, max_value=6))
    def time(self, instants: int) -> None:
        """Time passes, and what falls due happens."""
        for _ in range(instants):
            self.life.wake()

    @rule()
    def crash(self) -> None:
        """The worker is lost; another folds the record."""
        self.life.crash()

    @precondition(lambda self: bool(self.life.answers))
    @rule(pick=PICK)
    def again(self, pick: int) -> None:
        """Somebody's answer was lost, and they ask again."""
        known = list(self.life.answers)
        self.life.repeat(known[pick % len(known)])

    @invariant()
    def a_hold_ends_by_itself(self) -> None:
        """Of every hold whose end is known an instant waits."""
        life = getattr(self, "life", None)
        if life is None:
            return
        for hold in life.state.holds:
            if hold.until is not None and not life.state.ended:
                due = self.world.decider.next_instant(life.state, self.world.policy, life.now)
                assert due is not None, f"nothing ends the hold {hold.name}"

    def teardown(self) -> None:
        """The record tells the whole life."""
        if hasattr(self, "life"):
            self.life.crash()

    def _answer(self, task: Task, outcome: str, form: int, who: Actor) -> None:
        written = forms(Asked(self.life.state, task, outcome, self.world.policy, self.life.now))
        self.life.ask(answered(self.life.state, task, outcome, written[form % len(written)], who))

    def _holding(self, person: str, task: Task) -> Actor:
        unit = task.unit if self.world.policy.role(task.role).scope == "unit" else ""
        return Actor(
            account_id=f"a{person}",
            person_id=person,
            grants=(Grant(role=task.role, unit=unit, district="*"),),
        )


def machine(name: str) -> type[CaseMachine]:
    """Of this kind of case."""
    world = next(world for world in worlds() if world.name == name)
    return type(f"{name.capitalize()}Machine", (CaseMachine,), {"world": world})

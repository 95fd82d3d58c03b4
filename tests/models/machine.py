"""People, time and faults at a case, one step after another as hypothesis chooses them."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from contracts.actor import Actor, Grant
from contracts.commands.case import ClaimTask, DeclareConflict, PassOn, ReassignTask, ReleaseTask
from contracts.commands.nomination import ScheduleElection
from contracts.vocabulary import Stage, TaskState
from tests.asking import asks
from tests.models.asking import ACTS, OF_EVERY_KIND, askers, example
from tests.models.forms import Asked, forms
from tests.models.life import Life
from tests.models.moves import answered, people_asking, signer
from tests.models.worlds import World, worlds
from workflows.procedure.case import Task

LAST, KEPT_OUT = "p-last", "p-kept-out"
"""Whoever signed last, and whoever is kept from the case, trying again."""
PERSONS = st.sampled_from(
    ["p-1", "p-2", "p-nominator", "p-registrar", "p-nominee", "p-member", LAST, KEPT_OUT]
)
LATE = (Stage.NOTICE, Stage.RECHECK, Stage.ELECTION)
FAR = {
    "nomination": (
        *("", Stage.DECLARATION, Stage.CONSULTATION, Stage.GRADING, Stage.INSPECTION, Stage.INTEGRITY),
        *(Stage.PROPOSAL, Stage.DECISION, *LATE, *LATE, *LATE),
    ),
    "removal": (
        *("", Stage.FIRST_LOOK, Stage.STATEMENT, Stage.VERIFICATION, Stage.REMOVAL_OPINION),
        *(Stage.PERSUASION, Stage.PLAN, Stage.VOTE),
    ),
}
"""Stages to which a clean case comes before anybody disturbs it, often late ones; the first is where it begins."""
LONGEST = 40
"""Steps after which a case comes no further by itself."""
ONWARD = {"first-look": "CASE", "persuade": "REFUSED", "accept-resignation": "NOT_ACCEPTED"}
"""What is answered so that the case goes its whole way, where that is not the first outcome of the task."""
PICK = st.integers(min_value=0, max_value=10_000)
ON_TASK: tuple[tuple[type[Any], dict[str, object]], ...] = (
    (ClaimTask, {}),
    (ReleaseTask, {}),
    (ReassignTask, {"person_id": "p-2", "reason": "absent"}),
    (PassOn, {"reason": "absent"}),
    (DeclareConflict, {"ground": "kin", "reason": "cousins"}),
)


class CaseMachine(RuleBasedStateMachine):
    """Any act by anybody at any time; a subclass says of which kind of case."""

    world: World

    @initialize(pick=PICK, far=PICK)
    def begin(self, pick: int, far: int) -> None:
        """Open the case in one of its ways, and let it come so far before anybody disturbs it."""
        self.life = Life(self.world, self.world.openings[pick % len(self.world.openings)])
        self.life.begin()
        stages = FAR[self.world.name]
        stage = stages[far % len(stages)] or self.life.state.stage
        for _ in range(LONGEST):
            if self.life.state.stage != stage and not self.life.state.ended:
                self._best()

    @rule(times=st.integers(min_value=1, max_value=4))
    def best(self, times: int) -> None:
        """The case comes along."""
        for _ in range(times):
            self._best()

    @rule(pick=PICK, outcome=PICK, form=PICK)
    def fit(self, pick: int, outcome: int, form: int) -> None:
        """Somebody fit answers one task with any outcome, and somebody else countersigns what asks for it."""
        if task := self._task(pick):
            who = signer(self.life.state, task, self.life.policy)
            self._answer(task, self._outcome(task, outcome), form, who)

    @rule(pick=PICK, outcome=PICK, form=PICK, person=PERSONS)
    def anybody(self, pick: int, outcome: int, form: int, person: str) -> None:
        """One of few people, who hold every role, answers a task: some of them may not."""
        if task := self._task(pick):
            self._answer(task, task.outcomes[outcome % len(task.outcomes)], form, self._holding(person, task))

    @rule(pick=PICK, act=PICK, person=PERSONS)
    def on_task(self, pick: int, act: int, person: str) -> None:
        """Somebody takes a task, gives it back, hands it on, or steps back from the case."""
        if task := self._task(pick):
            cls, fields = ON_TASK[act % len(ON_TASK)]
            self.life.ask(
                asks(cls, self._holding(person, task), self.life.state.case_id, task_id=task.id, **fields)
            )

    @rule(pick=PICK)
    def beside(self, pick: int) -> None:
        """Something is asked beside the tasks."""
        kind: Any = self.world.kind
        acts = [act for act in ACTS if act in {*kind.acts, *OF_EVERY_KIND}]
        act, policy = acts[pick % len(acts)], self.life.policy
        roles = people_asking(act, policy) or askers(act, policy)
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
        """Of what people put off an instant waits, once its end is known."""
        life = getattr(self, "life", None)
        if life is None:
            return
        for hold in life.state.holds:
            if hold.until is not None and hold.cause in life.policy.deferrals:
                assert life.next_instant is not None, f"nothing ends the hold {hold.name}"

    def teardown(self) -> None:
        """The record tells the whole life."""
        if hasattr(self, "life"):
            self.life.crash()

    def _task(self, pick: int) -> Task | None:
        """One that somebody has taken as often as one of each kind: of fourteen alike one says what all do."""
        tasks = self.life.state.open_tasks()
        likely = [*{task.kind: task for task in tasks}.values(), *(task for task in tasks if task.claimed_by)]
        return likely[pick % len(likely)] if likely else None

    def _best(self) -> None:
        """Every open task is answered as in a case that goes its whole way, each by somebody else; or time passes."""
        before, life = len(self.life.steps), self.life
        for task in life.state.open_tasks():
            if life.state.tasks[task.id].state is TaskState.OPEN:
                onward = ONWARD.get(task.kind, task.outcomes[0])
                self._answer(task, onward, 0, signer(life.state, task, life.policy))
        election = example(ScheduleElection, "CASE", life.state, life.policy, life.now)
        if life.state.stage is Stage.RECHECK and life.state.upcoming is None and not life.state.ended:
            life.ask(election)
        if len(life.steps) == before:
            life.wake()

    def _answer(self, task: Task, outcome: str, form: int, who: Actor) -> None:
        written = forms(Asked(self.life.state, task, outcome, self.life.policy, self.life.now))
        self.life.ask(answered(self.life.state, task, outcome, written[form % len(written)], who))

    def _outcome(self, task: Task, pick: int) -> str:
        """Any, and as often as all others together the one with which the case goes on."""
        onward = ONWARD.get(task.kind, task.outcomes[0])
        return (*task.outcomes, *[onward] * (len(task.outcomes) - 1))[pick % (2 * len(task.outcomes) - 1)]

    def _holding(self, person: str, task: Task) -> Actor:
        unit = task.unit if self.life.policy.role(task.role).scope == "unit" else ""
        sheet = self.life.sheet
        tries = {LAST: [min(one.people) for one in sheet.signed], KEPT_OUT: [*sheet.kept_out.values()]}
        person = next(reversed(tries.get(person, [])), person)
        return Actor(
            account_id=f"a{person}",
            person_id=person,
            grants=(Grant(role=task.role, unit=unit, district="*"),),
        )


def machine(name: str) -> type[CaseMachine]:
    """Of this kind of case."""
    world = next(world for world in worlds() if world.name == name)
    return type(f"{name.capitalize()}Machine", (CaseMachine,), {"world": world})

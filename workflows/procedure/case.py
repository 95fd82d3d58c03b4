"""What every case knows, of whatever kind: the fold of its events, ready to be carried on."""

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Self, TypeVar

from pydantic import Field

from contracts.base import NO_DIGEST, Contract, Digest, Instant, OpaqueId
from contracts.case import hold_name
from contracts.causes import Cause
from contracts.errand import Errand
from contracts.events.letters import LetterUnserved
from contracts.events.task import TaskOpened
from contracts.lifecycles import ENDS
from contracts.matter import Recommender
from contracts.policy.model import Calendar, CalendarYear, Policy
from contracts.vocabulary import CaseState, Rung, Stage, TaskState
from workflows.procedure.hands import Doubt, Hand, StandIn

T = TypeVar("T", bound=Contract)


def _changed(one: T, changes: Mapping[str, object]) -> T:
    unknown = changes.keys() - type(one).model_fields
    if unknown:
        raise TypeError(f"{type(one).__name__} has no {', '.join(sorted(unknown))}")
    return one.model_copy(update=changes)


class State(Contract):
    """Where a case belongs, and what it still owes to others. Frozen: every event gives a new value."""

    case_id: OpaqueId
    parent: OpaqueId
    district: OpaqueId
    policy: str
    policy_digest: Digest
    """The version that decides the case, and its bytes. A case of many years may adopt a later one."""
    years: tuple[CalendarYear, ...] = ()
    """Calendar years that were loaded since the policy was released, each as it was loaded last."""
    errands: int = 0
    """How many errands it ever owed: the number of the latest."""
    owed: tuple[Errand, ...] = ()
    """Recorded and not yet carried, oldest first."""

    @property
    def places(self) -> tuple[str, ...]:
        """The districts whose own days are free of work for it."""
        return (self.district,)

    def but(self, **changes: object) -> Self:
        """The state with these changes. Raises for a name that is no field: such a change would be lost unseen."""
        return _changed(self, changes)


S = TypeVar("S", bound=State)
"""What one kind of case knows."""


class Task(TaskOpened):
    """A task as it was opened, and what became of it. The last block is set when somebody completed it."""

    state: TaskState = TaskState.OPEN
    cancelled: Cause | None = None
    """Why it was cancelled."""
    claimed_by: str | None = None
    fired: tuple[Rung, ...] = ()
    named: bool = False
    """The level above gave it to whoever has it, whatever roles they hold (SOD-07)."""

    outcome: str = ""
    form: dict[str, object] = Field(default_factory=dict)
    reason: str = ""
    signer: str = ""
    signer_role: str = ""
    signed_for: str = ""
    """In whose place the signer acted, where they deputised."""
    answer_digest: Digest | None = None

    @property
    def id(self) -> str:
        """Its name."""
        return self.task_id

    @property
    def content(self) -> Digest:
        """The content that it is about, without the words of a letter that are signed with it."""
        return self.over or self.content_digest

    @property
    def signers(self) -> frozenset[str]:
        """The natural persons whom the signature binds; none while nobody has signed."""
        return frozenset({self.signer, self.signed_for} - {""})

    @property
    def extensions(self) -> int:
        """How many extensions were granted to this deadline, whoever asked for them."""
        return self.term.extensions if self.term else 0

    @property
    def final(self) -> bool:
        """Whether the joint conference granted the last extension: expiry holds the case."""
        return bool(self.term and self.term.final)


class Hold(Contract):
    """Why, for what and since when the case is on hold, until when at most, and where it goes on."""

    cause: Cause
    about: str
    since: Instant
    until: Instant | None
    back_to: Stage

    @property
    def name(self) -> str:
        """What the tasks that end it are about."""
        return hold_name(self.cause.value, self.about)


class Case(State):
    """A case with people and deadlines. A kind's own state extends it."""

    whose: ClassVar[str] = "person_id"
    person_id: str = ""
    """The natural person whom the case is about."""
    nominator_id: str = ""
    """The natural person who brought that person before us (SOD-01)."""
    also_nominated_by: tuple[str, ...] = ()
    """Others who recommend the same person: they are bound as the first is."""
    recommended_by: tuple[Recommender, ...] = ()
    """Who recommends the person in another case, or did: they are bound here as well (SOD-01)."""
    content_digest: Digest = NO_DIGEST
    stage: Stage
    state: CaseState = CaseState.DRAFT
    """The state last announced by an event."""
    since: Instant | None = None
    """Roles that somebody held at any time since then count here: when the batch was opened, if there is one."""
    hands: tuple[Hand, ...] = ()
    """Who acted beside the tasks, each once."""
    tasks: dict[str, Task] = Field(default_factory=dict)
    """Open ones, and closed ones as long as a rule may ask who did what."""
    letters: dict[str, LetterUnserved] = Field(default_factory=dict)
    """Letters to the person that mail did not bring, by letter, whatever became of them since."""
    stand_ins: tuple[StandIn, ...] = ()
    """Who acts in the place of heads who are recused, the latest last."""
    doubts: tuple[Doubt, ...] = ()
    """Conflicts of interest, in the order in which they became known."""
    barred: tuple[str, ...] = ()
    """Who is kept from it for what they did, or are, in another case of which it comes (SOD-05, SOD-06)."""
    rounds: dict[str, int] = Field(default_factory=dict)
    """How many were ever opened of one kind, unit and signature."""
    holds: tuple[Hold, ...] = ()
    """What holds the case now, oldest first; each ends by itself (domain §8.8.1)."""
    held_since: Instant | None = None
    """Since when the clock stands: when the first of the holds began, however many have ended since."""
    stood: tuple[Hold, ...] = ()
    """What held it when it ended."""
    freed: Instant | None = None
    """When it went on last: the last of its holds ended, or it was reopened."""
    waited: dict[str, timedelta] = Field(default_factory=dict)
    """How long the case was on hold before, by the hold's name."""
    spent: tuple[str, ...] = ()
    """Names of holds that ran out: nobody puts this off again."""
    filed: bool = False

    @property
    def recommending(self) -> frozenset[str]:
        """The natural persons who recommend whom the case is about, here or elsewhere (SOD-01)."""
        elsewhere = (one.person_id for one in self.recommended_by)
        return frozenset({self.nominator_id, *self.also_nominated_by, *elsewhere} - {""})

    def recommended_too(self, others: tuple[Recommender, ...]) -> Self:
        """The case with these who recommend the person elsewhere, each known once."""
        more = tuple(one for one in dict.fromkeys(others) if one not in self.recommended_by)
        return self.but(recommended_by=(*self.recommended_by, *more)) if more else self

    @property
    def conflicted(self) -> frozenset[str]:
        """The persons who are kept from the case (SOD-06)."""
        return frozenset((*(doubt.person for doubt in self.doubts if doubt.bars), *self.barred))

    @property
    def brought_by(self) -> frozenset[str]:
        """The units that brought the person before us; of a case that another was merged into those of both."""
        return frozenset()

    @property
    def firms(self) -> frozenset[Digest]:
        """Digests of the credit codes of the person's firms, as far as the case knows any."""
        return frozenset()

    @property
    def ended(self) -> bool:
        """Whether the case has its outcome."""
        return self.state in ENDS

    @property
    def over_for_good(self) -> bool:
        """Whether it has ended, and nothing can bring it back: what it is told from now on concerns nobody."""
        return self.ended

    @property
    def hears_of_ties(self) -> bool:
        """Whether somebody's tie of which another case tells matters here, or to what comes of the case."""
        return not self.over_for_good

    @property
    def gone(self) -> bool:
        """Whether the person has died, or has lost the capacity to act: nobody serves them a letter any more."""
        return False

    @property
    def held(self) -> bool:
        """Whether anything holds the case."""
        return bool(self.holds)

    def held_for(self, cause: Cause, about: str = "") -> Hold | None:
        """The hold for this cause and this matter."""
        return next((hold for hold in self.holds if (hold.cause, hold.about) == (cause, about)), None)

    def open_tasks(self, *kinds: str) -> list[Task]:
        """Open tasks, of these kinds when some are named, in the order in which they were opened."""
        return [
            t for t in self.tasks.values() if t.state is TaskState.OPEN and (not kinds or t.kind in kinds)
        ]

    def acted(self, *kinds: str) -> list[Task]:
        """Tasks that somebody completed, of these kinds when some are named, in the order of their opening."""
        return [
            t for t in self.tasks.values() if t.state is TaskState.DONE and (not kinds or t.kind in kinds)
        ]

    def signed_by(self, *ids: str) -> list[Task]:
        """Tasks that the person of these ids signed or somebody signed in their place, void ones included."""
        return [t for t in self.tasks.values() if not t.signers.isdisjoint(ids)]

    def stand_in(self, role: str, unit: str) -> str | None:
        """Who was named to act in this role of this unit on the case."""
        named = [one.person for one in self.stand_ins if (one.role, one.unit) == (role, unit)]
        return named[-1] if named else None

    def doubt(self, number: int) -> Doubt:
        """The conflict of this number; StopIteration when there is none."""
        return next(doubt for doubt in self.doubts if doubt.number == number)

    def opened_before(self, kind: str, unit: str, signature: int) -> int:
        """How many tasks of this kind, unit and signature were ever opened, let go or not."""
        return self.rounds.get(_turn(kind, unit, signature), 0)

    def with_opened(self, opened: TaskOpened) -> Self:
        """The case with a task more."""
        turns = {**self.rounds, _turn(opened.kind, opened.unit, opened.signature): opened.round}
        return self.but(tasks={**self.tasks, opened.task_id: Task(**dict(opened))}, rounds=turns)

    def signed_by_first(self, second: Task) -> Task:
        """The completed task over whose answer this second signature is asked."""
        return [t for t in self.acted() if t.answer_digest == second.content_digest][-1]

    def with_task(self, task_id: str, **changes: object) -> Self:
        """The case with one of its tasks changed."""
        return self.but(tasks={**self.tasks, task_id: _changed(self.tasks[task_id], changes)})


def _turn(kind: str, unit: str, signature: int) -> str:
    return f"{kind}/{unit}/{signature}"


RESUME = "resume"
"""The task that ends a hold."""
RESUMPTION = (RESUME, "resume-sign")
"""Both its signatures."""
ITEM = "overdue"
"""The task by which something late comes before the joint conference."""
NAMING = "name-signer"
"""The task by which the level above names who acts where nobody is left."""


def item_about(task: Task) -> str:
    """What it says that it is about: an item of the joint conference, or a question to the level above, on the task."""
    return hold_name("task", task.id)


C = TypeVar("C", bound=Case)
"""What one kind of case with tasks knows."""


def with_year(years: tuple[CalendarYear, ...], year: CalendarYear) -> tuple[CalendarYear, ...]:
    """The years with this one, instead of what was known of it."""
    return (*(known for known in years if known.year != year.year), year)


def calendar_of(state: State, policy: Policy) -> Calendar:
    """The policy's calendar with the years that were loaded since, each as it was loaded last, and as it runs here."""
    years = policy.calendar.years
    for year in state.years:
        years = with_year(years, year)
    calendar = policy.calendar.model_copy(update={"years": years}) if state.years else policy.calendar
    return policy.running_in(calendar, state.places)

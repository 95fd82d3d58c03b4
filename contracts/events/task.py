"""What happens to the tasks through which people act (D6)."""

from datetime import date
from typing import ClassVar

from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.case import About
from contracts.causes import Cause
from contracts.events.base import Audience, Event
from contracts.term import Term
from contracts.vocabulary import Rung, Stage


class TaskOpened(Event):
    """A person is asked to act. `due` is the one stored instant; `counted` and `skipped` explain it day by day.

    `term` says how it came about; none without a limit. `content_digest` is what the person must have seen when
    acting; where the words of a letter are signed with it, it covers them and `over`, the content that they are about.
    `rungs` are the instants at which the steps of its ladder fire, earliest first: facts from now on, none while the
    deadline is provisional.
    """

    type: ClassVar[str] = "task-opened"
    audience: ClassVar[Audience] = Audience.TASK
    task_id: OpaqueId
    kind: str
    stage: Stage
    role: str
    unit: str
    signature: int
    round: int
    outcomes: tuple[str, ...]
    opened: Instant
    due: Instant | None
    provisional: bool
    counted: tuple[date, ...]
    skipped: tuple[date, ...]
    term: Term | None = None
    rungs: tuple[tuple[Rung, Instant], ...] = ()
    content_digest: Digest
    over: Digest | None = None
    about: About = ""


class Answer(Contract):
    """What the person filled in and why."""

    form: dict[str, object]
    reason: str


class TaskCompleted(Event):
    """A person acted; `answer_digest` covers outcome, form and reason, and is what a second signer confirms."""

    type: ClassVar[str] = "task-completed"
    audience: ClassVar[Audience] = Audience.TASK
    task_id: OpaqueId
    kind: str
    stage: Stage
    unit: str
    outcome: str
    answer_digest: Digest
    private: Answer


class TaskExtended(Event):
    """The deadline moved later, and its ladder with it. `term` is the whole of what it is counted from now."""

    type: ClassVar[str] = "task-extended"
    audience: ClassVar[Audience] = Audience.TASK
    task_id: OpaqueId
    cause: Cause
    before: Instant | None
    due: Instant | None
    provisional: bool
    counted: tuple[date, ...]
    skipped: tuple[date, ...]
    term: Term
    rungs: tuple[tuple[Rung, Instant], ...] = ()
    private: Answer | None = None


class TaskCancelled(Event):
    """The task is no longer needed."""

    type: ClassVar[str] = "task-cancelled"
    audience: ClassVar[Audience] = Audience.TASK
    task_id: OpaqueId
    kind: str
    unit: str
    cause: Cause


class TaskClaimed(Event):
    """One person took the task; nobody else may complete it until it is released."""

    type: ClassVar[str] = "task-claimed"
    audience: ClassVar[Audience] = Audience.TASK
    task_id: OpaqueId
    person_id: OpaqueId


class Handing(Contract):
    """Why a task goes from one person to another, in the words of whoever says so."""

    reason: str


class TaskReleased(Event):
    """The task is free again for everybody who may act on it; the reason where somebody gave one."""

    type: ClassVar[str] = "task-released"
    audience: ClassVar[Audience] = Audience.TASK
    task_id: OpaqueId
    private: Handing | None = None


class TaskReassigned(Event):
    """The task was given to a named person; the reason where somebody gave one.

    `named`: by the level above a recused head, so that the person acts on it whatever roles they hold (SOD-07).
    """

    type: ClassVar[str] = "task-reassigned"
    audience: ClassVar[Audience] = Audience.TASK
    task_id: OpaqueId
    person_id: OpaqueId
    named: bool = False
    private: Handing | None = None


class RungReached(Event):
    """A step of the ladder fired, once: `to` says who is told, `due` is the stored instant it refers to."""

    type: ClassVar[str] = "rung-reached"
    task_id: OpaqueId
    kind: str
    stage: Stage
    unit: str
    round: int
    rung: Rung
    planned: Instant
    due: Instant | None
    to: tuple[str, ...]


EVENTS: tuple[type[Event], ...] = (
    TaskOpened,
    TaskCompleted,
    TaskExtended,
    TaskCancelled,
    TaskClaimed,
    TaskReleased,
    TaskReassigned,
    RungReached,
)

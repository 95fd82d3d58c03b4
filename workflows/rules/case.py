"""What a nomination's workflow knows: the fold of its events, ready to be carried on."""

from datetime import date

from pydantic import Field

from contracts.base import Contract, Digest, Instant
from contracts.nominee import Fact, Nominee
from contracts.policy.model import Calendar, CalendarYear, Policy
from contracts.vocabulary import ENDS, CaseState, Effect, Grade, Ruling, Rung, Seat, Stage, TaskState


class Task(Contract):
    """One task and how it ended. `answer_digest`, `form` and `signer` are set when somebody completed it."""

    id: str
    kind: str
    stage: Stage
    role: str
    unit: str
    signature: int
    round: int
    outcomes: tuple[str, ...]
    opened: Instant
    due: Instant | None
    content_digest: Digest
    provisional: bool = False
    counted: tuple[date, ...] = ()
    skipped: tuple[date, ...] = ()
    hit: int | None = None
    report: int | None = None
    state: TaskState = TaskState.OPEN
    claimed_by: str | None = None
    extensions: int = 0
    final: bool = False
    """The joint conference granted the last extension: expiry holds the case."""
    rungs: tuple[tuple[Rung, Instant], ...] = ()
    fired: tuple[Rung, ...] = ()
    outcome: str = ""
    form: dict[str, object] = Field(default_factory=dict)
    reason: str = ""
    signer: str = ""
    signer_role: str = ""
    answer_digest: Digest | None = None


class Hit(Contract):
    """A reported fact that counts, and its ruling once there is one."""

    number: int
    fact: Fact
    source: str
    effect: Effect
    ruling: Ruling | None = None


class Report(Contract):
    """A report received during the notice, and its ending once there is one."""

    number: int
    signed: bool
    ending: str | None = None


class Hold(Contract):
    """Why and since when the case is on hold, and where it goes on."""

    cause: str
    since: Instant
    back_to: Stage


class Case(Contract):
    """One nomination. Frozen: every event gives a new value."""

    case_id: str
    batch_id: str
    district: str
    policy: str
    cut_off: date
    person_id: str = ""
    nominator_id: str = ""
    nominating_unit: str = ""
    seat: Seat = Seat.EXECUTIVE
    nominee: Nominee | None = None
    content_digest: Digest = "0" * 64
    stage: Stage = Stage.NOMINATION
    state: CaseState = CaseState.DRAFT
    """The state last announced by an event; see `standing` for what the facts say."""
    tasks: dict[str, Task] = Field(default_factory=dict)
    hits: tuple[Hit, ...] = ()
    reports: tuple[Report, ...] = ()
    conflicted: tuple[str, ...] = ()
    hold: Hold | None = None
    unanswered: tuple[str, ...] = ()
    """Departments closed without a reply by the joint conference."""
    grade: Grade | None = None
    window: tuple[Instant, Instant] | None = None
    election_at: Instant | None = None
    years: tuple[CalendarYear, ...] = ()
    filed: bool = False

    @property
    def ended(self) -> bool:
        """Whether the case has its outcome."""
        return self.state in ENDS

    def open_tasks(self, *kinds: str) -> list[Task]:
        """Open tasks, of these kinds when some are named, in the order in which they were opened."""
        return [
            t for t in self.tasks.values() if t.state is TaskState.OPEN and (not kinds or t.kind in kinds)
        ]

    def open_hits(self) -> list[Hit]:
        """Hits without a ruling."""
        return [hit for hit in self.hits if hit.ruling is None]

    def open_reports(self) -> list[Report]:
        """Reports without an ending."""
        return [report for report in self.reports if report.ending is None]

    def acted(self) -> list[Task]:
        """Tasks that somebody completed, in the order in which they were opened."""
        return [task for task in self.tasks.values() if task.state is TaskState.DONE]


def calendar_of(case: Case, policy: Policy) -> Calendar:
    """The policy's calendar with the years that were loaded since."""
    if not case.years:
        return policy.calendar
    return policy.calendar.model_copy(update={"years": policy.calendar.years + case.years})


def standing(case: Case, policy: Policy) -> CaseState:
    """The state that the facts give: an end, a hold, an open hit or report, else the stage's own state."""
    if case.ended:
        return case.state
    if case.hold:
        return CaseState.HELD
    if case.open_hits():
        return CaseState.RULING
    if case.open_reports():
        return CaseState.CHECKING_REPORT
    return next(spec.state for spec in policy.stages if spec.code is case.stage)

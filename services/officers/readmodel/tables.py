"""The read model, made from events alone: it can be thrown away and built again from the record."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column

LIST_FACT = "list:"
"""Before a list's code in the name of the fact by which a book of screening tells of it."""
_ON_HOLD = text("held_cause IS NOT NULL")
_COUNTED = ("due_key", "task_id", "claimed_by", "case_id", "stage", "kind")
"""All that counting asks of a task besides: thousands are counted in the index, without a look at a row."""


class AnswerRow(OfficersTable, table=True):
    """What came of a command, as its step tells: the answer that its repeats get (D18)."""

    __tablename__ = "answers"

    command_id: str = Field(primary_key=True)
    account_id: str
    body_digest: str
    act: str
    case_id: str
    sequence: int
    entry_index: int


class EventRow(OfficersTable, table=True):
    """One applied event of a case: the timeline. What is personal stays sealed."""

    __tablename__ = "events"

    case_id: str = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    event_id: str
    type: str
    version: int
    at: datetime = Field(sa_column=instant_column())
    role: str
    person_id: str
    account_id: str
    policy: str
    payload: Any = Field(sa_column=json_column())
    sealed: Any = Field(default=None, sa_column=json_column(nullable=True))


class BatchRow(OfficersTable, table=True):
    """A batch as its own events tell."""

    __tablename__ = "batches"

    batch_id: str = Field(primary_key=True)
    title: str
    districts: Any = Field(sa_column=json_column())
    policy: str
    policy_digest: str
    opened_at: datetime = Field(sa_column=instant_column())
    nomination_closes: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    cut_off: str
    election_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    moved_at: datetime = Field(sa_column=instant_column())
    sequence: int


class CaseRow(OfficersTable, table=True):
    """A case of any kind as its events tell; `facts` is what cases of its kind alone have.

    `unit` brought it, by the hand of the person `brought_by`; `firms` are digests of the person's firms. `person_id`
    is whom it concerns, empty when nobody; `told` says that they may know of it before any task is theirs. `dossier`
    is sealed, and opens with the id of the event that brought it.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("cases_by_parent", "parent", "case_id"),
        Index("cases_by_parent_state", "parent", "state", "case_id"),
        Index("cases_by_kind", "kind", "case_id"),
        Index("cases_by_district", "district", "case_id"),
        Index("cases_by_state", "state", "case_id"),
        Index("cases_by_person", "person_id", "kind", "unit"),
        Index("cases_by_unit", "unit", "district", "case_id"),
        Index("cases_by_what_they_hang_on", "hangs_on", "case_id"),
        Index("cases_on_hold", "case_id", sqlite_where=_ON_HOLD, postgresql_where=_ON_HOLD),
    )

    case_id: str = Field(primary_key=True)
    kind: str
    parent: str
    district: str
    policy: str
    person_id: str
    told: bool
    unit: str
    firms: Any = Field(sa_column=json_column())
    brought_by: str
    stage: str
    state: str
    round: int
    content_digest: str
    dossier: Any = Field(sa_column=json_column(nullable=True))
    dossier_event: str
    facts: Any = Field(sa_column=json_column())
    checking: bool = False
    """A report is being checked: told to nobody but who may know of reports."""
    hangs_on: str = ""
    """The case that this one asks about, which is no case without it: whoever is kept from that one finds neither."""
    held_cause: str | None = None
    ended_cause: str | None = None
    opened_at: datetime = Field(sa_column=instant_column())
    ended_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    filed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    moved_at: datetime = Field(sa_column=instant_column())
    sequence: int


class TaskRow(OfficersTable, table=True):
    """A task as its events tell. `version` is the sequence of the last event that touched it."""

    __tablename__ = "tasks"
    __table_args__ = (
        Index("tasks_by_role", "state", "role", "district", *_COUNTED),
        Index("tasks_by_role_unit", "state", "role", "unit", "district", *_COUNTED),
        Index("tasks_by_role_everywhere", "state", "role", "due_key", "task_id"),
        Index("tasks_by_role_unit_everywhere", "state", "role", "unit", "due_key", "task_id"),
        Index("tasks_by_due", "due_key", "task_id"),
        Index("tasks_by_state", "state", "due_key", "task_id"),
        Index("tasks_by_case", "case_id", "state", "due_key", "task_id"),
        Index("tasks_by_unit", "unit", "district", "due_key", "task_id", "case_id", "role"),
        Index("tasks_by_conference", "state", "conference_since"),
        Index("tasks_by_claimant", "claimed_by", "state", "due_key", "task_id"),
    )

    task_id: str = Field(primary_key=True)
    case_id: str
    parent: str
    district: str
    policy: str
    kind: str
    stage: str
    role: str
    unit: str
    signature: int
    round: int
    outcomes: Any = Field(sa_column=json_column())
    opened: datetime = Field(sa_column=instant_column())
    due: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    due_key: str
    """Sorts by due, tasks without one last; in the same text on both databases."""
    provisional: bool
    counted: Any = Field(sa_column=json_column())
    skipped: Any = Field(sa_column=json_column())
    content_digest: str
    about: str
    state: str
    claimed_by: str | None = None
    named: bool = False
    """The level above gave it to whoever has it, whatever roles they hold."""
    outcome: str | None = None
    answer_digest: str | None = None
    answer: Any = Field(default=None, sa_column=json_column(nullable=True))
    answer_event: str = ""
    signed_by: str | None = None
    closed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    unserved: bool = False
    """The letter from which its term runs reached nobody yet: until it is served the term stands still."""
    conference_since: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    """Since when the task is an item of the joint conference: the instant of that rung of its ladder."""
    version: int


class ConflictRow(OfficersTable, table=True):
    """A conflict of interest on a case; while it `stands` the person sees the case's number only (SOD-06, SOD-07)."""

    __tablename__ = "conflicts"
    __table_args__ = (
        Index("conflicts_by_case", "case_id", "person_id"),
        Index("conflicts_by_person", "person_id", "case_id"),
    )

    conflict_id: str = Field(primary_key=True)
    case_id: str
    person_id: str
    stands: bool

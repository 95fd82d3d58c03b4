"""The read model, made from events alone: it can be thrown away and built again from the record."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class PositionRow(OfficersTable, table=True):
    """How far the events of a case (or of a batch, which is its own) have been applied."""

    __tablename__ = "positions"

    case_id: str = Field(primary_key=True)
    sequence: int


class ParkedRow(OfficersTable, table=True):
    """An event that came before its time or cannot be read; its case waits for it, the others do not."""

    __tablename__ = "parked"

    case_id: str = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    reason: str
    body: Any = Field(sa_column=json_column())


class EventRow(OfficersTable, table=True):
    """One applied event of a case: the timeline. What is personal stays sealed."""

    __tablename__ = "events"
    __table_args__ = (Index("events_by_command", "command_id"),)

    case_id: str = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    event_id: str
    type: str
    version: int
    at: datetime = Field(sa_column=instant_column())
    role: str
    person_id: str
    account_id: str
    command_id: str
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
    sequence: int


class CaseRow(OfficersTable, table=True):
    """A case as its events tell. `nominee` is sealed, and opens with the id of the event that brought it."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("cases_by_batch", "batch_id", "case_id"),
        Index("cases_by_batch_state", "batch_id", "state", "case_id"),
        Index("cases_by_district", "district", "case_id"),
        Index("cases_by_state", "state", "case_id"),
        Index("cases_by_person", "person_id"),
        Index("cases_by_unit", "nominating_unit", "district"),
    )

    case_id: str = Field(primary_key=True)
    batch_id: str
    district: str
    policy: str
    person_id: str
    seat: str
    nominating_unit: str
    nominator_id: str
    late: bool
    state: str
    stage: str
    round: int
    content_digest: str
    nominee: Any = Field(sa_column=json_column(nullable=True))
    nominee_event: str
    opened_at: datetime = Field(sa_column=instant_column())
    grade: str | None = None
    veto: bool = False
    opinion: str | None = None
    notice_start: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    notice_end: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    notice_provisional: bool = False
    held_cause: str | None = None
    ended_cause: str | None = None
    ended_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    filed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    election_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    sequence: int


class TaskRow(OfficersTable, table=True):
    """A task as its events tell. `version` is the sequence of the last event that touched it."""

    __tablename__ = "tasks"
    __table_args__ = (
        Index("tasks_by_role", "state", "role", "district", "due_key", "task_id"),
        Index("tasks_by_role_unit", "state", "role", "unit", "district", "due_key", "task_id"),
        Index("tasks_by_due", "due_key", "task_id"),
        Index("tasks_by_state", "state", "due_key", "task_id"),
        Index("tasks_by_case", "case_id", "state"),
        Index("tasks_by_unit", "unit", "district", "case_id", "role"),
    )

    task_id: str = Field(primary_key=True)
    case_id: str
    batch_id: str
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
    hit: int | None = None
    report: int | None = None
    state: str
    claimed_by: str | None = None
    outcome: str | None = None
    answer_digest: str | None = None
    answer: Any = Field(default=None, sa_column=json_column(nullable=True))
    answer_event: str = ""
    signed_by: str | None = None
    closed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    version: int


class ConflictRow(OfficersTable, table=True):
    """A person who declared a conflict on a case and from then on sees its number only (SOD-06, SOD-07)."""

    __tablename__ = "conflicts"

    case_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)

"""What was asked of the API: acts refused, acts without an answer yet, and what is kept of writes that are our own."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class UnansweredRow(OfficersTable, table=True):
    """A command that was sent and not answered: it is asked again until it is, across restarts.

    `sealed` holds the command, `account_id` and `body_digest` are those of its claim.
    """

    __tablename__ = "unanswered"

    command_id: str = Field(primary_key=True)
    account_id: str
    body_digest: str
    kind: str
    sealed: Any = Field(sa_column=json_column())
    asked_at: datetime = Field(sa_column=instant_column())


class RefusedRow(OfficersTable, table=True):
    """An act that was refused. A refusal leaves no trace in the engine, so it is kept here (D6).

    Where a workflow refused, `refusal_id` is the command's id, and repeats under the key get the same `answer`.
    """

    __tablename__ = "refusals"

    refusal_id: str = Field(primary_key=True)
    at: datetime = Field(sa_column=instant_column(index=True))
    account_id: str
    person_id: str
    roles: str
    act: str
    target: str
    code: str
    body_digest: str
    answer: Any = Field(default=None, sa_column=json_column(nullable=True))


class KeptRow(OfficersTable, table=True):
    """The answer to a write that changed our own tables, or those of another service that we write for: sealed."""

    __tablename__ = "kept"

    command_id: str = Field(primary_key=True)
    account_id: str
    request_digest: str
    status: int
    answer: Any = Field(sa_column=json_column())
    location: str

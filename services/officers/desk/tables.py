"""What was asked of the API: commands by idempotency key, and the acts that were refused."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class CommandRow(OfficersTable, table=True):
    """A key that an account has used. `status` is None until there is an answer to repeat.

    `workflow_id` and `sealed` let a command that was accepted but not finished be asked for again.
    """

    __tablename__ = "commands"

    account_id: str = Field(primary_key=True)
    idempotency_key: str = Field(primary_key=True)
    command_id: str = Field(unique=True)
    body_digest: str
    asked_at: datetime = Field(sa_column=instant_column())
    act: str = ""
    command: str = ""
    workflow_id: str = ""
    sealed: Any = Field(default=None, sa_column=json_column(nullable=True))
    status: int | None = None
    location: str = ""
    answer: Any = Field(default=None, sa_column=json_column(nullable=True))


class RefusedRow(OfficersTable, table=True):
    """An act that was refused. A refusal leaves no trace in the engine, so it is kept here (D6)."""

    __tablename__ = "refusals"

    refusal_id: str = Field(primary_key=True)
    at: datetime = Field(sa_column=instant_column(index=True))
    account_id: str
    person_id: str
    roles: str
    act: str
    target: str
    code: str

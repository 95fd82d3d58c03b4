"""Drafts: each of one account at one task."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class DraftRow(OfficersTable, table=True):
    """What an account has begun to write. `sealed` opens with the keys of its writer and of whom the case concerns."""

    __tablename__ = "drafts"

    draft_id: str = Field(primary_key=True)
    account_id: str = Field(index=True)
    person_id: str
    """Who writes."""
    deputy_for: str = ""
    """In whose place they write; empty for themselves."""
    task_id: str
    case_id: str
    claimed: bool
    """Whether the writer, or whom they stand in for, had claimed the task: then it ends with the claim."""
    seen: str
    """The digest of what the task asked when it was written."""
    sealed: Any = Field(sa_column=json_column())
    saved_at: datetime = Field(sa_column=instant_column(index=True))

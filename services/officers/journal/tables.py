"""The journal's one table. Rows are only ever added: triggers and rights refuse everything else."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer
from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class JournalRow(OfficersTable, table=True):
    """One note. `chained` covers every other column, the number among them, and the `chained` of the row before."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("journal_by_case", "case_id", "number"),
        Index("journal_by_reader", "person_id", "number"),
        Index("journal_by_subject", "subject", "number"),
    )

    number: int = Field(
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    )
    note_id: str
    """What the sealed part opens with."""
    at: datetime = Field(sa_column=instant_column())
    account_id: str
    person_id: str
    roles: str
    what: str
    target: str
    case_id: str
    subject: str
    tier: str
    fields: str
    purpose: str
    said: Any = Field(default=None, sa_column=json_column(nullable=True))
    chained: str

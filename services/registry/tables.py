"""The registry's tables. Rows are only ever added: triggers and rights refuse everything else."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Identity,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from services.kit.db import UtcDateTime


class EntryRow(SQLModel, table=True):
    """One recorded event. `body` is its canonical form and the only truth; the other columns repeat it."""

    __tablename__ = "entries"
    __table_args__ = (
        # With this an event's id is unique because the pair is: one index less to write for every event.
        CheckConstraint("event_id = case_id || '.' || sequence", name="entries_event_id"),
        UniqueConstraint("case_id", "sequence", name="entries_case_sequence"),
    )

    entry_index: int = Field(
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    )
    event_id: str = Field(sa_column=Column(Text, nullable=False))
    case_id: str = Field(sa_column=Column(Text, nullable=False))
    sequence: int = Field(sa_column=Column(BigInteger, nullable=False))
    type: str = Field(sa_column=Column(Text, nullable=False))
    version: int = Field(sa_column=Column(Integer, nullable=False))
    at: str = Field(sa_column=Column(Text, nullable=False))
    """As the event says it."""
    previous: str = Field(sa_column=Column(Text, nullable=False))
    digest: str = Field(sa_column=Column(Text, nullable=False))
    entry_hash: str = Field(sa_column=Column(Text, nullable=False))
    body: str = Field(sa_column=Column(Text, nullable=False))


class ParkedRow(SQLModel, table=True):
    """One message that the record did not take, with the reason. The same refusal is kept once."""

    __tablename__ = "parked"
    __table_args__ = (UniqueConstraint("mark", name="parked_mark"),)

    number: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), Identity(always=True), primary_key=True
        ),
    )
    mark: str = Field(sa_column=Column(Text, nullable=False))
    """Digest over code and body."""
    code: str = Field(sa_column=Column(Text, nullable=False))
    detail: str = Field(sa_column=Column(Text, nullable=False))
    event_id: str | None = Field(sa_column=Column(Text, nullable=True))
    subject: str = Field(sa_column=Column(Text, nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    parked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))

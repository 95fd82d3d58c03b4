"""The registry's tables. Rows are only ever added: triggers and rights refuse everything else."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Identity, Index, Integer, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from services.kit.db import UtcDateTime

_OWED = text("type = 'errand-owed'")


class EntryRow(SQLModel, table=True):
    """One recorded event. `body` is its canonical form and the only truth; the other columns repeat it."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("case_id", "sequence", name="entries_case_sequence"),
        Index("entries_owed", "case_id", "sequence", sqlite_where=_OWED, postgresql_where=_OWED),
    )

    entry_index: int = Field(
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    )
    case_id: str = Field(sa_column=Column(Text, nullable=False))
    sequence: int = Field(sa_column=Column(BigInteger, nullable=False))
    kind: str = Field(sa_column=Column(Text, nullable=False))
    type: str = Field(sa_column=Column(Text, nullable=False))
    version: int = Field(sa_column=Column(Integer, nullable=False))
    digest: str = Field(sa_column=Column(Text, nullable=False))
    entry_hash: str = Field(sa_column=Column(Text, nullable=False))
    body: str = Field(sa_column=Column(Text, nullable=False))


class StepRow(SQLModel, table=True):
    """Where a step ends, under which command id, and who signed it. A command id makes one step, in whatever case."""

    __tablename__ = "steps"
    __table_args__ = (UniqueConstraint("command_id", name="steps_command"),)

    case_id: str = Field(sa_column=Column(Text, primary_key=True))
    until: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    first: int = Field(sa_column=Column(BigInteger, nullable=False))
    command_id: str = Field(sa_column=Column(Text, nullable=False))
    key_id: str = Field(sa_column=Column(Text, nullable=False))
    signature: str = Field(sa_column=Column(Text, nullable=False))


class AttemptRow(SQLModel, table=True):
    """Something that was sent to be recorded and was not, with the reason. The same attempt is kept once."""

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("mark", name="attempts_mark"),)

    number: int | None = Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), Identity(always=True), primary_key=True
        ),
    )
    mark: str = Field(sa_column=Column(Text, nullable=False))
    """Digest over code and the whole message."""
    code: str = Field(sa_column=Column(Text, nullable=False))
    detail: str = Field(sa_column=Column(Text, nullable=False))
    service: str = Field(sa_column=Column(Text, nullable=False))
    """Who refused it."""
    key_id: str | None = Field(sa_column=Column(Text, nullable=True))
    account_id: str | None = Field(sa_column=Column(Text, nullable=True))
    case_id: str | None = Field(sa_column=Column(Text, nullable=True))
    command_id: str | None = Field(sa_column=Column(Text, nullable=True))
    """What the message says of its sender: nothing of it is proven."""
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """The message, as far as it is kept; `size` is that of the whole."""
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))

"""The notices' tables. What is personal stands in sealed columns only."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from services.kit.db import JsonText, UtcDateTime


def _text(key: bool = False) -> Any:
    return Field(sa_column=Column(Text, primary_key=key, nullable=False))


def _instant(nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UtcDateTime, nullable=nullable))


class FileRow(SQLModel, table=True):
    """A case as letters need it, sealed. It follows from the record and can be made again from its start."""

    __tablename__ = "notice_files"

    case_id: str = _text(key=True)
    sealed: dict[str, Any] = Field(sa_column=Column(JsonText, nullable=False))


class LetterRow(SQLModel, table=True):
    """A letter. (case, type, round, addressee) is its key; a letter is never changed, only taken off show."""

    __tablename__ = "notice_letters"
    __table_args__ = (
        UniqueConstraint("case_id", "type", "round", "addressee", name="notice_letters_key"),
        UniqueConstraint("type", "year", "running", name="notice_letters_number"),
        UniqueConstraint("position", name="notice_letters_position"),
        Index("notice_letters_kind", "kind", "position"),
    )

    letter_id: str = _text(key=True)
    position: int = Field(sa_column=Column(BigInteger, nullable=False))
    """Order of issue, from 1 without a gap: what cursors name."""
    number: str = _text()
    type: str = _text()
    year: int = Field(sa_column=Column(Integer, nullable=False))
    running: int = Field(sa_column=Column(Integer, nullable=False))
    case_id: str = _text()
    parent: str = _text()
    district: str = _text()
    round: str = _text()
    addressee: str = _text()
    kind: str = _text()
    event_id: str = _text()
    sequence: int = Field(sa_column=Column(Integer, nullable=False))
    """Place in its case of the event that led to the letter."""
    led_at: datetime = _instant()
    """The instant of that event's step."""
    task_id: str = _text()
    """The task by which the letter asks for something; empty when it asks for nothing."""
    reminds: bool
    """Whether it only reminds of what another letter asks."""
    issued_at: datetime = _instant()
    reply_by: datetime | None = _instant(nullable=True)
    provisional: bool
    window_start: datetime | None = _instant(nullable=True)
    window_end: datetime | None = _instant(nullable=True)
    off_show_at: datetime | None = _instant(nullable=True)
    """Since when a public notice is no longer shown, before its window's end."""
    policy: str = _text()
    template_digest: str = _text()
    body_digest: str = _text()
    printable: bool
    """Whether every sign of it was found in some face when it was issued; which was not, is sealed with it."""
    sealed: dict[str, Any] = Field(sa_column=Column(JsonText, nullable=False))


class ReaderRow(SQLModel, table=True):
    """Who may read a letter: a person, or whoever holds a role (for a unit, when one is named) in a district."""

    __tablename__ = "notice_readers"
    __table_args__ = (
        Index("notice_readers_person", "person_id", "position"),
        Index("notice_readers_role", "role", "district", "unit", "position"),
        Index("notice_readers_everywhere", "role", "unit", "position"),
    )

    letter_id: str = _text(key=True)
    person_id: str = _text(key=True)
    role: str = _text(key=True)
    unit: str = _text()
    district: str = _text()
    position: int = Field(sa_column=Column(BigInteger, nullable=False))


class DeliveryRow(SQLModel, table=True):
    """How a letter travels: a DeliveryChannel, and a DeliveryState."""

    __tablename__ = "notice_deliveries"
    __table_args__ = (
        Index("notice_deliveries_due", "state", "next_attempt_at"),
        Index("notice_deliveries_told", "channel", "state", "told"),
    )

    letter_id: str = _text(key=True)
    channel: str = _text(key=True)
    state: str = _text()
    attempts: int = Field(sa_column=Column(Integer, nullable=False))
    next_attempt_at: datetime | None = _instant(nullable=True)
    last_error: str = _text()
    """A code, never a server's sentence: those quote addresses."""
    message_id: str = _text()
    settled_at: datetime | None = _instant(nullable=True)
    told: str = _text()
    """What the letter's case was told last of a mail that died: a word of `store.telling`; empty before that."""


class ReceiptRow(SQLModel, table=True):
    """Proof of service (送达回证): who took notice of a letter, and when."""

    __tablename__ = "notice_receipts"

    letter_id: str = _text(key=True)
    person_id: str = _text(key=True)
    at: datetime = _instant()


class ServiceRow(SQLModel, table=True):
    """Proof that somebody served a letter by hand: who, when, how, and the digest of the signed paper."""

    __tablename__ = "notice_services"

    letter_id: str = _text(key=True)
    by: str = _text()
    at: datetime = _instant()
    how: str = _text()
    document_digest: str = _text()


class CounterRow(SQLModel, table=True):
    """The last number given out under a name."""

    __tablename__ = "notice_counters"

    name: str = _text(key=True)
    last: int = Field(sa_column=Column(BigInteger, nullable=False))

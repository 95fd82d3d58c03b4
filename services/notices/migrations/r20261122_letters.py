"""How far the record was followed, cases as letters need them, letters with readers, deliveries and receipts."""

import sqlalchemy as sa
from alembic import op

from services.kit import cursor
from services.kit.db import JsonText, UtcDateTime

revision = "20261122_letters"
down_revision = None


def _text(name: str, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def upgrade() -> None:
    """Make every table."""
    cursor.create(op.get_bind())
    op.create_table(
        "notice_files",
        _text("case_id", key=True),
        sa.Column("sealed", JsonText, nullable=False),
    )
    _letters()
    op.create_table(
        "notice_counters", _text("name", key=True), sa.Column("last", sa.BigInteger, nullable=False)
    )


def _letters() -> None:
    op.create_table(
        "notice_letters",
        _text("letter_id", key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        _text("number"),
        _text("type"),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("running", sa.Integer, nullable=False),
        *(
            _text(name)
            for name in ("case_id", "parent", "district", "round", "addressee", "kind", "event_id")
        ),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("led_at", UtcDateTime, nullable=False),
        _text("task_id"),
        sa.Column("reminds", sa.Boolean, nullable=False),
        sa.Column("issued_at", UtcDateTime, nullable=False),
        sa.Column("reply_by", UtcDateTime, nullable=True),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("window_start", UtcDateTime, nullable=True),
        sa.Column("window_end", UtcDateTime, nullable=True),
        sa.Column("off_show_at", UtcDateTime, nullable=True),
        *(_text(name) for name in ("policy", "template_digest", "body_digest")),
        sa.Column("printable", sa.Boolean, nullable=False),
        sa.Column("sealed", JsonText, nullable=False),
        sa.UniqueConstraint("case_id", "type", "round", "addressee", name="notice_letters_key"),
        sa.UniqueConstraint("type", "year", "running", name="notice_letters_number"),
        sa.UniqueConstraint("position", name="notice_letters_position"),
    )
    op.create_index("notice_letters_kind", "notice_letters", ["kind", "position"])
    op.create_table(
        "notice_readers",
        *(_text(name, key=True) for name in ("letter_id", "person_id", "role")),
        _text("unit"),
        _text("district"),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_index("notice_readers_person", "notice_readers", ["person_id", "position"])
    op.create_index("notice_readers_role", "notice_readers", ["role", "district", "unit", "position"])
    op.create_index("notice_readers_everywhere", "notice_readers", ["role", "unit", "position"])
    op.create_table(
        "notice_deliveries",
        _text("letter_id", key=True),
        _text("channel", key=True),
        _text("state"),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", UtcDateTime, nullable=True),
        _text("last_error"),
        _text("message_id"),
        sa.Column("settled_at", UtcDateTime, nullable=True),
        _text("told"),
    )
    op.create_index("notice_deliveries_due", "notice_deliveries", ["state", "next_attempt_at"])
    op.create_index("notice_deliveries_told", "notice_deliveries", ["channel", "state", "told"])
    op.create_table(
        "notice_services",
        _text("letter_id", key=True),
        _text("by"),
        sa.Column("at", UtcDateTime, nullable=False),
        _text("how"),
        _text("document_digest"),
    )
    op.create_table(
        "notice_receipts",
        _text("letter_id", key=True),
        _text("person_id", key=True),
        sa.Column("at", UtcDateTime, nullable=False),
    )

"""The record's entries, its steps, and what was refused, with triggers that refuse any change of a row."""

import sqlalchemy as sa
from alembic import op

from services.kit.db import UtcDateTime

revision = "20261122_entries"
down_revision = None

TABLES = ("entries", "steps", "attempts")


def upgrade() -> None:
    """Make the tables and close them to everything but reading and adding."""
    op.create_table(
        "entries",
        sa.Column(
            "entry_index",
            # On SQLite only INTEGER is the row's own number, and needs no second index.
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("entry_hash", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("case_id", "sequence", name="entries_case_sequence"),
    )
    op.create_table(
        "steps",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("until", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("command_id", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.UniqueConstraint("command_id", name="steps_command"),
    )
    op.create_table(
        "attempts",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            sa.Identity(always=True),
            primary_key=True,
        ),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=True),
        sa.Column("account_id", sa.Text, nullable=True),
        sa.Column("case_id", sa.Text, nullable=True),
        sa.Column("command_id", sa.Text, nullable=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("mark", name="attempts_mark"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _close_on_postgresql()
    else:
        _close_on_sqlite()


def _close_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'the record is append-only: % on % is refused', TG_OP, TG_TABLE_NAME; END $$"
    )
    for table in TABLES:
        for name, event, each in (("row", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} FOR EACH {each} "
                "EXECUTE FUNCTION refuse_change()"
            )
            # An ordinary trigger sleeps while session_replication_role is `replica`; this one does not.
            op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")


def _close_on_sqlite() -> None:
    refusal = "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} {refusal}")
    # Entries stand in an unbroken row, so nothing can be put in the place of one that was lost.
    out_of_turn = "NEW.entry_index <> (SELECT coalesce(max(entry_index), -1) + 1 FROM entries)"
    op.execute(f"CREATE TRIGGER entries_insert BEFORE INSERT ON entries WHEN {out_of_turn} {refusal}")

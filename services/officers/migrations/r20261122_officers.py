"""People, what was asked, and what was read.

Refused acts and the journal are closed against change: what could be taken back would be no proof.
"""

import sqlalchemy as sa
from alembic import op

from services.kit.db import JsonText, UtcDateTime

revision = "20261122_officers"
down_revision = None


def upgrade() -> None:
    """Make the tables that no record could fill again."""
    _people()
    _sessions()
    _bonds()
    _asked()
    _journal()
    if op.get_bind().dialect.name == "postgresql":
        _close_on_postgresql()
    else:
        _close_on_sqlite()


def _people() -> None:
    op.create_table(
        "persons",
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("match_key", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("phone_key", sa.Text, nullable=False),
        sa.Column("sealed", JsonText, nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
        sa.UniqueConstraint("match_key"),
    )
    op.create_index("ix_persons_name_key", "persons", ["name_key"])
    op.create_index("ix_persons_phone_key", "persons", ["phone_key"])
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=True),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("token_generation", sa.Integer, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.person_id"],
        ),
        sa.PrimaryKeyConstraint("account_id"),
        sa.UniqueConstraint("login"),
    )
    op.create_index("ix_accounts_person_id", "accounts", ["person_id"])
    op.create_table(
        "grants",
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("until", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.account_id"],
        ),
        sa.PrimaryKeyConstraint("account_id", "role", "unit", "district"),
    )
    op.create_table(
        "codes",
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("until", UtcDateTime, nullable=True),
        sa.Column("asker_digest", sa.Text, nullable=True),
        sa.Column("approver_digest", sa.Text, nullable=True),
        sa.Column("witness_digest", sa.Text, nullable=True),
        sa.Column("used_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
        sa.PrimaryKeyConstraint("account_id", "case_id"),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("authenticated_at", UtcDateTime, nullable=False),
        sa.Column("renewed_at", UtcDateTime, nullable=False),
        sa.Column("good_until", UtcDateTime, nullable=False),
        sa.Column("ends_at", UtcDateTime, nullable=False),
        sa.Column("methods", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
        sa.PrimaryKeyConstraint("session_id"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_table(
        "factors",
        sa.Column("factor_id", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("sealed", JsonText, nullable=False),
        sa.Column("confirmed", sa.Boolean, nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("counter", sa.BigInteger, nullable=False),
        sa.Column("added_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
        sa.PrimaryKeyConstraint("factor_id"),
    )
    op.create_index("ix_factors_account_id", "factors", ["account_id"])
    op.create_index("ix_factors_credential", "factors", ["credential"])
    op.create_table(
        "used_tickets",
        sa.Column("ticket_id", sa.Text, nullable=False),
        sa.Column("until", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_table(
        "provider_links",
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("subject_key", sa.Text, nullable=False),
        sa.Column("linked_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
        sa.PrimaryKeyConstraint("account_id"),
        sa.UniqueConstraint("subject_key"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_recovery_codes_account_id", "recovery_codes", ["account_id"])


def _bonds() -> None:
    op.create_table(
        "former_grants",
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("until", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.person_id"]),
        sa.PrimaryKeyConstraint("person_id", "role"),
    )
    op.create_table(
        "person_firms",
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("firm", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.person_id"]),
        sa.PrimaryKeyConstraint("person_id", "firm"),
    )
    op.create_table(
        "merged_persons",
        sa.Column("merged_id", sa.Text, nullable=False),
        sa.Column("kept_id", sa.Text, nullable=False),
        sa.Column("accounts", JsonText, nullable=False),
        sa.Column("merged_at", UtcDateTime, nullable=False),
        sa.Column("looked_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(["merged_id"], ["persons.person_id"]),
        sa.ForeignKeyConstraint(["kept_id"], ["persons.person_id"]),
        sa.PrimaryKeyConstraint("merged_id"),
    )
    op.create_index("ix_merged_persons_kept_id", "merged_persons", ["kept_id"])
    op.create_table(
        "deputies",
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("principal_id", sa.Text, nullable=False),
        sa.Column("deputy_id", sa.Text, nullable=False),
        sa.Column("starts", UtcDateTime, nullable=False),
        sa.Column("ends", UtcDateTime, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["principal_id"], ["persons.person_id"]),
        sa.ForeignKeyConstraint(["deputy_id"], ["persons.person_id"]),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_deputies_deputy_id", "deputies", ["deputy_id"])
    op.create_table(
        "absences",
        sa.Column("absence_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("starts", UtcDateTime, nullable=False),
        sa.Column("ends", UtcDateTime, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.person_id"]),
        sa.PrimaryKeyConstraint("absence_id"),
    )
    op.create_index("ix_absences_person_id", "absences", ["person_id"])


def _asked() -> None:
    op.create_table(
        "unanswered",
        sa.Column("command_id", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("body_digest", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("sealed", JsonText, nullable=False),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("command_id"),
    )
    op.create_table(
        "refusals",
        sa.Column("refusal_id", sa.Text, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("body_digest", sa.Text, nullable=False),
        sa.Column("answer", JsonText, nullable=True),
        sa.PrimaryKeyConstraint("refusal_id"),
    )
    op.create_index("ix_refusals_at", "refusals", ["at"])
    op.create_table(
        "kept",
        sa.Column("command_id", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("request_digest", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("answer", JsonText, nullable=False),
        sa.Column("location", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("command_id"),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("note_id", sa.Text, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("tier", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("said", JsonText, nullable=True),
        sa.Column("chained", sa.Text, nullable=False),
    )
    op.create_index("journal_by_case", "journal", ["case_id", "number"])
    op.create_index("journal_by_reader", "journal", ["person_id", "number"])
    op.create_index("journal_by_subject", "journal", ["subject", "number"])


def _close_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'what was noted is kept: % on % is refused', TG_OP, TG_TABLE_NAME; END $$"
    )
    for table in ("refusals", "journal"):
        for name, event, each in (("row", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} FOR EACH {each} "
                "EXECUTE FUNCTION refuse_change()"
            )
            # An ordinary trigger sleeps while session_replication_role is `replica`; this one does not.
            op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")


def _close_on_sqlite() -> None:
    refusal = "BEGIN SELECT RAISE(ABORT, 'what was noted is kept'); END"
    for table in ("refusals", "journal"):
        for event in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} {refusal}")
    # INSERT OR REPLACE removes the row in its way without asking a DELETE trigger. The same refusal again is none.
    op.execute(
        "CREATE TRIGGER refusals_again BEFORE INSERT ON refusals "
        "WHEN EXISTS (SELECT 1 FROM refusals WHERE refusal_id = NEW.refusal_id) "
        "BEGIN SELECT RAISE(IGNORE); END"
    )
    again = "WHEN EXISTS (SELECT 1 FROM journal WHERE number = NEW.number)"
    op.execute(f"CREATE TRIGGER journal_again BEFORE INSERT ON journal {again} {refusal}")

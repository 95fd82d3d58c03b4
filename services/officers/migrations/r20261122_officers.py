"""People, what was asked, what was read, and the read model.

Refused acts and the journal are closed against change: what could be taken back would be no proof.
"""

import sqlalchemy as sa
from alembic import op

from services.kit import cursor
from services.kit.db import JsonText, UtcDateTime

revision = "20261122_officers"
down_revision = None


def upgrade() -> None:
    """Make every table; those of the read model can be dropped and filled again from the record."""
    _people()
    _sessions()
    _bonds()
    _asked()
    _journal()
    _read_model()
    _lists()
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
        sa.Column("sealed", JsonText, nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
        sa.UniqueConstraint("match_key"),
    )
    op.create_index("ix_persons_name_key", "persons", ["name_key"])
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
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("added_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
        sa.PrimaryKeyConstraint("factor_id"),
    )
    op.create_index("ix_factors_account_id", "factors", ["account_id"])
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


def _read_model() -> None:
    cursor.create(op.get_bind())
    op.create_table(
        "answers",
        sa.Column("command_id", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("body_digest", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("entry_index", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("command_id"),
    )
    op.create_table(
        "events",
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("payload", JsonText, nullable=False),
        sa.Column("sealed", JsonText, nullable=True),
        sa.PrimaryKeyConstraint("case_id", "sequence"),
    )
    op.create_table(
        "batches",
        sa.Column("batch_id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("districts", JsonText, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("policy_digest", sa.Text, nullable=False),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("nomination_closes", UtcDateTime, nullable=True),
        sa.Column("cut_off", sa.Text, nullable=False),
        sa.Column("election_at", UtcDateTime, nullable=True),
        sa.Column("moved_at", UtcDateTime, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("batch_id"),
    )
    _cases()
    _tasks()
    op.create_table(
        "conflicts",
        sa.Column("conflict_id", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("stands", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("conflict_id"),
    )
    op.create_index("conflicts_by_case", "conflicts", ["case_id", "person_id"])
    op.create_index("conflicts_by_person", "conflicts", ["person_id", "case_id"])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("parent", sa.Text, nullable=False),
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("firms", JsonText, nullable=False),
        sa.Column("brought_by", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("content_digest", sa.Text, nullable=False),
        sa.Column("dossier", JsonText, nullable=True),
        sa.Column("dossier_event", sa.Text, nullable=False),
        sa.Column("facts", JsonText, nullable=False),
        sa.Column("checking", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("held_cause", sa.Text, nullable=True),
        sa.Column("ended_cause", sa.Text, nullable=True),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.Column("filed_at", UtcDateTime, nullable=True),
        sa.Column("moved_at", UtcDateTime, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("shown_sequence", sa.Integer, nullable=False),
        sa.Column("team_sequence", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index("cases_by_parent", "cases", ["parent", "case_id"])
    op.create_index("cases_by_parent_state", "cases", ["parent", "state", "case_id"])
    op.create_index("cases_by_kind", "cases", ["kind", "case_id"])
    op.create_index("cases_by_district", "cases", ["district", "case_id"])
    op.create_index("cases_by_state", "cases", ["state", "case_id"])
    op.create_index("cases_by_person", "cases", ["person_id"])
    op.create_index("cases_by_unit", "cases", ["unit", "district", "case_id"])


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("task_id", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("parent", sa.Text, nullable=False),
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("signature", sa.Integer, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("outcomes", JsonText, nullable=False),
        sa.Column("opened", UtcDateTime, nullable=False),
        sa.Column("due", UtcDateTime, nullable=True),
        sa.Column("due_key", sa.Text, nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("counted", JsonText, nullable=False),
        sa.Column("skipped", JsonText, nullable=False),
        sa.Column("content_digest", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("claimed_by", sa.Text, nullable=True),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.Text, nullable=True),
        sa.Column("answer_digest", sa.Text, nullable=True),
        sa.Column("answer", JsonText, nullable=True),
        sa.Column("answer_event", sa.Text, nullable=False),
        sa.Column("signed_by", sa.Text, nullable=True),
        sa.Column("closed_at", UtcDateTime, nullable=True),
        sa.Column("unserved", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("conference_since", UtcDateTime, nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("task_id"),
    )
    op.create_index("tasks_by_case", "tasks", ["case_id", "state"])
    op.create_index("tasks_by_due", "tasks", ["due_key", "task_id"])
    op.create_index("tasks_by_state", "tasks", ["state", "due_key", "task_id"])
    op.create_index("tasks_by_role", "tasks", ["state", "role", "district", "due_key", "task_id"])
    op.create_index(
        "tasks_by_role_unit", "tasks", ["state", "role", "unit", "district", "due_key", "task_id"]
    )
    op.create_index("tasks_by_unit", "tasks", ["unit", "district", "due_key", "task_id", "case_id", "role"])
    op.create_index("tasks_by_conference", "tasks", ["state", "conference_since"])
    op.create_index("tasks_by_claimant", "tasks", ["claimed_by", "state", "due_key", "task_id"])


def _lists() -> None:
    op.create_table(
        "list_files",
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("file_digest", sa.Text, nullable=False),
        sa.Column("entries_digest", sa.Text, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("brought_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("list", "file_digest"),
    )
    op.create_table(
        "list_lines",
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("file_digest", sa.Text, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("match_key", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("paper_key", sa.Text, nullable=False),
        sa.Column("masked", sa.Boolean, nullable=False),
        sa.Column("off", sa.Boolean, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("sealed", JsonText, nullable=False),
        sa.PrimaryKeyConstraint("list", "file_digest", "line"),
    )
    op.create_index("list_lines_by_number", "list_lines", ["match_key", "list"])
    op.create_index("list_lines_by_name", "list_lines", ["name_key", "list"])


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

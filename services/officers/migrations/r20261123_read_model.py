"""The read model and the lists: tables that can be dropped and filled again from the record and from files."""

import sqlalchemy as sa
from alembic import op

from services.kit import cursor
from services.kit.db import JsonText, UtcDateTime

revision = "20261123_read_model"
down_revision = "20261122_officers"


def upgrade() -> None:
    """Make them."""
    _read_model()
    _lists()


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
        sa.Column("hangs_on", sa.Text, nullable=False, server_default=""),
        sa.Column("held_cause", sa.Text, nullable=True),
        sa.Column("ended_cause", sa.Text, nullable=True),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.Column("filed_at", UtcDateTime, nullable=True),
        sa.Column("moved_at", UtcDateTime, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index("cases_by_parent", "cases", ["parent", "case_id"])
    op.create_index("cases_by_parent_state", "cases", ["parent", "state", "case_id"])
    op.create_index("cases_by_kind", "cases", ["kind", "case_id"])
    op.create_index("cases_by_district", "cases", ["district", "case_id"])
    op.create_index("cases_by_state", "cases", ["state", "case_id"])
    op.create_index("cases_by_person", "cases", ["person_id"])
    op.create_index("cases_by_unit", "cases", ["unit", "district", "case_id"])
    op.create_index("cases_by_what_they_hang_on", "cases", ["hangs_on", "case_id"])


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
    op.create_index("tasks_by_case", "tasks", ["case_id", "state", "due_key", "task_id"])
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

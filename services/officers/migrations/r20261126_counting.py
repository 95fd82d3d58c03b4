"""Indexes in which the tasks of a role are counted without a look at their rows, and the cases on hold found."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_counting"
down_revision = "20261124_in_hand"

COUNTED = ["due_key", "task_id", "claimed_by", "case_id", "stage", "kind"]


def upgrade() -> None:
    """Make them."""
    for name, leading in (("tasks_by_role", []), ("tasks_by_role_unit", ["unit"])):
        op.drop_index(name, "tasks")
        op.create_index(name, "tasks", ["state", "role", *leading, "district", *COUNTED])
    held = sa.text("held_cause IS NOT NULL")
    op.create_index("cases_on_hold", "cases", ["case_id"], sqlite_where=held, postgresql_where=held)

"""Indexes in which the open tasks of a role lie in order for whoever holds it everywhere, and not in one district."""

from alembic import op

revision = "20261127_everywhere"
down_revision = "20261126_counting"


def upgrade() -> None:
    """Make them."""
    for name, leading in (("tasks_by_role_everywhere", []), ("tasks_by_role_unit_everywhere", ["unit"])):
        op.create_index(name, "tasks", ["state", "role", *leading, "due_key", "task_id"])

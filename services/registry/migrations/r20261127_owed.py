"""An index of what cases owe others: a step that answers to an errand is held against it before it is recorded."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_owed"
down_revision = "20261122_entries"


def upgrade() -> None:
    """Make it: of the few entries that owe something."""
    owed = sa.text("type = 'errand-owed'")
    op.create_index(
        "entries_owed", "entries", ["case_id", "sequence"], sqlite_where=owed, postgresql_where=owed
    )

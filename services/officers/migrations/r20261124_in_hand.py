"""What people have in hand: drafts, bundles and documents. No record could fill these tables again."""

import sqlalchemy as sa
from alembic import op

from services.kit.db import JsonText, UtcDateTime

revision = "20261124_in_hand"
down_revision = "20261123_read_model"


def upgrade() -> None:
    """Make them."""
    _drafts()


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("draft_id", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("task_id", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("claimed", sa.Boolean, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("sealed", JsonText, nullable=False),
        sa.Column("saved_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("draft_id"),
    )
    op.create_index("ix_drafts_account_id", "drafts", ["account_id"])
    op.create_index("ix_drafts_saved_at", "drafts", ["saved_at"])

"""What people have in hand: drafts, bundles and documents. No record could fill these tables again."""

import sqlalchemy as sa
from alembic import op

from services.kit.db import JsonText, UtcDateTime

revision = "20261124_in_hand"
down_revision = "20261123_read_model"


def upgrade() -> None:
    """Make them."""
    _drafts()
    _bundles()
    _documents()


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


def _bundles() -> None:
    op.create_table(
        "bundles",
        sa.Column("bundle_id", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.Column("ends_at", UtcDateTime, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("bundle_id"),
    )
    op.create_index("ix_bundles_account_id", "bundles", ["account_id"])
    op.create_index("ix_bundles_asked_at", "bundles", ["asked_at"])
    op.create_table(
        "bundle_items",
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("bundle_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("task_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("sealed", JsonText, nullable=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("sentence", JsonText, nullable=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("entry_index", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )
    op.create_index("ix_bundle_items_bundle_id", "bundle_items", ["bundle_id"])
    op.create_index("bundle_items_by_state", "bundle_items", ["state", "item_id"])


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("task_id", sa.Text, nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("scan", sa.Text, nullable=False),
        sa.Column("named", JsonText, nullable=False),
        sa.Column("sealed", JsonText, nullable=False),
        sa.Column("uploaded_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("document_id"),
    )
    for column in ("digest", "case_id", "account_id"):
        op.create_index(f"ix_documents_{column}", "documents", [column])

"""In whose place a draft is written: it lasts as long as that person's claim. Drafts of before are in nobody's."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_places"
down_revision = "20261128_papers"


def upgrade() -> None:
    """Make the column."""
    op.add_column("drafts", sa.Column("deputy_for", sa.Text, nullable=False, server_default=""))

"""In which roles a paper was left: whose it is to read follows from it. Papers of before were left in none."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_papers"
down_revision = "20261127_nominators"


def upgrade() -> None:
    """Make the column."""
    op.add_column("documents", sa.Column("left_as", sa.Text, nullable=False, server_default=""))

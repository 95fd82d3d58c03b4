"""An index by which one finds who nominated somebody, without a look at all nominations."""

from alembic import op

revision = "20261127_nominators"
down_revision = "20261127_everywhere"


def upgrade() -> None:
    """Make it in the place of the one by the person alone."""
    op.drop_index("cases_by_person", "cases")
    op.create_index("cases_by_person", "cases", ["person_id", "kind", "unit"])

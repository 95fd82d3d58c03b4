"""On which stores a test runs."""

import pytest

ABOVE_THE_STORE = pytest.mark.parametrize(
    "database_url", ["postgresql", pytest.param("sqlite", marks=pytest.mark.deep)], indirect=True
)
"""What the store has no part in: on SQLite only in `make deep`; whole systems in tests/e2e run on it."""

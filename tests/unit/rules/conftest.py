"""The released policy, by which every rule's vectors are checked."""

import pytest

from contracts.policy.loader import released
from contracts.policy.model import Calendar, Policy


@pytest.fixture(scope="session")
def policy() -> Policy:
    """Version 2026.1."""
    return released("2026.1")


@pytest.fixture(scope="session")
def calendar(policy: Policy) -> Calendar:
    """Its calendar: 2025 and 2026 are published, 2027 is not."""
    return policy.calendar

"""The released policy, by which every rule's vectors are checked, and a case under it; no engine."""

import pytest

from contracts.policy.loader import released
from contracts.policy.model import Calendar, Policy
from tests.office import Office, PureDesk, local, opening


@pytest.fixture(scope="session")
def policy() -> Policy:
    """Version 2026.1."""
    return released("2026.1")


@pytest.fixture(scope="session")
def calendar(policy: Policy) -> Calendar:
    """Its calendar: 2025 and 2026 are published, 2027 is not."""
    return policy.calendar


@pytest.fixture
def desk(policy: Policy) -> PureDesk:
    """A case opened on Monday 2 March 2026."""
    desk = PureDesk(policy, local("2026-03-02 10:00"))
    desk.open(opening())
    return desk


@pytest.fixture
def office(desk: PureDesk) -> Office:
    """The people who carry it on."""
    return Office(desk)

"""The released policy, by which every rule's vectors are checked, and a case under it; no engine."""

import pytest

from contracts.commands.opening import Opening
from contracts.policy.loader import released
from contracts.policy.model import Calendar, Policy
from tests.asking import local, opening, removal_opening, review_opening
from tests.commission import Body, Commission
from tests.desks import PureDesk, S
from tests.office import Office, People
from tests.prizes import award_opening
from workflows.kinds.award.case import Award
from workflows.kinds.award.kind import DECIDER as AWARDS
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER as NOMINATION
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER as REMOVAL
from workflows.kinds.review.case import Review
from workflows.kinds.review.kind import DECIDER as REVIEW
from workflows.procedure.decider import Decider


@pytest.fixture(scope="session")
def policy() -> Policy:
    """Version 2026.1."""
    return released("2026.1")


def opened(decider: Decider[S], policy: Policy, begun: Opening) -> PureDesk[S]:
    """A case that this opens on Monday 2 March 2026."""
    desk = PureDesk(decider, policy, local("2026-03-02 10:00"))
    desk.open(begun)
    return desk


@pytest.fixture(scope="session")
def calendar(policy: Policy) -> Calendar:
    """Its calendar: 2025 and 2026 are published, 2027 is not."""
    return policy.calendar


@pytest.fixture
def desk(policy: Policy) -> PureDesk[Nomination]:
    """A case opened on Monday 2 March 2026."""
    return opened(NOMINATION, policy, opening())


@pytest.fixture
def office(desk: PureDesk[Nomination]) -> Office:
    """The people who carry it on."""
    return Office(desk)


@pytest.fixture
def removal(policy: Policy) -> PureDesk[Removal]:
    """A removal opened on Monday 2 March 2026."""
    return opened(REMOVAL, policy, removal_opening())


@pytest.fixture
def commission(removal: PureDesk[Removal]) -> Commission:
    """The people who carry it on."""
    return Commission(removal)


@pytest.fixture
def review(policy: Policy) -> PureDesk[Review]:
    """A first review, opened on Monday 2 March 2026."""
    return opened(REVIEW, policy, review_opening())


@pytest.fixture
def body(review: PureDesk[Review]) -> Body:
    """The people who decide it."""
    return Body(review)


@pytest.fixture
def award(policy: Policy) -> PureDesk[Award]:
    """A chamber applied on Monday 2 March 2026."""
    return opened(AWARDS, policy, award_opening())


@pytest.fixture
def people(award: PureDesk[Award]) -> People[Award]:
    """The people who carry it on."""
    return People(award)

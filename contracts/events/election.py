"""What happens to a nomination on its way to the ballot and on it (domain §8.1, ST13 and ST14; §8.8.5)."""

from typing import ClassVar

from contracts.base import Instant
from contracts.causes import Cause
from contracts.events.base import Event


class BallotEntered(Event):
    """The re-check for the election at this instant was confirmed: the name is on its draft ballot."""

    type: ClassVar[str] = "ballot-entered"
    decides: ClassVar[bool] = True
    election_at: Instant


class BallotLeft(Event):
    """The name is off the ballot of the election at this instant; only a new re-check brings it back."""

    type: ClassVar[str] = "ballot-left"
    decides: ClassVar[bool] = True
    election_at: Instant
    cause: Cause


class ElectionMissed(Event):
    """The election was held at this instant without the case: it waits for the next one."""

    type: ClassVar[str] = "election-missed"
    election_at: Instant


EVENTS: tuple[type[Event], ...] = (BallotEntered, BallotLeft, ElectionMissed)

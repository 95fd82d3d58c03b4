"""Which meetings decide about a seat (domain §8.4, R09): the charter's clause was never read, so it is data."""

from pydantic import Field

from contracts.base import Contract
from contracts.matter import MeetingBody
from contracts.vocabulary import Seat


class Meetings(Contract):
    """`deciding`: by seat, the meetings that vote on a removal and ratify an urgent one; `urgent`: those between them.

    A meeting that stands nowhere decides nothing.
    """

    deciding: dict[Seat, tuple[MeetingBody, ...]] = Field(default_factory=dict)
    urgent: tuple[MeetingBody, ...] = ()

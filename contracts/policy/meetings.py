"""Which meetings decide about a seat, and when an election counts (domain §8.4, R09).

The charter's clause was never read, so it is data.
"""

from pydantic import Field

from contracts.base import Contract
from contracts.matter import MeetingBody
from contracts.policy.timing import Limit
from contracts.vocabulary import Seat


class Meetings(Contract):
    """`deciding`: by seat, the meetings that vote on a removal and ratify an urgent one; `urgent`: those between them.

    A meeting that stands nowhere decides nothing.
    """

    deciding: dict[Seat, tuple[MeetingBody, ...]] = Field(default_factory=dict)
    urgent: tuple[MeetingBody, ...] = ()


class Election(Contract):
    """Quorum as a fraction of all members (rounded up); pass when votes for > fraction of all members.

    `notice_valid`: an older public notice is posted anew before the election. `called_within`: no election is called
    for a later day.
    """

    quorum: tuple[int, int]
    pass_over: tuple[int, int]
    recheck_within: Limit
    notice_valid: Limit
    called_within: Limit

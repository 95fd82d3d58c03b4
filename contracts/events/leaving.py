"""How a nominee leaves before the election: on a paper that somebody shows and another person sees (§8.8.6, H13)."""

from typing import ClassVar

from contracts.base import Contract, Digest, OpaqueId
from contracts.causes import Cause
from contracts.events.base import Audience, Event


class Paper(Contract):
    """The paper on which somebody asks: its digest, and their own words."""

    reason: str = ""
    document_digest: Digest


class WithdrawalAsked(Event):
    """The nominating unit showed the nominee's signed paper; nothing stops until somebody else confirms it."""

    type: ClassVar[str] = "withdrawal-asked"
    audience: ClassVar[Audience] = Audience.CONCERNED
    acted: ClassVar[bool] = True
    shown_by: OpaqueId
    private: Paper


class WithdrawalDenied(Event):
    """The nominee did not want it, or the paper was not what it was said to be, or nobody confirmed it in time."""

    type: ClassVar[str] = "withdrawal-denied"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True


class LossRecorded(Event):
    """Somebody showed a paper of death, or of loss of capacity."""

    type: ClassVar[str] = "loss-recorded"
    acted: ClassVar[bool] = True
    cause: Cause
    shown_by: OpaqueId
    private: Paper


class LossDenied(Event):
    """The paper was not what it was said to be."""

    type: ClassVar[str] = "loss-denied"
    decides: ClassVar[bool] = True


EVENTS: tuple[type[Event], ...] = (WithdrawalAsked, WithdrawalDenied, LossRecorded, LossDenied)

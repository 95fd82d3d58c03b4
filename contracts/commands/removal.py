"""What may be asked of a removal beside its tasks, and how it is opened (domain §8.4)."""

from typing import Literal

from contracts.base import Digest, OpaqueId
from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.opening import CaseOpening
from contracts.matter import Lead, LeadSource
from contracts.vocabulary import Seat


class OpenRemoval(CaseOpening):
    """R01: a lead against a sitting member is registered. It is the removal workflow's input."""

    act: Literal["open-removal"] = "open-removal"
    person_id: OpaqueId
    seat: Seat
    source: LeadSource
    lead: Lead


class Suspend(Command):
    """R03: the chair meeting suspends the member from duty."""

    act: Literal["suspend"] = "suspend"
    cause: Literal[Cause.DETAINED, Cause.UNDER_INVESTIGATION, Cause.CHAIR_DECISION]
    minutes_digest: Digest


class LiftSuspension(Command):
    """R03: the cause has ended, and with it the suspension."""

    act: Literal["lift-suspension"] = "lift-suspension"
    minutes_digest: Digest

"""What may be asked for accounts. Each request is a case of its own, and another person decides on it (D9)."""

from typing import Literal

from pydantic import Field

from contracts.access import MOST_ACCOUNTS, AnyRequest
from contracts.base import OpaqueId
from contracts.commands.base import Command
from contracts.commands.opening import CaseOpening
from contracts.emergency import Addressed, EmergencyReading


class AskAccess(CaseOpening):
    """Ask for a change of accounts; `policy` is the version in force, by which the request is decided."""

    act: Literal["ask-access"] = "ask-access"
    request: AnyRequest
    reason: str = Field(min_length=1, max_length=1000)


class AskEmergency(CaseOpening):
    """Ask that somebody may read in an emergency: officers ask for themselves, the system administrator for them."""

    act: Literal["ask-emergency"] = "ask-emergency"
    request: EmergencyReading
    reason: str = Field(min_length=1, max_length=1000)


class WitnessCodes(Command):
    """Take the witness's part of these accounts' codes: whoever asks has seen the card of each holder."""

    act: Literal["witness-codes"] = "witness-codes"
    accounts: tuple[OpaqueId, ...] = Field(min_length=1, max_length=MOST_ACCOUNTS)


class ReadInEmergency(Command):
    """Read this case under the emergency that was granted; it is on the record before anything is shown."""

    act: Literal["read-in-emergency"] = "read-in-emergency"
    case_id: OpaqueId
    district: OpaqueId
    subject: OpaqueId
    """Whom the case is about, who is told."""
    addressed: Addressed

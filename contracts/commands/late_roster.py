"""How the approval of a late roster is opened; it is answered in its one task (domain §8.8.8)."""

from typing import Literal

from contracts.base import Digest
from contracts.commands.opening import CaseOpening
from contracts.nominee import RosterLine


class OpenLateRoster(CaseOpening):
    """Ask for a roster that came after the window to be let in, sent by the batch; its actor is who handed it in."""

    act: Literal["open-late-roster"] = "open-late-roster"
    roster_digest: Digest
    lines: tuple[RosterLine, ...]

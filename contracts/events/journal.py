"""What the officers' service puts on the record of its journal: no case's event, and nothing rests on it.

The journal decides nothing. Its heads stand here so that whoever changes it later is found out.
"""

from typing import ClassVar

from pydantic import Field

from contracts.base import Digest
from contracts.events.base import Event


class ReadsNoted(Event):
    """The journal's rows from `first` to `until` were noted; `head` chains the last of them to all before it."""

    type: ClassVar[str] = "reads-noted"
    first: int = Field(ge=1)
    until: int = Field(ge=1)
    head: Digest


EVENTS: tuple[type[Event], ...] = (ReadsNoted,)

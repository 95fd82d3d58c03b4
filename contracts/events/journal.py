"""What the officers' service puts on the record of its journal: no case's event, and nothing rests on it.

The journal decides nothing. Its heads stand here so that whoever changes it later is found out.
"""

from typing import ClassVar

from pydantic import Field

from contracts.base import Digest, OpaqueId, unsaid
from contracts.events.base import Event


class ReadsNoted(Event):
    """The journal's rows from `first` to `until` were noted; `head` chains the last of them to all before it.

    `restored` are the accounts that two people at the machine gave back to lost administrators among them: whoever has
    the record alone knows of it, as of every other change of an account.
    """

    type: ClassVar[str] = "reads-noted"
    first: int = Field(ge=1)
    until: int = Field(ge=1)
    head: Digest
    restored: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)


EVENTS: tuple[type[Event], ...] = (ReadsNoted,)

"""What the officers' service puts on the record of its journal: no case's event, and nothing rests on it.

The journal decides nothing. Its heads stand here so that whoever changes it later is found out.
"""

from typing import ClassVar

from pydantic import Field

from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.events.base import Event


class Told(Event):
    """Says how far the journal was: its rows up to `until` are noted, and `head` chains the last to all before it."""

    until: int = Field(ge=0)
    head: Digest


class ReadsNoted(Told):
    """Rows were noted since the record was told last, from `first` on."""

    type: ClassVar[str] = "reads-noted"
    first: int = Field(ge=1)


class Reader(Contract):
    """Somebody who was shown a finding: in which roles, when first and when last."""

    person_id: OpaqueId
    account_id: OpaqueId
    roles: tuple[str, ...]
    first: Instant
    last: Instant


class ReadersListed(Told):
    """A hit of the case `of` was another's fact and was cancelled: these were shown it by then (SC-19)."""

    type: ClassVar[str] = "readers-listed"
    of: OpaqueId
    hit: int
    readers: tuple[Reader, ...]


EVENTS: tuple[type[Event], ...] = (ReadsNoted, ReadersListed)

"""What the registry's API answers with."""

import json
from base64 import b64encode
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from services.registry.intake import Parked
from services.registry.ledger import Broken, Entry, Verified


class EntryView(BaseModel):
    """One entry: its place, what hashes it, and the event as it was recorded."""

    index: int
    digest: str
    entry_hash: str
    envelope: dict[str, Any]

    @classmethod
    def of(cls, entry: Entry) -> "EntryView":
        """The view of an entry. The event goes out as it is stored, whatever version it has."""
        envelope = json.loads(entry.body)
        return cls(
            index=entry.entry_index, digest=entry.digest, entry_hash=entry.entry_hash, envelope=envelope
        )


class EntryPage(BaseModel):
    """Entries in order of index. `next` is the `after` of the following page; null when this was the last."""

    items: list[EntryView]
    next: int | None


class HeadView(BaseModel):
    """How many entries there are, and the hash of the last."""

    count: int
    entry_hash: str


class DigestsView(BaseModel):
    """The digest under which each event is recorded. An event that is not recorded is left out."""

    digests: dict[str, str]


class VerificationView(BaseModel):
    """Whether every entry holds; when not, the first that does not and why."""

    status: Literal["verified", "broken"]
    count: int | None = None
    head: str | None = None
    index: int | None = None
    case_id: str | None = None
    reason: str | None = None

    @classmethod
    def of(cls, result: Verified | Broken) -> "VerificationView":
        """The view of a verification."""
        if isinstance(result, Verified):
            return cls(status="verified", count=result.count, head=result.head)
        return cls(status="broken", index=result.index, case_id=result.case_id, reason=result.reason)


class ParkedView(BaseModel):
    """A message that was not recorded, as it came, in base64."""

    number: int
    code: str
    detail: str
    event_id: str | None
    subject: str
    parked_at: datetime
    body: str

    @classmethod
    def of(cls, number: int, parked: Parked) -> "ParkedView":
        """The view of a parked message."""
        return cls(
            number=number,
            code=parked.code,
            detail=parked.detail,
            event_id=parked.event_id,
            subject=parked.subject,
            parked_at=parked.parked_at,
            body=b64encode(parked.body).decode(),
        )


class ParkedPage(BaseModel):
    """Parked messages in the order in which they came; `next` as for entries."""

    items: list[ParkedView]
    next: int | None

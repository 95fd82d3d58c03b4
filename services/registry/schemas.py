"""What the registry's API answers with."""

import json
from base64 import b64encode
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from services.registry.attempts import Attempted
from services.registry.ledger import Broken, Line, Verified


class SignatureView(BaseModel):
    """Who signed the step that ends with this entry."""

    key_id: str
    value: str


class EntryView(BaseModel):
    """One entry: its place, what hashes it, and the event as it was recorded; at a step's end who signed the step."""

    index: int
    digest: str
    entry_hash: str
    step_signature: SignatureView | None
    envelope: dict[str, Any]

    @classmethod
    def of(cls, line: Line) -> "EntryView":
        """The view of an entry. The event goes out as it is stored, whatever version it has."""
        entry, mark = line
        return cls(
            index=entry.entry_index,
            digest=entry.digest,
            entry_hash=entry.entry_hash,
            step_signature=None if mark is None else SignatureView(key_id=mark.key_id, value=mark.signature),
            envelope=json.loads(entry.body),
        )


class EntryPage(BaseModel):
    """Entries in order of index. `next` is the `after` of the following page; null when this was the last."""

    items: list[EntryView]
    next: int | None


class HeadView(BaseModel):
    """How many entries there are, and the hash of the last."""

    count: int
    entry_hash: str


class VerificationView(BaseModel):
    """Whether every entry holds; when not, the first that does not and why. `proven`: signatures and claims, too."""

    status: Literal["verified", "broken"]
    count: int | None = None
    head: str | None = None
    proven: bool = False
    index: int | None = None
    case_id: str | None = None
    reason: str | None = None

    @classmethod
    def of(cls, result: Verified | Broken) -> "VerificationView":
        """The view of a verification."""
        if isinstance(result, Verified):
            return cls(status="verified", count=result.count, head=result.head, proven=result.proven)
        return cls(status="broken", index=result.index, case_id=result.case_id, reason=result.reason)


class AttemptView(BaseModel):
    """Something that was not recorded: why, what it says of its sender, and the message as far as kept, in base64."""

    number: int
    code: str
    detail: str
    service: str
    key_id: str | None
    account_id: str | None
    case_id: str | None
    command_id: str | None
    body: str
    size: int
    at: datetime

    @classmethod
    def of(cls, number: int, attempted: Attempted) -> "AttemptView":
        """The view of an attempt."""
        said = {name: getattr(attempted, name) for name in cls.model_fields.keys() - {"number", "body"}}
        return cls(number=number, body=b64encode(attempted.body).decode(), **said)


class AttemptPage(BaseModel):
    """Attempts in the order in which they came; `next` as for entries."""

    items: list[AttemptView]
    next: int | None

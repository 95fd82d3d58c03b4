"""What the registry's API answers with, of what it holds."""

import json
from base64 import b64encode

from pydantic import BaseModel

from services.kit.recordviews import AttemptView, EntryView, SignatureView, VerificationView
from services.registry.attempts import Attempted
from services.registry.ledger import Broken, Line, Verified


class EntryPage(BaseModel):
    """Entries in order of index. `next` is the `after` of the following page; null when this was the last."""

    items: list[EntryView]
    next: int | None


class AttemptPage(BaseModel):
    """Attempts in the order in which they came; `next` as for entries."""

    items: list[AttemptView]
    next: int | None


def entry_view(line: Line) -> EntryView:
    """The view of an entry. The event goes out as it is stored, whatever version it has."""
    entry, mark = line
    return EntryView(
        index=entry.entry_index,
        digest=entry.digest,
        entry_hash=entry.entry_hash,
        step_signature=None if mark is None else SignatureView(key_id=mark.key_id, value=mark.signature),
        envelope=json.loads(entry.body),
    )


def verification_view(result: Verified | Broken) -> VerificationView:
    """The view of a verification."""
    if isinstance(result, Verified):
        return VerificationView(status="verified", count=result.count, head=result.head, proven=result.proven)
    return VerificationView(status="broken", index=result.index, case_id=result.case_id, reason=result.reason)


def attempt_view(number: int, attempted: Attempted) -> AttemptView:
    """The view of an attempt."""
    said = {name: getattr(attempted, name) for name in AttemptView.model_fields.keys() - {"number", "body"}}
    return AttemptView(number=number, body=b64encode(attempted.body).decode(), **said)

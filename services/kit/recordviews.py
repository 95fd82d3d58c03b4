"""How the record is shown: the registry answers with these, and the officers' API hands them on to the auditor."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Shown(BaseModel):
    """What a reader of the record gets. A digest is shown as it stands, also one that somebody broke."""

    model_config = ConfigDict(frozen=True)


class SignatureView(Shown):
    """A signature: which key made it, and the signature in base64."""

    key_id: str
    value: str


class EntryView(Shown):
    """One entry of the record, as it was recorded; what is personal in it stays sealed.

    Where a step ends stands who signed it.
    """

    index: int
    digest: str
    entry_hash: str
    step_signature: SignatureView | None
    envelope: dict[str, Any]


class HeadView(Shown):
    """How many entries the record has, and the hash of the last."""

    count: int
    entry_hash: str


class VerificationView(Shown):
    """Whether every entry holds; when not, the first that does not and why. `proven`: signatures and claims, too."""

    status: Literal["verified", "broken"]
    count: int | None = None
    head: str | None = None
    proven: bool = False
    index: int | None = None
    case_id: str | None = None
    reason: str | None = None


class AttemptView(Shown):
    """Something that the record did not take: why, what it says of its sender, and the message in base64.

    All but `number`, `code`, `size` and `at` is what the sender claims. The message stands here as far as it is kept;
    `size` is that of the whole.
    """

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

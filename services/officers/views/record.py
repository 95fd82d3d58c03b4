"""Views of the record, of refused acts, of policies and calendars."""

from datetime import datetime
from typing import Any

from contracts.base import Digest, OpaqueId
from contracts.policy.model import CalendarYear
from services.officers.views.base import View


class SignatureView(View):
    """A signature: which key made it, and the signature in base64."""

    key_id: str
    value: str


class EntryView(View):
    """One entry of the record, as it was recorded; what is personal in it stays sealed.

    Where a step ends stands who signed it.
    """

    index: int
    digest: Digest
    entry_hash: str
    step_signature: SignatureView | None
    envelope: dict[str, Any]


class HeadView(View):
    """How many entries the record has, and the hash of the last."""

    count: int
    entry_hash: str


class VerificationView(View):
    """Whether every entry holds; when not, the first that does not and why. `proven`: signatures and claims, too."""

    status: str
    count: int | None = None
    head: str | None = None
    proven: bool = False
    index: int | None = None
    case_id: str | None = None
    reason: str | None = None


class AttemptView(View):
    """Something that the record did not take: why, what it says of its sender, and the message in base64.

    All but `number`, `code`, `size` and `at` is what the sender claims.
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


class WaitingView(View):
    """A case that waits for a release that can apply its entry of this index; the others go on."""

    case_id: OpaqueId
    index: int
    reason: str


class RefusalView(View):
    """An act that was refused: who tried what on what, and why not."""

    refusal_id: str
    at: datetime
    account_id: OpaqueId
    person_id: OpaqueId
    roles: str
    act: str
    target: str
    code: str


class PolicyView(View):
    """A released policy version."""

    version: str
    digest: Digest
    released: str
    demonstration: bool


class CalendarsView(View):
    """The years whose working days are published."""

    utc_offset_hours: int
    years: list[CalendarYear]


class NoticePage(View):
    """Letters to the caller; `next` is the cursor of the following page."""

    items: list[dict[str, Any]]
    next: str | None

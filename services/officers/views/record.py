"""Views of waiting cases, of refused acts, of policies and calendars, and of letters."""

from datetime import datetime
from typing import Any

from contracts.base import Digest, OpaqueId
from contracts.policy.model import CalendarYear
from services.officers.views.base import View


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

"""Letters that mail did not bring, and the proof that they were served by hand."""

from datetime import datetime

from contracts.base import Digest, OpaqueId
from contracts.matter import ServiceWay
from services.officers.views.base import Body, View
from services.officers.web.days import PastMoment


class ServiceBody(Body):
    """When and how a letter was served by hand, and the digest of the paper that was signed for it (送达回证)."""

    at: PastMoment
    how: ServiceWay
    document_digest: Digest


class ServiceView(View):
    """Who served the letter, when and how."""

    by: OpaqueId
    at: datetime
    how: ServiceWay
    document_digest: Digest


class UndeliveredView(View):
    """A letter to be served by hand. `reply_by` runs meanwhile; `error` says what became of the mail.

    What it says is not shown: it goes to the person in a closed envelope.
    """

    id: str
    number: str
    type: str
    case_id: OpaqueId
    district: str
    issued_at: datetime
    reply_by: datetime | None
    provisional: bool
    error: str
    attempts: int


class UndeliveredPage(View):
    """Letters to be served, in order of issue; `next` is the cursor of the following page."""

    items: list[UndeliveredView]
    next: str | None


class UnprintableView(View):
    """A letter of which no paper can be made, and the signs that no face here has, each with its number in Unicode."""

    id: str
    number: str
    type: str
    case_id: OpaqueId
    district: str
    issued_at: datetime
    reply_by: datetime | None
    signs: str


class UnprintablePage(View):
    """Such letters in order of issue; `next` is the cursor of the following page."""

    items: list[UnprintableView]
    next: str | None


class LetterFiguresView(View):
    """Letters by type, deliveries by channel and state, and how many cases wait. Nobody stands in it."""

    letters: dict[str, int]
    deliveries: dict[str, dict[str, int]]
    stuck: int

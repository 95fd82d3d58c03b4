"""What happens in an enquiry beside its tasks."""

from typing import ClassVar

from contracts.base import Digest, OpaqueId
from contracts.case import KindName
from contracts.events.base import Event
from contracts.inquired import EnquirySource, Inquired


class EnquiryOpened(Event):
    """Two people are asked whether what an authority says means this person."""

    type: ClassVar[str] = "enquiry-opened"
    source: EnquirySource
    doubt: int
    about_kind: KindName
    about_case: OpaqueId
    person_id: OpaqueId
    content_digest: Digest
    private: Inquired


EVENTS: tuple[type[Event], ...] = (EnquiryOpened,)

"""How an enquiry is opened: two people find out whether what an authority says means a person at all."""

from typing import ClassVar, Literal

from contracts.base import OpaqueId
from contracts.case import KindName
from contracts.commands.opening import CaseOpening
from contracts.inquired import EnquirySource, Inquired


class OpenEnquiry(CaseOpening):
    """The enquiry workflow's input, sent by other cases only.

    `parent` is the case that asks: a book of screening, or the case on which a fact about another number was
    reported. `doubt` is the book's own number for what it asks; 0 when no book asks.
    """

    whose: ClassVar[str] = "person_id"
    act: Literal["open-enquiry"] = "open-enquiry"
    source: EnquirySource
    doubt: int = 0
    about_kind: KindName
    about_case: OpaqueId
    person_id: OpaqueId
    matter: Inquired

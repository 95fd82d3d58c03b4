"""What an enquiry knows beyond what every case knows."""

from typing import TypeAlias, assert_never, cast

from contracts.events.base import Event
from contracts.events.enquiry import EnquiryOpened
from contracts.inquired import EnquirySource, Inquired
from contracts.vocabulary import Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding


class Enquiry(Case):
    """One enquiry about one fact and one person."""

    stage: Stage = Stage.ENQUIRY
    source: EnquirySource = "masked"
    doubted: int = 0
    """The number of the doubt in the book of screening; 0 when none was raised there."""
    about_kind: str = ""
    about_case: str = ""
    matter: Inquired | None = None


Work: TypeAlias = Draft[Enquiry]
"""A step of an enquiry in the making."""

OwnEvent: TypeAlias = EnquiryOpened


def fold(case: Enquiry, event: Event) -> Enquiry:
    """What an enquiry's own event does to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case EnquiryOpened():
            return case.but(
                source=own.source,
                doubted=own.doubt,
                about_kind=own.about_kind,
                about_case=own.about_case,
                person_id=own.person_id,
                content_digest=own.content_digest,
                matter=own.private,
            )
        case _:
            assert_never(own)


FOLDING = CaseFolding(Enquiry, fold)

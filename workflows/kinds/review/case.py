"""What a review knows beyond what every case knows."""

from typing import TypeAlias, assert_never, cast

from contracts.events import removal_review
from contracts.events.base import Event
from contracts.vocabulary import Seat, Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding


class Review(Case):
    """The first or second review of one removal, which is its parent."""

    stage: Stage = Stage.REVIEW
    seat: Seat = Seat.EXECUTIVE
    instance: int = 1


Work: TypeAlias = Draft[Review]
"""A step of a review in the making."""

OwnEvent: TypeAlias = (
    removal_review.ReviewOpened | removal_review.PersonsBarred | removal_review.ReviewConcluded
)


def fold(case: Review, event: Event) -> Review:
    """What a review's own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case removal_review.ReviewOpened():
            return case.but(
                person_id=own.person_id,
                seat=own.seat,
                instance=own.instance,
                content_digest=own.content_digest,
            )
        case removal_review.PersonsBarred(persons=persons):
            return case.but(barred=persons)
        case removal_review.ReviewConcluded():
            return case
        case _:
            assert_never(own)


FOLDING = CaseFolding(Review, fold)

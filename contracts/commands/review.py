"""How a review of a removal is opened (domain §8.4, R11). Nothing is asked of it beside its tasks."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.base import OpaqueId
from contracts.commands.opening import CaseOpening
from contracts.matter import Attacked
from contracts.vocabulary import Seat


class OpenReview(CaseOpening):
    """The member asks for a review of the removal that is its parent; sent by the removal only.

    `instance` 1 is the first review, by the body that decided; 2 the second, by the level above.
    """

    whose: ClassVar[str] = "person_id"
    act: Literal["open-review"] = "open-review"
    person_id: OpaqueId
    seat: Seat
    instance: int = Field(ge=1, le=2)
    barred: tuple[OpaqueId, ...]
    """Who signed anything of what is attacked, or recommended the member: none of them acts on the review (SOD-05)."""
    attacked: Attacked

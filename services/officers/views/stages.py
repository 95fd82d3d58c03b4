"""Which stages of its kind a case went through, as far as whoever asks may know. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Place: TypeAlias = Literal["done", "now", "ahead", "skipped", "unsaid"]
"""`skipped`: the case went past it and it never took place; `unsaid`: whether it did is not for the caller to know."""


@dataclass(frozen=True)
class Known:
    """What the caller knows: stages that the case entered, and stages in which something was done that stands.

    A case that was sent back has entered stages whose papers are void: until it comes there again they are ahead.
    """

    entered: Collection[str]
    worked: Collection[str]
    told: bool
    """Whether that is all there is, but for the stages that are `secret`."""
    secret: Collection[str] = ()


def stages(codes: Sequence[str], stage: str, *, ended: bool, known: Known) -> Mapping[str, Place]:
    """The place of each stage in the order of the kind; passed is what took place, wherever it stands in that order."""
    at = codes.index(stage) if stage in codes else -1

    def place(number: int, code: str) -> Place:
        if number == at and not ended:
            return "now"
        # A case begins in the first, of which no event tells.
        begun = number == at or number == 0 < at or code in known.entered
        if code in known.worked or (begun and (ended or number <= at)):
            return "done"
        if number > at:
            return "ahead"
        return "skipped" if known.told and code not in known.secret else "unsaid"

    return {code: place(number, code) for number, code in enumerate(codes)}

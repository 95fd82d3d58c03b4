"""The shape of a record sheet (纪实表): its links, and what of the record stands in each of their slots."""

from pydantic import Field

from contracts.base import Contract
from contracts.policy.text import Text, Words


class Filling(Contract):
    """What fills a slot: an event of this type, and of tasks those kinds; no kind means any."""

    event: str
    task: Words = ()


class Slot(Contract):
    """A document of the file, and what of the record stands for it."""

    name: Text
    filled: tuple[Filling, ...] = Field(min_length=1)


class Link(Contract):
    """A link of the chain from the motion to the office."""

    name: Text
    slots: tuple[Slot, ...] = Field(min_length=1)

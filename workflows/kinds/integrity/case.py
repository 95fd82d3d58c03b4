"""What an integrity file knows, and what its own events do to it. It lives on: of readings it keeps the latest."""

from typing import ClassVar, TypeAlias, assert_never, cast

from contracts.base import Contract
from contracts.events.base import Event
from contracts.events.integrity import (
    IntegrityOpened,
    LeadEntered,
    MarkEntered,
    MarkWithdrawn,
    Measured,
    ReadingEntered,
    RemovalEntered,
    RemovalLeft,
)
from contracts.matter import Mark
from contracts.vocabulary import Seat, Subject
from workflows.procedure.case import State
from workflows.procedure.fold import Folding
from workflows.procedure.step import Making

REMEMBERED = 20
"""Readings that a file still asks about: the latest. The record has all.

Of vetoes and applications none is let go: a title that is held hears of what comes, however many followed it.
"""


class Standing(Contract):
    """A removal of the person from a seat that no case follows."""

    removal: str
    district: str
    seat: Seat
    over: bool = False

    @property
    def place(self) -> tuple[str, Seat]:
        """Which seat."""
        return self.district, self.seat


class Integrity(State):
    """The file of one person or one enterprise."""

    whose: ClassVar[str] = "person_id"
    subject: Subject = Subject.PERSON
    person_id: str | None = None
    readings: tuple[Measured, ...] = ()
    """In the order of their days."""
    marks: tuple[Mark, ...] = ()
    leads: tuple[str, ...] = ()
    """Applications of organisations that the person leads."""
    removals: tuple[Standing, ...] = ()
    """In the order in which they were registered."""

    @property
    def latest(self) -> Measured | None:
        """The reading on record: of the latest day, and of two on one day the one that was entered last."""
        return next(iter(self.readings[-1:]), None)


Work: TypeAlias = Making[Integrity]
"""A step of a file in the making."""

OwnEvent: TypeAlias = (
    IntegrityOpened
    | ReadingEntered
    | MarkEntered
    | MarkWithdrawn
    | LeadEntered
    | RemovalEntered
    | RemovalLeft
)


def fold(file: Integrity, event: Event) -> Integrity:
    """What a file's own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case IntegrityOpened(subject=subject, person_id=person):
            return file.but(subject=subject, person_id=person)
        case ReadingEntered(private=measured):
            ordered = sorted((*file.readings, measured), key=lambda one: one.reading.assessed_on)
            return file.but(readings=tuple(ordered[-REMEMBERED:]))
        case MarkEntered(private=mark):
            return file.but(marks=(*file.marks, mark))
        case MarkWithdrawn(case=case):
            return file.but(marks=tuple(mark for mark in file.marks if mark.case != case))
        case LeadEntered(award=award):
            return file.but(leads=(*file.leads, award))
        case RemovalEntered(removal=removal, district=district, seat=seat):
            one = Standing(removal=removal, district=district, seat=seat)
            return file.but(removals=(*file.removals, one))
        case RemovalLeft(removal=removal):
            left = tuple(
                one.model_copy(update={"over": True}) if one.removal == removal else one
                for one in file.removals
            )
            return file.but(removals=left)
        case _:
            assert_never(own)


FOLDING = Folding(Integrity, fold)

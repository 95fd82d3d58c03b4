"""How an application for an award is opened, and what integrity files tell it (domain §8.3, last rule)."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import StringConstraints

from contracts.base import OpaqueId
from contracts.commands.base import Command
from contracts.commands.opening import CaseOpening
from contracts.matter import Applicant, Mark, Reading

Cycle: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{4})?$")]
"""The cycle of a title: a year, or the years from which to which it is given."""


class OpenAward(CaseOpening):
    """A federation or chamber applies for a title in a cycle. It is the award workflow's input."""

    act: Literal["open-award"] = "open-award"
    title: str
    cycle: Cycle
    organisation: OpaqueId
    applicant: Applicant


class LeaderMarked(Command):
    """A veto stands against a leading person; sent by that person's integrity file."""

    whose: ClassVar[str] = "person_id"
    act: Literal["leader-marked"] = "leader-marked"
    person_id: OpaqueId
    mark: Mark


class LeaderCleared(Command):
    """A veto that stood against a leading person stands no more; sent by that person's integrity file."""

    act: Literal["leader-cleared"] = "leader-cleared"
    person_id: OpaqueId
    case: OpaqueId
    """In which the veto was confirmed."""


class LeaderMeasured(Command):
    """A leading person's index is on record; sent by that person's integrity file."""

    whose: ClassVar[str] = "person_id"
    act: Literal["leader-measured"] = "leader-measured"
    person_id: OpaqueId
    reading: Reading

"""What a letter is before it is written: type, addressee, key, deadline and what it is about. Values only."""

import hashlib
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from contracts.base import Contract, Instant
from contracts.policy.model import Says
from contracts.vocabulary import Rung


class Kind(StrEnum):
    """What an addressee is: that decides how the letter reaches them."""

    PERSON = "person"
    UNIT = "unit"
    ROLE = "role"
    PUBLIC = "public"
    REPORTER = "reporter"
    OUTSIDE = "outside"
    """A body without an account: the letter is handed over."""


class Addressee(Contract):
    """Who a letter is for. `roles` are the grants that may read it; of a unit when one is named."""

    code: str = ""
    """The addressee of the policy that was found here."""
    kind: Kind
    person_id: str = ""
    roles: tuple[str, ...] = ()
    unit: str = ""
    district: str = ""
    report: int = 0
    owner: str = ""
    """Of another seat: who decides about it. No grant is held for it, whoever hands the letter over."""

    @property
    def key(self) -> str:
        """What tells this addressee from every other of the case: opaque, never a name."""
        match self.kind:
            case Kind.PERSON:
                return f"person:{self.person_id}"
            case Kind.REPORTER:
                return f"reporter:{self.report}"
            case Kind.PUBLIC:
                return "public"
            case Kind.OUTSIDE:
                return ":".join(filter(None, ("outside", self.code, self.district, self.owner)))
            case _:
                return f"{self.kind}:{'+'.join(self.roles)}:{self.unit}:{self.district}"


Said: TypeAlias = tuple[Literal["state", "grade", "opinion", "ending"], str]
"""A word of the wire, and the list that it is from."""


class Letter(Contract):
    """A letter to be written. (case, type, round, addressee) is its key: it is written once.

    `reply_by` and the window are the event's own stored instants, never derived again.
    """

    type: str
    addressee: Addressee
    round: str
    reply_by: Instant | None = None
    provisional: bool = False
    task: str = ""
    """Kind of the task that it is about."""
    asks: str = ""
    """The very task by which it asks for something; a reminder asks for nothing new."""
    unit: str = ""
    outcome: Said | None = None
    """A word of the wire that the letter says in people's language, and from which list it is."""
    says: Says = "nothing"
    """What stands under facts."""
    cause: str = ""
    """Why something was done, when the letter says it."""
    since: date | None = None
    """From which day on it holds."""
    about: str = ""
    """What its task is about, such as a report whose check found something."""
    hits: tuple[int, ...] = ()
    rung: Rung | None = None
    window: tuple[Instant | None, Instant | None] | None = None
    title: str = ""
    """What it is about when it is about no person."""


def letter_id(case_id: str, letter: Letter) -> str:
    """The letter's id, derived from its key: a repeat is the same letter."""
    key = "\x1f".join((case_id, letter.type, letter.round, letter.addressee.key))
    return "l" + hashlib.sha256(key.encode()).hexdigest()[:24]

"""The shape of a letter: what triggers it, to whom it goes, what it says, and the frame that all letters share."""

from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, field_validator

from contracts.base import Contract
from contracts.policy.text import Text, Words, several
from contracts.vocabulary import CaseState, Rung

Says: TypeAlias = Literal[
    "nothing", "facts", "items", "remark", "questions", "lead", "cause", "finding", "stage", "answer"
]
"""What a letter passes on under `facts`: the hits in full, only their items on the list, the screener's reason, the
questions to a department, what is held against a member, why something was done, what the check of a report found,
what somebody is answered who asked about their own data, or only the stage at which the case stood. Everything else
stays inside."""

OncePer: TypeAlias = Literal["occasion", "due", "about"]
"""What a letter is sent once for: each occasion of its trigger; each deadline under which a unit is asked; each thing
that the task is about, such as the third hit."""


class Who(StrEnum):
    """How an addressee is found. The roles that stand beside it say who may read the letter."""

    PERSON = "person"
    """The person whom the case is about."""
    NOMINATING_UNIT = "nominating-unit"
    EACH_DISTRICT = "each-district"
    """The role in each district of the batch that was opened."""
    UNIT_ASKED = "unit-asked"
    """The department whom the task asks."""
    UNITS_CANCELLED = "units-cancelled"
    """The departments that had not answered when the case ended."""
    GROUP = "group"
    """A body whose people hold their roles for a district: one letter to all of them."""
    ROLE = "role"
    """Whoever holds the role in the district."""
    TASK_OWNER = "task-owner"
    TASK_HEAD = "task-head"
    """Who heads the role of the task; the roles named here where nobody does, so that nobody goes untold."""
    OF_LADDER = "of-ladder"
    """Everybody whom the rung that was reached names."""
    PUBLIC = "public"
    REPORTER = "reporter"
    """Who signed the report; the role hands over what cannot be mailed."""
    SEAT_OWNERS = "seat-owners"
    """Whoever decides about each other seat of the person; the role of that district hands the letter over."""
    EARLIER = "earlier"
    """Everybody who had a letter of the case before."""
    OUTSIDE = "outside"
    """A body without an account here; the role hands the letter over."""


class Addressee(Contract):
    """Somebody to whom letters and rungs are addressed, by the name that they use."""

    code: str
    name: Text
    who: Who
    roles: tuple[str, ...] = ()


class Trigger(Contract):
    """An occasion for a letter: an event of this type whose fields are among these words; no word means any."""

    event: str
    task: Words = ()
    """Kinds of task: of the event's own, or of the one that the rung is about."""
    state: Annotated[tuple[CaseState, ...], BeforeValidator(several)] = ()
    outcome: Words = ()
    rung: Annotated[tuple[Rung, ...], BeforeValidator(several)] = ()
    cause: Words = ()
    ending: Words = ()
    """How the check of a report ended."""
    to: Words = ()
    """Only these of the letter's addressees; all of them when none is named."""
    says: Says | None = None
    """What the letter passes on at this occasion, when it is not what it passes on at the others."""


class NoticeType(Contract):
    """A letter: its number, trigger, addressees and texts.

    `subject` and `text` are templates over a closed list of fields; values never become template text. Only
    `{{ field }}`, `{% if field %}`, `{% else %}` and `{% endif %}` may stand in them; every field is always
    given, an absent one as the empty string.
    """

    code: str
    name: Text
    on: tuple[Trigger, ...] = Field(min_length=1)
    to: Words = Field(min_length=1)
    once_per: OncePer = "occasion"
    says: Says | dict[str, Says] = "nothing"
    """What stands under `facts`: the same for everybody, or by addressee."""
    rights: Text | None = None
    """Rights text, present on the notices marked ® in domain §8.6."""
    rights_need_term: bool = False
    """Whether the rights are granted only with a term: without one the letter says nothing of them."""
    subject: Text | None = None
    """What a list shows; without it the letter's name."""
    text: Text
    closing: Text | None = None
    """The last line before the signature; without it the frame's."""

    @field_validator("on", mode="before")
    @classmethod
    def _one_occasion(cls, value: object) -> object:
        return (value,) if isinstance(value, dict) else value

    @property
    def texts(self) -> dict[str, object]:
        """The words of the letter, as digests over its wording cover them."""
        return self.model_dump(mode="json", include={"code", "name", "subject", "text", "rights", "closing"})

    def says_to(self, addressee: str) -> Says:
        """What the letter passes on to this addressee; KeyError for one whom it does not name."""
        return self.says[addressee] if isinstance(self.says, dict) else self.says


class LetterFrame(Contract):
    """What every letter has around its own text, once: head, matter, basis, reply-by date, rights, signature.

    Each part is a template over the fields of letters, the letter's `title`, its `text` as written, and its
    `closing`. A letter read as text is all four, with a blank line between them.
    """

    issuer: str
    """The role in whose name letters go out."""
    head: Text
    address: Text
    text: Text
    foot: Text
    closing: Text

    @property
    def parts(self) -> dict[str, Text]:
        """The parts by name, from the top of a letter to its end."""
        return {"head": self.head, "address": self.address, "text": self.text, "foot": self.foot}

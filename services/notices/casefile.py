"""What the letters of a case need to know about it. A value: how events bring it on stands in `folding`."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from contracts.base import Contract, Instant, OpaqueId
from contracts.envelope import Envelope
from contracts.events.data_request import DataAnswer
from contracts.matter import OtherSeat
from contracts.nominee import Fact
from contracts.vocabulary import Ruling, Seat, Stage
from contracts.whose import owners
from services.notices.letters import Addressee, Kind

LASTING = frozenset({Kind.PERSON, Kind.UNIT, Kind.OUTSIDE})
"""Addressees who are told when what they were told is set right."""


class Contact(Contract):
    """A person as letters address them, as far as a case knows them."""

    name: str
    firm: str = ""
    email: str = ""


class Reporter(Contract):
    """Who signed a report. Known to the report handler only; it never leaves the reporter's own letters."""

    whose: ClassVar[str] = "ident"
    ident: OpaqueId
    """What stands for them, as the record has it."""
    name: str
    contact: str


class CaseFile(Contract):
    """One case as the notices see it. Personal: it is stored sealed only.

    It keeps no unit that reported a fact, no score and no department's reply: no letter says them.
    """

    case_id: str
    kind: str
    parent: str
    """The batch of a nomination; of a case on its own, itself."""
    district: str
    policy: str
    person_id: str = ""
    nominating_unit: str = ""
    also_nominating: tuple[str, ...] = ()
    """Units that nominated the same person in a case that was merged into this one."""
    seat: Seat | None = None
    person: Contact | None = None
    dead: bool = False
    """The person has died, or has lost the capacity to act: no letter goes to them any more."""
    facts: dict[int, Fact] = Field(default_factory=dict)
    rulings: dict[int, Ruling] = Field(default_factory=dict)
    reporters: dict[int, Reporter] = Field(default_factory=dict)
    answers: dict[int, int] = Field(default_factory=dict)
    """How often each report was answered: one that ended with the case is answered again when it is reopened."""
    consulted: dict[str, str] = Field(default_factory=dict)
    """The department behind each consultation task."""
    asked: dict[str, Instant | None] = Field(default_factory=dict)
    """Until when each department was last asked to reply."""
    remark: str = ""
    """Why the screener returned the dossier or found the person ineligible."""
    findings: dict[str, str] = Field(default_factory=dict)
    """What the check of each report found, in words that the person may read; by what its task was about."""
    checks: dict[str, str] = Field(default_factory=dict)
    """What each check of a report was about, by its task."""
    answer: DataAnswer | None = None
    """What somebody was answered last who asked about their own data."""
    stage: Stage | None = None
    """Where the case stands, or stood when it ended."""
    lead: str = ""
    """What is held against a sitting member."""
    other_seats: tuple[OtherSeat, ...] = ()
    """What else a sitting member holds."""
    addressed: tuple[Addressee, ...] = ()
    """Everybody who had a letter, each once: the person, units, and bodies outside."""
    cancelled: dict[str, str] = Field(default_factory=dict)
    """Departments whose consultation was cancelled, and the cause."""
    counts: dict[str, int] = Field(default_factory=dict)
    """How many events of each type there were, this one included: the round of letters that have no other."""

    @property
    def concerned(self) -> tuple[OpaqueId, ...]:
        """Whose own keys the file, and each of its letters, is sealed under: the person's and every reporter's."""
        return owners(self.reporters, (self.person_id,) if self.person_id else ())

    def remembering(self, addressees: Iterable[Addressee]) -> "CaseFile":
        """The file once these had a letter. Colleagues who were reminded, the public and reporters are not kept."""
        known = {who.key: who for who in self.addressed}
        new = {who.key: who for who in addressees if who.kind in LASTING and who.key not in known}
        return self.model_copy(update={"addressed": (*self.addressed, *new.values())}) if new else self


def blank(envelope: Envelope) -> CaseFile:
    """The file before the first event of a case."""
    return CaseFile(
        case_id=envelope.case_id,
        kind=envelope.kind,
        parent=envelope.parent,
        district=envelope.district,
        policy=envelope.policy,
    )

"""What the letters of a case need to know about it, folded from its events. Pure."""

from collections.abc import Mapping

from pydantic import Field

from contracts.base import Contract, Instant
from contracts.case import CaseKind
from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.events.case import CaseAmended, CaseOpened
from contracts.events.removal import RemovalOpened
from contracts.events.review import HitFound, HitRuled, ReportReceived
from contracts.events.task import TaskCancelled, TaskCompleted, TaskExtended, TaskOpened
from contracts.nominee import Fact, Nominee
from contracts.vocabulary import Ruling, Seat

CONSULTING = frozenset({"reply", "reply-sign"})
"""Kinds of task by which a department answers."""

FOLDED: frozenset[type[Event]] = frozenset(
    {CaseOpened, CaseAmended, RemovalOpened, HitFound, HitRuled, TaskCancelled, TaskCompleted, TaskExtended}
)
"""Events without a letter that later letters need."""

EXPLAINING = frozenset({"screen"})
"""Kinds of task whose reason a letter passes on. What others answered is never opened."""


class Contact(Contract):
    """A person as letters address them, as far as a case knows them."""

    name: str
    firm: str = ""
    email: str = ""


class Reporter(Contract):
    """Who signed a report. Known to the report handler only; it never leaves the reporter's own letters."""

    name: str
    contact: str


class CaseFile(Contract):
    """One case as the notices see it. Personal: it is stored sealed only.

    It keeps no unit that reported a fact, no score and no department's reply: no letter says them.
    """

    kind: str
    case_id: str
    batch_id: str
    district: str
    policy: str
    person_id: str = ""
    nominating_unit: str = ""
    seat: Seat | None = None
    person: Contact | None = None
    facts: dict[int, Fact] = Field(default_factory=dict)
    rulings: dict[int, Ruling] = Field(default_factory=dict)
    reporters: dict[int, Reporter] = Field(default_factory=dict)
    consulted: dict[str, str] = Field(default_factory=dict)
    """The department behind each consultation task."""
    asked: dict[str, Instant | None] = Field(default_factory=dict)
    """Until when each department was last asked to reply."""
    remark: str = ""
    """Why the screener returned the dossier or found the person ineligible."""
    lead: str = ""
    """What is held against a sitting member."""
    cancelled: dict[str, str] = Field(default_factory=dict)
    """Departments whose consultation was cancelled, and the cause."""
    counts: dict[str, int] = Field(default_factory=dict)
    """How many events of each type there were, this one included: the round of letters that have no other."""


def blank(envelope: Envelope) -> CaseFile:
    """The file before the first event of a case."""
    return CaseFile(
        kind=_kind(envelope),
        case_id=envelope.case_id,
        batch_id=envelope.batch_id,
        district=envelope.district,
        policy=envelope.policy,
    )


def _kind(envelope: Envelope) -> str:
    return CaseKind.BATCH if envelope.case_id == envelope.batch_id else CaseKind.NOMINATION


def opened(event_type: type[Event], payload: Mapping[str, object]) -> bool:
    """Whether the sealed part of an event is needed here at all."""
    return event_type is not TaskCompleted or payload.get("kind") in EXPLAINING


def fold(file: CaseFile, event: Event) -> CaseFile:
    """The file after an event that is read; events that change nothing here only count."""
    counts = {**file.counts, event.type: file.counts.get(event.type, 0) + 1}
    return file.model_copy(update={"counts": counts, **_changes(file, event)})


def _changes(file: CaseFile, event: Event) -> dict[str, object]:
    match event:
        case CaseOpened():
            return {
                "person_id": event.person_id,
                "nominating_unit": event.nominating_unit,
                "seat": event.seat,
                "person": _contact(event.private),
            }
        case CaseAmended():
            return {"person": _contact(event.private)}
        case RemovalOpened():
            return {
                "person_id": event.person_id,
                "seat": event.seat,
                "person": Contact(name=event.private.name),
                "lead": event.private.text,
            }
        case HitFound():
            return {"facts": {**file.facts, event.hit: event.private.fact}}
        case HitRuled():
            return {"rulings": {**file.rulings, event.hit: event.ruling}}
        case ReportReceived() if event.signed:
            reporter = Reporter(name=event.private.reporter, contact=event.private.reporter_contact)
            return {"reporters": {**file.reporters, event.report: reporter}}
        case TaskCompleted() if event.kind in EXPLAINING:
            return {"remark": event.private.reason}
        case TaskOpened() if event.kind in CONSULTING:
            return {
                "consulted": {**file.consulted, event.task_id: event.unit},
                "asked": {**file.asked, event.unit: event.due},
            }
        case TaskExtended() if event.task_id in file.consulted:
            return {"asked": {**file.asked, file.consulted[event.task_id]: event.due}}
        case TaskCancelled() if event.kind in CONSULTING:
            return {"cancelled": {**file.cancelled, event.unit: event.cause}}
        case _:
            return {}


def _contact(nominee: Nominee) -> Contact:
    return Contact(name=nominee.name, firm=nominee.firm, email=nominee.email)

"""An integrity file as its events tell: readings by their days, and the items of vetoes. Opened for the office only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.events.integrity import Measured
from contracts.matter import Mark
from contracts.sealed import Sealed
from services.kit.db import Session
from services.kit.sealing import Keyring, open_sealed
from services.officers.readmodel.reading.cases import timeline
from services.officers.readmodel.tables import CaseRow, EventRow

MOST = 1000
"""Events of a file that are read: a file has one for each reading, veto and application."""


@dataclass(frozen=True)
class Entered:
    """One reading, and who entered it when."""

    index: int
    level: str
    assessed_on: date
    source: str
    entered_at: datetime
    entered_by: str
    on_record: bool


@dataclass(frozen=True)
class File:
    """What stands in the file."""

    subject: str
    readings: tuple[Entered, ...]
    items: tuple[str, ...]


async def file(session: Session, keyring: Keyring, row: CaseRow) -> File:
    """What stands in this file, which the caller may see."""
    told_by = ("reading-entered", "mark-entered", "mark-withdrawn")
    events = await timeline(session, row.case_id, 0, MOST, told_by)
    told = [(event, Measured.model_validate(_open(event, keyring))) for event in events if _is_reading(event)]
    ordered = sorted(told, key=lambda one: (one[1].reading.assessed_on, one[0].sequence))
    marks = _standing(events, keyring)
    return File(
        subject=row.facts["subject"],
        readings=tuple(
            Entered(
                index=said.reading.index,
                level=said.level,
                assessed_on=said.reading.assessed_on,
                source=said.reading.source,
                entered_at=event.at,
                entered_by=event.person_id,
                on_record=(event, said) == ordered[-1],
            )
            for event, said in ordered
        ),
        items=tuple(sorted({item for mark in marks for item in mark.items})),
    )


def _standing(events: Sequence[EventRow], keyring: Keyring) -> list[Mark]:
    """The vetoes that were not withdrawn afterwards."""
    marks: list[Mark] = []
    for event in events:
        if event.type == "mark-withdrawn":
            marks = [mark for mark in marks if mark.case != event.payload["case"]]
        if event.type == "mark-entered":
            marks.append(Mark.model_validate(_open(event, keyring)))
    return marks


def _is_reading(event: EventRow) -> bool:
    return event.type == "reading-entered"


def _open(event: EventRow, keyring: Keyring) -> Mapping[str, Any]:
    return open_sealed(Sealed.model_validate(event.sealed), event.event_id, keyring)

"""What the cases hold about a person, as far as the person may know it (domain §8.5): facts yes, who reported them no.

It is asked by whose data it is and not by which roles they hold now: whoever was nominated last year asks as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.case import about
from contracts.vocabulary import TaskState
from services.kit.db import Session
from services.kit.sealing import Keyring
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading import cases, tasks
from services.officers.readmodel.reading.cases import CaseFilter, ShownCase
from services.officers.readmodel.reading.content import HEARD_ON_REPORTS, INFORMANT, Contents
from services.officers.readmodel.reading.disclosure import facts_for, shown_event, shown_payload
from services.officers.readmodel.tables import CaseRow, EventRow

MOST_CASES, MOST_EVENTS = 1000, 5000
HEARD_ON_FACTS = "explain"
"""The task in which the person concerned is heard on a fact."""


@dataclass(frozen=True)
class OwnCase:
    """One case about the person."""

    row: CaseRow
    state: str
    facts: Mapping[str, Any]
    dossier: Mapping[str, Any] | None
    events: Sequence[Mapping[str, Any]]
    answers: Sequence[Mapping[str, Any]]
    """What the person answered."""
    held_against: Sequence[Mapping[str, Any]]
    """The facts on which the person was heard, without who reported them."""


async def own_cases(session: Session, keyring: Keyring, scope: Scope) -> list[OwnCase]:
    """Every case about the person of which they may know. `scope` is the person's own, without any other role."""
    shown = await cases.cases_after(session, scope, CaseFilter(), "", MOST_CASES)
    return [await _one(session, Contents(keyring, scope), scope, one) for one in shown]


async def _one(session: Session, contents: Contents, scope: Scope, shown: ShownCase) -> OwnCase:
    row = shown.row
    asked = await tasks.of_case(session, scope, row.case_id)
    own = frozenset(task.task_id for task in asked)
    found = await cases.timeline(session, row.case_id, 0, MOST_EVENTS)
    seen = [one for one in found if shown_event(scope, row, (one.type, one.version), one.payload, own)]
    return OwnCase(
        row=row,
        state=shown.state,
        facts=facts_for(scope, row),
        dossier=contents.dossier(row),
        events=[_told(scope, row, event, own) for event in seen],
        answers=[contents.answer(row, task) for task in asked if task.state == TaskState.DONE],
        held_against=[
            *await _facts(
                session, contents, row, {task.about for task in asked if task.kind == HEARD_ON_FACTS}
            ),
            *await _found(
                session, contents, row, {task.about for task in asked if task.kind == HEARD_ON_REPORTS}
            ),
        ],
    )


async def _facts(session: Session, contents: Contents, row: CaseRow, heard: set[str]) -> list[dict[str, Any]]:
    """The facts themselves, and never who reported them."""
    told = await contents.numbered(session, row, "hit-found", "hit", "findings") if heard else []
    return [
        {name: value for name, value in one.items() if name not in INFORMANT}
        for one in told
        if about("hit", one["hit"]) in heard
    ]


async def _found(session: Session, contents: Contents, row: CaseRow, heard: set[str]) -> list[dict[str, Any]]:
    """Of a report only what its check found."""
    checks = await tasks.done_of_case(session, row.case_id, ("check-report",)) if heard else []
    return [{"facts": contents.answer(row, one)["form"]["facts"]} for one in checks if one.about in heard]


def _told(scope: Scope, row: CaseRow, event: EventRow, own: frozenset[str]) -> dict[str, Any]:
    """What happened and when; which officer did it is no datum of the person."""
    return {"type": event.type, "at": event.at, "said": shown_payload(scope, row, event.payload, own)}

"""Papers that were left beside tasks: read by the hands in which they are, and by whoever is shown what names them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from contracts.catalogue import EVENTS
from contracts.events.base import Event
from contracts.events.removal import InvestigationEnded, InvestigationReported
from contracts.policy.loader import released
from contracts.sealed import Sealed
from contracts.vocabulary import Stage
from services.kit.db import Session
from services.kit.sealing import Keyring, SealError, open_sealed
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading import cases, tasks
from services.officers.readmodel.reading.content import READS_REPORTS
from services.officers.readmodel.reading.disclosure import (
    KNOWS_PAUSES,
    KNOWS_REPORTS,
    Asked,
    may_act,
    shown_event,
)
from services.officers.readmodel.reading.withholding import names_one
from services.officers.readmodel.tables import CaseRow, EventRow, TaskRow

PAPERS = ("document_digest", "minutes_digest")
"""Under which names an act says on which paper it rests."""
PAGE = 1_000
"""Events of one case that are read at a time: all are, for one that was left out might say that a paper is secret."""
OF_INVESTIGATIONS = frozenset({InvestigationReported.type, InvestigationEnded.type})
"""Events whose papers tell of an investigation (T4): read by who may know of one, and by who suspends for it."""


def readers(left_as: Collection[str]) -> frozenset[str]:
    """The roles that read a paper which was left in these. What comes from the discipline group, or from whoever takes
    in reports, stays with those who may know of it, whatever it is."""
    if not KNOWS_PAUSES.isdisjoint(left_as):
        return KNOWS_PAUSES
    return frozenset(left_as) if KNOWS_REPORTS.isdisjoint(left_as) else READS_REPORTS


def is_secret(left_as: Collection[str]) -> bool:
    """Whether what was left in these roles may tell of a report or an investigation (T4)."""
    return not (KNOWS_PAUSES | KNOWS_REPORTS).isdisjoint(left_as)


def _names_papers(event: type[Event]) -> bool:
    inside = event.model_fields.get("private")
    parts = [event, *([] if inside is None else [inside.annotation])]
    return any(name in getattr(part, "model_fields", {}) for part in parts for name in PAPERS)


NAMING = tuple(sorted({name for (name, _), event in EVENTS.items() if _names_papers(event)}))
"""Events that name a paper."""


class Beside:
    """What names papers of the cases that one caller looks into: asked once for each case."""

    def __init__(self, keyring: Keyring, scope: Scope) -> None:
        """`keyring` opens what events and answers say; none of it is shown."""
        self._keyring = keyring
        self._scope = scope
        self._events: dict[str, list[tuple[EventRow, frozenset[str]]]] = {}
        self._tasks: dict[str, list[tuple[TaskRow, frozenset[str]]]] = {}

    async def secret(self, session: Session, case: CaseRow, digest: str) -> bool:
        """Whether the paper tells of an investigation, by what names it."""
        naming = await self._naming(session, case)
        return any(event.type in OF_INVESTIGATIONS for event, named in naming if digest in named)

    async def shown(self, session: Session, case: CaseRow, digest: str) -> bool:
        """Whether everything that names the paper on the record is the caller's to be shown, as one of the team."""
        if not self._scope.of_team(case.district, case.person_id):
            return False
        own = frozenset(await tasks.ids_of_case(session, self._scope, case.case_id))
        naming = [event for event, named in await self._naming(session, case) if digest in named]
        return bool(naming) and all(self._is_shown(case, event, own) for event in naming)

    async def asked(self, session: Session, case: CaseRow, digest: str) -> bool:
        """Whether a task in which the caller acts, or acted, is about this very paper: nobody confirms one unread."""
        given = [task for task, _ in await self._answered(session, case) if task.content_digest == digest]
        return any(may_act(self._scope, Asked.by(task, case)) for task in given)

    async def answers(self, session: Session, case: CaseRow, digest: str) -> list[TaskRow]:
        """The tasks that the caller is shown in whose answer the paper is named."""
        return [task for task, named in await self._answered(session, case) if digest in named]

    def may_tell_of_pause(self, task: TaskRow) -> bool:
        """Whether a department's paper may tell of an investigation (T4): its answer names one, or is not given yet."""
        if not task.answer:
            return True
        try:
            answer = open_sealed(Sealed.model_validate(task.answer), task.answer_event, self._keyring)
        except SealError:
            return True
        return names_one(answer, released(task.policy))

    def _is_shown(self, case: CaseRow, event: EventRow, own: frozenset[str]) -> bool:
        if event.type in OF_INVESTIGATIONS:
            suspends = {one.role for one in released(case.policy).tasks if one.stage is Stage.SUSPENSION}
            return not self._scope.roles.isdisjoint(KNOWS_PAUSES | suspends)
        return shown_event(self._scope, case, (event.type, event.version), event.payload, own)

    async def _naming(self, session: Session, case: CaseRow) -> list[tuple[EventRow, frozenset[str]]]:
        if case.case_id not in self._events:
            found: list[EventRow] = []
            while len(found) % PAGE == 0:
                after = found[-1].sequence if found else 0
                page = await cases.timeline(session, case.case_id, after, PAGE, NAMING)
                if not page:
                    break
                found += page
            self._events[case.case_id] = [(one, frozenset(self._papers_of(one))) for one in found]
        return self._events[case.case_id]

    def _papers_of(self, event: EventRow) -> Iterator[str]:
        inside = self._open(event.sealed, event.event_id) if event.sealed else {}
        yield from (str(said[name]) for said in (event.payload, inside) for name in PAPERS if said.get(name))

    async def _answered(self, session: Session, case: CaseRow) -> list[tuple[TaskRow, frozenset[str]]]:
        if case.case_id not in self._tasks:
            found = await tasks.of_case(session, self._scope, case.case_id)
            self._tasks[case.case_id] = [(one, frozenset(self._named_in(one))) for one in found]
        return self._tasks[case.case_id]

    def _named_in(self, task: TaskRow) -> Iterator[str]:
        if not task.answer:
            return
        policy = released(task.policy)
        form = policy.task(task.kind).form_of(task.outcome or "")
        if form and policy.form(form).hints:
            filled = self._open(task.answer, task.answer_event).get("form") or {}
            yield from policy.form(form).papers(filled).values()

    def _open(self, sealed: Any, event_id: str) -> Mapping[str, Any]:
        try:
            return open_sealed(Sealed.model_validate(sealed), event_id, self._keyring)
        except SealError:
            # What opens no more names nothing: the paper stays in the hands in which it was left.
            return {}

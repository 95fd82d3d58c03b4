"""Whom the rows of a list are about, by the rule of the detail: who may not see the dossier is told no name."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from contracts.actor import Actor
from contracts.case import CaseKind
from contracts.vocabulary import TaskState
from services.kit.db import Session
from services.kit.sealing import Keyring
from services.officers.identity.persons import Persons
from services.officers.identity.scope import Scope
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.readmodel.reading.acquaintance import Acquaintance, Acted, Officer
from services.officers.readmodel.reading.cases import ShownCase
from services.officers.readmodel.reading.content import Contents
from services.officers.readmodel.reading.disclosure import Asked, facts_for, may_act, may_see_dossier
from services.officers.readmodel.reading.standstill import Holds, clock_stands
from services.officers.readmodel.reading.tasks import Listed
from services.officers.readmodel.reading.visible import tasks_in
from services.officers.readmodel.tables import CaseRow, TaskRow

OF_THE_REGISTER = frozenset({CaseKind.REMOVAL.value, CaseKind.REVIEW.value})
"""Kinds about a known person whose dossier says what is held against them and not what they are called."""


@dataclass(frozen=True)
class Named:
    """What whomever a case is about is called, as its dossier says it: a person with a firm, or who applies."""

    name: str
    firm: str | None = None
    credit_code: str | None = None


@dataclass(frozen=True)
class Concerned:
    """What a list says of a task and its case. `nominee` None: the caller may not see it, or there is none."""

    nominee: Named | None
    seat: str | None
    unit: str
    holder: Officer | None
    """Who has claimed the task, or was given it."""
    signer: Officer | None
    """Who completed it."""
    stands: bool
    """Its clock stands still."""


class Lookup:
    """Opens names for one caller, a page at a time: few looks into the database, and no more for a longer page."""

    def __init__(self, keyring: Keyring, persons: Persons, scope: Scope) -> None:
        """`keyring` opens dossiers, `persons` the register; both only for whoever may see the dossier."""
        self._contents = Contents(keyring, scope)
        self._persons = persons
        self._acquaintance = Acquaintance(persons, scope)
        self._scope = scope
        self._read: dict[str, None] = {}

    async def of_tasks(self, session: Session, rows: Iterable[Listed]) -> dict[str, Concerned]:
        """By task what is said of its case."""
        listed = list(rows)
        wanted = select(CaseRow).where(col(CaseRow.case_id).in_({row["case_id"] for row in listed}))
        cases = {case.case_id: case for case in await session.exec(wanted)} if listed else {}
        known = {row["task_id"]: self._knows(row, cases[row["case_id"]]) for row in listed}
        shown = {row["case_id"] for row in listed if known[row["task_id"]]}
        names = await self._names(session, [cases[case_id] for case_id in sorted(shown)])
        acted = {one for row in listed for one in (_holder(row), _signer(row)) if one.person_id}
        officers = await self._acquaintance.named(session, cases, acted)
        standing = await self._standing(session, listed, cases)
        return {
            row["task_id"]: Concerned(
                nominee=names.get(row["case_id"]) if known[row["task_id"]] else None,
                seat=facts_for(self._scope, cases[row["case_id"]]).get("seat"),
                unit=cases[row["case_id"]].unit,
                holder=officers.get(_holder(row)),
                signer=officers.get(_signer(row)),
                stands=row["task_id"] in standing,
            )
            for row in listed
        }

    async def of_cases(self, session: Session, shown: Iterable[ShownCase]) -> dict[str, Named]:
        """By case whom it is about, of those of which the caller may know."""
        cases = [one.row for one in shown if not one.recused]
        hidden = {case.case_id: case for case in cases if not may_see_dossier(self._scope, case)}
        acting = await self._acting(session, hidden)
        return await self._names(
            session, [case for case in cases if case.case_id not in hidden or case.case_id in acting]
        )

    async def of_case(self, session: Session, case: CaseRow) -> Named | None:
        """Whom the case is about, for a caller who may see its dossier."""
        return (await self._names(session, [case])).get(case.case_id)

    def notes(self, actor: Actor, target: str, shown: Iterable[str]) -> tuple[Note, ...]:
        """One note for the page, which says of which of the `shown` cases it gives a name; none when it gives none."""
        named = tuple(dict.fromkeys(case_id for case_id in shown if case_id in self._read))
        return (Note.by(actor, Noted.LIST, target, tier=Tier.INTERNAL, fields=named),) if named else ()

    async def _standing(
        self, session: Session, listed: Iterable[Listed], cases: Mapping[str, CaseRow]
    ) -> Collection[str]:
        """The open tasks whose clock stands; nothing is asked where no case is held and every letter was served."""
        open_ones = [row for row in listed if row["state"] == TaskState.OPEN]
        maybe = [row["task_id"] for row in open_ones if row["unserved"] or cases[row["case_id"]].held_cause]
        if not maybe:
            return ()
        stands = clock_stands(Holds.known_to(self._scope))
        return (
            await session.exec(select(TaskRow.task_id).where(col(TaskRow.task_id).in_(maybe), stands))
        ).all()

    def _knows(self, row: Listed, case: CaseRow) -> bool:
        return may_act(self._scope, asked_by(row, case)) or may_see_dossier(self._scope, case)

    async def _acting(self, session: Session, cases: Mapping[str, CaseRow]) -> Collection[str]:
        """The cases in which the caller may act in an open task."""
        if not cases:
            return ()
        own = (col(TaskRow.case_id).in_(cases), TaskRow.state == "open", tasks_in(self._scope))
        rows = (await session.exec(select(TaskRow).where(*own))).all()
        return {row.case_id for row in rows if may_act(self._scope, Asked.by(row, cases[row.case_id]))}

    async def _names(self, session: Session, cases: Collection[CaseRow]) -> dict[str, Named]:
        registered = {case.person_id for case in cases if case.kind in OF_THE_REGISTER and case.person_id}
        people = await self._persons.names(session, sorted(registered)) if registered else {}
        found: dict[str, Named] = {}
        for case in cases:
            named = _of_register(case, people) or _of_dossier(self._contents, case)
            if named is None:
                continue
            found[case.case_id] = named
            if case.person_id not in self._scope.ids:
                self._read[case.case_id] = None
        return found


def _holder(row: Listed) -> Acted:
    return Acted(row["case_id"], row["claimed_by"] or "", row["role"])


def _signer(row: Listed) -> Acted:
    return Acted(row["case_id"], row["signed_by"] or "", row["role"])


def asked_by(row: Listed, case: CaseRow) -> Asked:
    """Whom a listed task asks."""
    named = row["claimed_by"] if row["named"] and row["claimed_by"] else ""
    return Asked(row["role"], row["unit"], row["district"], case.person_id, case.unit, named)


def _of_register(case: CaseRow, people: Mapping[str, str]) -> Named | None:
    name = people.get(case.person_id) if case.kind in OF_THE_REGISTER else None
    return Named(name) if name else None


def _of_dossier(contents: Contents, case: CaseRow) -> Named | None:
    dossier = contents.dossier(case) or {}
    name = dossier.get("name")
    return Named(name, dossier.get("firm"), dossier.get("credit_code")) if isinstance(name, str) else None

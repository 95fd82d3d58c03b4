"""The people of the read model: nominees in process and sitting members, by the papers on the record."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from pydantic import ValidationError

from contracts.case import CaseKind
from contracts.nominee import Nominee
from contracts.sealed import Sealed
from contracts.vocabulary import FirmPart, Subject
from services.kit.db import Database
from services.kit.logs import logger
from services.kit.sealing import Keyring, SealError, open_sealed
from services.kit.statements import CHUNK
from services.officers.readmodel.reading import cases
from services.officers.readmodel.tables import CaseRow, EventRow
from services.officers.watching.people import Due, Everybody, Number

WATCHED = (CaseKind.NOMINATION.value, CaseKind.TENURE.value)
"""Kinds of case whose person is held against lists."""
PAPERS = ("case-opened", "case-amended", "tenure-opened")
"""Events that bring papers: a firm that was left out later is held against the lists all the same."""


class CasePeople:
    """Reads people from the cases that the record tells of."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """`keyring` opens what is personal in events."""
        self._database = database
        self._keyring = keyring

    async def due(self, at: datetime, district: str) -> Everybody:
        """Who was in process or in office at that instant, or may still be given a re-check of a veto."""
        async with self._database.read() as session:
            rows = await cases.in_process(session, WATCHED, at, district)
        due = tuple(
            Due(row.case_id, row.kind, row.district, row.person_id, row.dossier_event, _vetoed(row, at))
            for row in rows
        )
        said = "\n".join(f"{one.case_id} {one.papers}{' vetoed' * one.vetoed}" for one in due)
        return Everybody(due, hashlib.sha256(said.encode()).hexdigest())

    async def numbers(self, due: tuple[Due, ...]) -> dict[str, tuple[Number, ...]]:
        """The numbers of these cases; one whose papers cannot be read is left out, and so is missed."""
        found: dict[str, set[Number]] = {}
        unread: set[str] = set()
        ids = [one.case_id for one in due]
        for start in range(0, len(ids), CHUNK):
            async with self._database.read() as session:
                events = await cases.sealed_events(session, ids[start : start + CHUNK], PAPERS)
            for event in events:
                try:
                    found.setdefault(event.case_id, set()).update(_numbers(self._nominee(event)))
                except (SealError, ValidationError) as error:
                    unread.add(event.case_id)
                    logger.error("papers cannot be read", case_id=event.case_id, reason=type(error).__name__)
        return {
            case_id: tuple(sorted(numbers, key=lambda number: number.number))
            for case_id, numbers in found.items()
            if case_id not in unread
        }

    def _nominee(self, event: EventRow) -> Nominee:
        opened = open_sealed(Sealed.model_validate(event.sealed), event.event_id, self._keyring)
        return Nominee.model_validate(opened)


def _vetoed(row: CaseRow, at: datetime) -> bool:
    return row.ended_at is not None and row.ended_at <= at


def _numbers(nominee: Nominee) -> Iterable[Number]:
    yield Number(Subject.PERSON, nominee.id_number, nominee.name)
    yield Number(Subject.ENTERPRISE, nominee.credit_code, nominee.firm)
    for firm in nominee.firms:
        yield Number(Subject.ENTERPRISE, firm.credit_code, firm.name, firm.part is not FirmPart.OTHER)

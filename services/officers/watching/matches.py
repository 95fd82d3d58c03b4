"""What the books have found, for those who may look into it: matches by the record, namesakes by the lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.listed import Fitting
from contracts.sealed import Sealed
from services.kit.db import Session
from services.kit.sealing import Keyring, open_sealed
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading import cases
from services.officers.readmodel.tables import LIST_FACT, CaseRow
from services.officers.watching.holding import Lists
from services.officers.watching.people import Due, People

BEGUN, ENDED = "match-begun", "match-ended"


@dataclass(frozen=True)
class SaidMatch:
    """A match as the record tells of it, and the entry that it rests on."""

    plain: Mapping[str, Any]
    entry: dict[str, Any]


class Matches:
    """Reads what was found."""

    def __init__(self, keyring: Keyring, people: People, lists: Lists) -> None:
        """`keyring` opens what is personal in events."""
        self._keyring = keyring
        self._people = people
        self._lists = lists

    async def of_book(self, session: Session, book: str, scope: Scope) -> list[SaidMatch]:
        """The matches of a book in their order, of the cases that the scope shows, without the caller's own."""
        events = await cases.timeline(session, book, 0, MOST, (BEGUN, ENDED))
        ended = {one.payload["match"]: one.payload["cause"] for one in events if one.type == ENDED}
        begun = [one for one in events if one.type == BEGUN]
        seen = await cases.shown_of(session, scope, {one.payload["case_id"] for one in begun})
        found = []
        for one in begun:
            if one.payload["case_id"] not in seen:
                continue
            opened = open_sealed(Sealed.model_validate(one.sealed), one.event_id, self._keyring)
            plain = {**one.payload, "since": one.at.isoformat(), "ended": ended.get(one.payload["match"])}
            found.append(SaidMatch(plain, Fitting.model_validate(opened).entry.model_dump(mode="json")))
        return found

    async def namesakes(self, book: CaseRow, about: CaseRow) -> list[dict[str, Any]]:
        """Entries of the lists as the book holds them that only share a name with the case's person or firms."""
        due = Due(about.case_id, about.kind, about.district, about.person_id, about.dossier_event)
        numbers = (await self._people.numbers((due,))).get(about.case_id, ())
        versions = [fact for name, fact in book.facts.items() if name.startswith(LIST_FACT)]
        return await self._lists.namesakes(versions, numbers)


MOST = 5_000
"""Events of one book that are looked through; a book has a handful of matches a year."""

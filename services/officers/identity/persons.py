"""Natural persons: found by ID number, made when new, known to everybody else by an opaque id."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.sealed import Sealed
from contracts.signs import name_key
from services.kit.db import Session
from services.kit.peoplekeys import PersonKeyMaker
from services.kit.sealing import Keyring, open_sealed, seal
from services.officers.identity import store as people
from services.officers.identity.matching import Matcher
from services.officers.identity.tables import PersonRow
from services.officers.web.problems import RefusedError


@dataclass(frozen=True)
class Identity:
    """Who somebody is in the civil sense."""

    name: str
    id_number: str
    phone: str = ""

    def alike(self, other: "Identity") -> bool:
        """Whether a namesake may be the same person: born on one day, as the numbers say, or reached by one phone."""
        born = slice(6, 14)
        same_day = self.id_number[born] == other.id_number[born]
        return same_day or bool(self.phone and self.phone == other.phone)


class Persons:
    """Finds and makes persons inside the caller's transaction."""

    def __init__(self, keyring: Keyring, matcher: Matcher, keys: PersonKeyMaker) -> None:
        """`keys` makes each new person a key of their own, without which nothing about them is kept anywhere."""
        self._keys = keys
        self._keyring = keyring
        self._matcher = matcher

    async def known(self, session: Session, id_numbers: Sequence[str]) -> dict[str, str]:
        """Person ids by ID number, of those who are known; of two that were merged the one that is kept."""
        keys = {self._matcher.key(number): number for number in id_numbers}
        found = await people.persons_by_key(session, list(keys))
        kept = await people.kept_for(session, [row.person_id for row in found.values()])
        return {keys[key]: kept.get(row.person_id, row.person_id) for key, row in found.items()}

    async def ensure(self, session: Session, identities: Sequence[Identity]) -> dict[str, str]:
        """Person ids by ID number; whoever is new is made."""
        known = await self.known(session, [identity.id_number for identity in identities])
        new = {i.id_number: i for i in identities if i.id_number not in known}
        made = {_new_id(): identity for identity in new.values()}
        await asyncio.to_thread(self._keys.make, made)
        await people.add_persons(session, [self._row(*one) for one in made.items()])
        return {**known, **(await self.known(session, list(new)) if new else {})}

    async def name(self, session: Session, person_id: str) -> str:
        """The person's name, opened."""
        row = await people.person(session, person_id)
        return "" if row is None else str(self._open(person_id, row.sealed)["name"])

    async def names(self, session: Session, person_ids: Sequence[str]) -> dict[str, str]:
        """The names of the persons, opened, by their ids."""
        found = await self.identities(session, person_ids)
        return {person: one.name for person, one in found.items()}

    async def identities(self, session: Session, person_ids: Sequence[str]) -> dict[str, Identity]:
        """Who these persons are, opened, by their ids."""
        rows = await people.persons(session, person_ids)
        return {row.person_id: self._identity(row) for row in rows}

    async def check_name(self, session: Session, person_id: str, name: str) -> None:
        """RefusedError `identity-mismatch` when the ID number is registered under another name.

        Two spellings of one name are the same name.
        """
        if name_key(await self.name(session, person_id)) != name_key(name):
            raise RefusedError("identity-mismatch")

    async def called(self, session: Session, name: str) -> list[str]:
        """The ids of everybody of this name, however it is spelt."""
        rows = await people.resembling(session, self._key_of(name), "")
        return sorted(row.person_id for row in rows)

    async def alike(self, session: Session, identity: Identity) -> list[str]:
        """People under another ID number who may be this one: namesakes born on the same day or reached by the same
        phone, and whoever the same mobile phone reaches under whatever name."""
        name, phone = self._key_of(identity.name), self._matcher.phone_key(identity.phone)
        rows = await people.resembling(session, name, phone)
        others = [row for row in rows if row.match_key != self._matcher.key(identity.id_number)]
        return sorted(
            row.person_id
            for row in others
            if (phone and row.phone_key == phone) or identity.alike(self._identity(row))
        )

    def _identity(self, row: PersonRow) -> Identity:
        opened = self._open(row.person_id, row.sealed)
        return Identity(str(opened["name"]), str(opened["id_number"]), str(opened["phone"]))

    def _key_of(self, name: str) -> str:
        return self._matcher.name_key(name_key(name))

    def _row(self, person_id: str, identity: Identity) -> dict[str, object]:
        content: dict[str, object] = {
            "name": identity.name,
            "id_number": identity.id_number,
            "phone": identity.phone,
        }
        sealed = seal(content, f"person:{person_id}", self._keyring, [person_id])
        return {
            "person_id": person_id,
            "match_key": self._matcher.key(identity.id_number),
            "name_key": self._key_of(identity.name),
            "phone_key": self._matcher.phone_key(identity.phone),
            "sealed": sealed.model_dump(),
        }

    def _open(self, person_id: str, sealed: object) -> dict[str, object]:
        return open_sealed(Sealed.model_validate(sealed), f"person:{person_id}", self._keyring)


def _new_id() -> str:
    return "p" + secrets.token_hex(12)

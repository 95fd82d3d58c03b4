"""What binds people, in the database: asked in one statement when an account's standing is read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, Text, bindparam, literal, null, or_, select, union_all
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.actor import Grant, Held, Ties
from services.kit.db import Unit, UtcDateTime
from services.kit.statements import insert_new
from services.officers.identity.bonds.absences import absent
from services.officers.identity.bonds.tables import DeputyRow, FormerGrantRow, MergedRow, PersonFirmRow
from services.officers.identity.tables import AccountRow, GrantRow

Nominations = Callable[[Any], Select[*tuple[Any, ...]]]
"""From the people asked about: who of them was nominated, and by which unit. The read model knows."""


@dataclass
class Bonds:
    """What is known of one person."""

    grants: list[Grant] = field(default_factory=list)
    held: dict[str, datetime] = field(default_factory=dict)
    firms: set[str] = field(default_factory=set)
    also: set[str] = field(default_factory=set)
    nominated_by: set[str] = field(default_factory=set)
    deputised: tuple[datetime, str] | None = None
    """Since when, and by which entry, whoever is asked about acts in this person's place now; None: they do not."""

    def ties(self, person_id: str, said: Iterable[Grant] = ()) -> Ties:
        """As a claim carries it, beside the grants that it says itself."""
        granted = tuple(said)
        roles, units = {grant.role for grant in granted}, {grant.unit for grant in granted}
        return Ties(
            person_id=person_id,
            also=tuple(sorted(self.also)),
            roles=tuple(sorted({grant.role for grant in self.grants} - roles)),
            held=tuple(Held(role=role, until=until) for role, until in sorted(self.held.items())),
            firms=tuple(sorted(self.firms)),
            nominates_for=tuple(
                sorted({grant.unit for grant in self.grants if grant.role == "NOMINATOR"} - units)
            ),
            nominated_by=tuple(sorted(self.nominated_by)),
        )


_GRANTS = GrantRow.metadata.tables["grants"].c
_ACCOUNTS = AccountRow.metadata.tables["accounts"].c
_FORMER = FormerGrantRow.metadata.tables["former_grants"].c
_FIRMS = PersonFirmRow.metadata.tables["person_firms"].c
_MERGED = MergedRow.metadata.tables["merged_persons"].c
_DEPUTIES = DeputyRow.metadata.tables["deputies"].c
_HOLDING = (_ACCOUNTS.account_id == _GRANTS.account_id, _ACCOUNTS.disabled.is_(False))
_NONE = literal("")


def of_person(unit: Unit, person_id: str, now: datetime, nominations: Nominations) -> dict[str, Bonds]:
    """What binds this person, and each of those in whose place they act now."""
    found = {person_id: Bonds()}
    wanted = _of_person(nominations)
    for what, person, *said in unit.execute(wanted, {"person": person_id, "now": now}):
        _note(found.setdefault(person, Bonds()), what, now, *said)
    return found


# Made once: it is asked whenever somebody comes who was not there some seconds ago.
@lru_cache
def _of_person(nominations: Nominations) -> CompoundSelect[*tuple[Any, ...]]:
    person, now = bindparam("person", type_=Text), bindparam("now", type_=UtcDateTime)
    acting = (_DEPUTIES.deputy_id == person, _DEPUTIES.starts <= now, _DEPUTIES.ends > now)
    people = union_all(select(person), select(_DEPUTIES.principal_id).where(*acting))
    entry = (_DEPUTIES.principal_id, _DEPUTIES.entry_id, _NONE, _NONE, _DEPUTIES.starts)
    deputised = select(literal("deputy"), *entry)
    return union_all(deputised.where(*acting), *_bonds(people.scalar_subquery(), nominations))


async def of_people(
    session: AsyncSession, person_ids: Sequence[str], now: datetime, nominations: Nominations
) -> dict[str, Bonds]:
    """What binds each of these people."""
    found = {person: Bonds() for person in person_ids}
    wanted = union_all(*_bonds(list(person_ids), nominations))
    for what, person, *said in (await session.exec(wanted)).all():  # type: ignore[call-overload]
        _note(found[person], what, now, *said)
    return found


def _bonds(people: Any, nominations: Nominations) -> list[Select[*tuple[Any, ...]]]:
    """One select for each thing that is known of these people, all of the same shape."""
    nominated = nominations(people).subquery().c
    return [
        select(
            literal("grant"), _ACCOUNTS.person_id, _GRANTS.role, _GRANTS.unit, _GRANTS.district, _GRANTS.until
        ).where(*_HOLDING, _ACCOUNTS.person_id.in_(people)),
        select(literal("held"), _FORMER.person_id, _FORMER.role, _NONE, _NONE, _FORMER.until).where(
            _FORMER.person_id.in_(people)
        ),
        select(literal("firm"), _FIRMS.person_id, _FIRMS.firm, _NONE, _NONE, null()).where(
            _FIRMS.person_id.in_(people)
        ),
        select(literal("also"), _MERGED.kept_id, _MERGED.merged_id, _NONE, _NONE, null()).where(
            _MERGED.kept_id.in_(people)
        ),
        select(literal("nominated"), nominated.person_id, nominated.unit, _NONE, _NONE, null()),
    ]


def _note(
    known: Bonds, what: str, now: datetime, word: str, unit: str, district: str, until: datetime | None
) -> None:
    """Take one row; a grant whose time is over is a role that was held."""
    match what:
        case "grant" | "held" if until is not None and (what == "held" or until <= now):
            known.held[word] = max(until, known.held.get(word, until))
        case "grant":
            known.grants.append(Grant(role=word, unit=unit, district=district))
        case "firm":
            known.firms.add(word)
        case "also":
            known.also.add(word)
        case "nominated":
            known.nominated_by.add(word)
        case "deputy" if until is not None:
            entered = (until, word)
            known.deputised = min(entered, known.deputised or entered)


async def ended(session: AsyncSession, person_id: str, roles: Iterable[str], now: datetime) -> None:
    """Keep that these roles were held until now."""
    for role in roles:
        row = await session.get(FormerGrantRow, (person_id, role))
        if row is None:
            session.add(FormerGrantRow(person_id=person_id, role=role, until=now))
        elif row.until < now:
            row.until = now


async def add_firms(session: AsyncSession, person_id: str, firms: Iterable[str]) -> None:
    """Note firms of a person; one that is noted already stays."""
    await insert_new(session, PersonFirmRow, [{"person_id": person_id, "firm": firm} for firm in firms])


async def holders(
    session: AsyncSession, role: str, unit: str, districts: Sequence[str], now: datetime
) -> Sequence[str]:
    """Who holds the role, of this unit or none, in one of these districts, and is there: in the order of their ids."""
    lasting = or_(_GRANTS.until.is_(None), _GRANTS.until > now)
    wanted = (
        select(_ACCOUNTS.person_id)
        .where(
            *_HOLDING, _GRANTS.role == role, _GRANTS.unit == unit, _GRANTS.district.in_(districts), lasting
        )
        .where(_ACCOUNTS.person_id.not_in(absent(now)))
        .distinct()
        .order_by(_ACCOUNTS.person_id)
    )
    return [person for (person,) in (await session.exec(wanted)).all()]  # type: ignore[call-overload]

"""Officers and what they hold, in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.statements import chunks
from services.officers.identity.bonds.absences import absent
from services.officers.identity.colleagues.reach import Place
from services.officers.identity.scope import EVERYWHERE
from services.officers.identity.tables import AccountRow, GrantRow

Holding = dict[str, list[GrantRow]]
"""By person the grants that they hold."""


async def holding(session: AsyncSession, person_ids: Sequence[str], now: datetime) -> Holding:
    """What these people hold now, under whichever account that is not closed."""
    found: Holding = {person: [] for person in person_ids}
    for part in chunks(person_ids):
        wanted = select(AccountRow.person_id, GrantRow).where(
            *_lasting(now), col(AccountRow.person_id).in_(part)
        )
        for person, grant in await session.exec(wanted):
            found[person].append(grant)
    return found


async def people_in(
    session: AsyncSession, places: Sequence[Place], but: frozenset[str], after: str, limit: int, now: datetime
) -> list[str]:
    """Who holds something in one of these places and is there, in the order of their ids; nobody of the roles `but`."""
    kept = (
        select(AccountRow.person_id)
        .where(*_lasting(now), col(GrantRow.role).in_(sorted(but)))
        .correlate(None)
    )
    person = col(AccountRow.person_id)
    wanted = (
        select(AccountRow.person_id)
        .where(*_lasting(now), or_(false(), *map(_inside, places)), person > after)
        .where(person.not_in(absent(now)), person.not_in(kept))
        .distinct()
        .order_by(person)
        .limit(limit)
    )
    return list((await session.exec(wanted)).all())


def _lasting(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(AccountRow.account_id) == col(GrantRow.account_id),
        col(AccountRow.disabled).is_(False),
        or_(col(GrantRow.until).is_(None), col(GrantRow.until) > now),
    )


def _inside(place: Place) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [col(GrantRow.role).in_(sorted(place.roles))]
    if place.unit is not None:
        parts.append(col(GrantRow.unit) == place.unit)
    if place.district != EVERYWHERE:
        parts.append(col(GrantRow.district).in_((place.district, EVERYWHERE)))
    return and_(*parts)

"""Colleagues by name and unit: to whom a task may be given."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from services.officers.identity.colleagues import store
from services.officers.identity.colleagues.reach import Place, kept_from, places
from services.officers.identity.scope import EVERYWHERE
from services.officers.identity.tables import GrantRow
from services.officers.routes.caller import AtOffice, Permitted, Word
from services.officers.views.base import READS
from services.officers.views.officers import ColleagueView, HeldView
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/people", tags=["people"])


@router.get("", responses=READS)
async def colleagues(
    office: AtOffice,
    who: Permitted,
    role: Annotated[str, Query(pattern=r"^([A-Z][A-Z_]{1,40})?$")] = "",
    district: Word = "",
    unit: Word = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[ColleagueView]:
    """Who acts in the caller's districts or in their unit and is there, with what they hold, in the order of their ids.

    Nobody who inspects is named to who may not know them, and nobody who is concerned themselves.
    """
    (after,) = read_cursor(cursor, "")
    reached = [
        one for place in places(who.scope, office.policy) if (one := _narrowed(place, role, unit, district))
    ]
    now = datetime.now(UTC)
    async with office.database.read() as session:
        found = await store.people_in(session, reached, kept_from(who.scope), after, limit + 1, now)
        people, last = cut(found, limit)
        held = await store.holding(session, people, now)
        names = await office.persons.names(session, people)
    items = [
        ColleagueView(
            person_id=person,
            name=names[person],
            grants=[
                HeldView.of(grant, office.policy.version, who.language)
                for grant in sorted(held[person], key=lambda one: (one.role, one.unit, one.district))
                if any(_covers(place, grant) for place in reached)
            ],
        )
        for person in people
    ]
    return Page(items=items, next=write_cursor(last) if last else None)


def _narrowed(place: Place, role: str, unit: str, district: str) -> Place | None:
    """The part of the place that is asked for; None when nothing of it is."""
    if (role and role not in place.roles) or (unit and place.unit not in {None, unit}):
        return None
    if district and place.district not in {EVERYWHERE, district}:
        return None
    roles = frozenset({role}) if role else place.roles
    return Place(roles, unit or place.unit, district or place.district)


def _covers(place: Place, grant: GrantRow) -> bool:
    here = place.district == EVERYWHERE or grant.district in {place.district, EVERYWHERE}
    return grant.role in place.roles and place.unit in {None, grant.unit} and here

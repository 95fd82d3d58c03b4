"""Who acted in a case, by name and unit, for whoever may know them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from contracts.actor import SYSTEM
from services.kit.db import Session
from services.officers.identity.colleagues import store
from services.officers.identity.colleagues.reach import kept_from
from services.officers.identity.grants import DEPARTMENT_ROLES
from services.officers.identity.persons import Persons
from services.officers.identity.scope import Scope
from services.officers.identity.tables import GrantRow
from services.officers.readmodel.reading.disclosure import may_see_dossier
from services.officers.readmodel.tables import CaseRow


@dataclass(frozen=True)
class Acted:
    """Somebody who acted, or who is to act, in a role of a case."""

    case_id: str
    person_id: str
    role: str


@dataclass(frozen=True)
class Officer:
    """What somebody is called, and for which unit they hold the role now; empty for none."""

    person_id: str
    name: str
    unit: str


class Acquaintance:
    """Names people for one caller: two looks into the database however many they are."""

    def __init__(self, persons: Persons, scope: Scope) -> None:
        """`persons` is the register of names."""
        self._persons = persons
        self._scope = scope

    async def named(
        self, session: Session, cases: Mapping[str, CaseRow], acted: Collection[Acted]
    ) -> Mapping[Acted, Officer]:
        """Of those who acted in these cases those whom the caller may know.

        Whoever inspects is named to who may know them alone, in whatever other role they acted: one name under one id
        would tell the rest.
        """
        ids = sorted({one.person_id for one in acted} - {SYSTEM.person_id, ""})
        if not ids:
            return {}
        held = await store.holding(session, ids, datetime.now(UTC))
        known = {
            one: unit
            for one in acted
            if (grants := held.get(one.person_id)) is not None
            and self._knows(cases[one.case_id], one, grants, unit := _unit(grants, one.role))
        }
        names = await self._persons.names(session, sorted({one.person_id for one in known}))
        return {
            one: Officer(one.person_id, names[one.person_id], unit)
            for one, unit in known.items()
            if names.get(one.person_id)
        }

    def _knows(self, case: CaseRow, one: Acted, held: Collection[GrantRow], unit: str) -> bool:
        scope = self._scope
        if one.person_id in scope.ids:
            return True
        if one.person_id == case.person_id:
            return may_see_dossier(scope, case)
        if kept_from(scope).intersection({one.role, *(grant.role for grant in held)}):
            return False
        if scope.of_team(case.district, case.person_id) or case.kind in scope.only:
            return True
        bonds = scope.departments if one.role in DEPARTMENT_ROLES else scope.bringing
        return bool(unit) and (unit, case.district) in bonds


def _unit(held: Collection[GrantRow], role: str) -> str:
    return next((grant.unit for grant in held if grant.role == role), "")

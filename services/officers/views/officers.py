"""Views of officers by name."""

from datetime import datetime

from contracts.base import OpaqueId
from services.officers.identity.tables import GrantRow
from services.officers.readmodel.reading.acquaintance import Officer
from services.officers.views.base import View
from services.officers.views.naming import names
from services.officers.web.language import Language


class OfficerView(View):
    """Somebody who acts, with the unit for which they hold the role now."""

    person_id: OpaqueId
    name: str
    unit: str
    names: dict[str, str]

    @classmethod
    def of(cls, officer: Officer | None, policy: str, language: Language) -> "OfficerView | None":
        """As it is shown; None where nobody acts whom the caller may know."""
        if officer is None:
            return None
        return cls(**vars(officer), names=names(policy, language, {"unit": ("unit", officer.unit)}))


class HeldView(View):
    """A role held, until an instant or for good, with what its codes are called."""

    role: str
    unit: str
    district: str
    until: datetime | None
    names: dict[str, str]

    @classmethod
    def of(cls, grant: GrantRow, policy: str, language: Language) -> "HeldView":
        """The view of a grant."""
        return cls(
            role=grant.role,
            unit=grant.unit,
            district=grant.district,
            until=grant.until,
            names=names_of_grant(grant.role, grant.unit, grant.district, policy, language),
        )


class ColleagueView(View):
    """Somebody to whom a task may be given, as far as the rules of its case let them have it."""

    person_id: OpaqueId
    name: str
    grants: list[HeldView]


def names_of_grant(role: str, unit: str, district: str, policy: str, language: Language) -> dict[str, str]:
    """What the codes of a grant are called."""
    codes = {"role": ("role", role), "unit": ("unit", unit), "district": ("district", district)}
    return names(policy, language, codes)  # type: ignore[arg-type]

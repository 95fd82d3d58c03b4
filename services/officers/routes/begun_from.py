"""What may be begun from a case that one reads, with all that the case says of it: nobody types the number of a person.

Who may, the rules of the routes that open cases say (rights.py); what is begun so is held against the same checks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.case import CaseKind
from contracts.policy.model import Policy
from services.kit.db import Session
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.seats import Held, held
from services.officers.readmodel.tables import CaseRow
from services.officers.routes.offers import reaches, rule_of
from services.officers.routes.starts import STARTS
from services.officers.views.act_forms import OfferView

Given = Mapping[str, Any]


def removal_of(row: CaseRow, name: str, seats: Sequence[Held]) -> Given:
    """A removal from the seat that the case follows; every other seat of the member that has a case is told of it."""
    seat = str(row.facts["seat"])
    here = [one for one in seats if (one.district, one.seat) == (row.district, seat)]
    opened = [one.case_id for one in here if one.kind == CaseKind.REMOVAL]
    others = [one for one in seats if one.kind == CaseKind.TENURE and one not in here]
    return {
        "district": row.district,
        "person_id": row.person_id,
        "seat": seat,
        "tenure": row.case_id,
        "lead": {"name": name},
        "open_removal": opened[-1] if opened else None,
        "other_seats": [
            {"owner": "federation", "district": one.district, "seat": one.seat, "tenure": one.case_id}
            for one in others
        ],
    }


def request_from(row: CaseRow, name: str, seats: Sequence[Held]) -> Given:
    """What somebody asks about their own data, from a case of their own."""
    return {"policy": row.policy, "district": row.district, "case_id": row.case_id, "name": name}


@dataclass(frozen=True)
class Beginning:
    """An act that opens a case and is begun from another one."""

    path: str
    kind: CaseKind | None
    """From which kind of case; None from every kind."""
    given: Callable[[CaseRow, str, Sequence[Held]], Given]

    def fits(self, row: CaseRow) -> bool:
        """Whether it is begun from this case: a seat is lost only while somebody holds it."""
        return self.kind is None or (row.kind == self.kind and row.ended_at is None)


BEGINNINGS = (
    Beginning("/removals", CaseKind.TENURE, removal_of),
    Beginning("/data-requests", None, request_from),
)


async def begun_from(
    session: Session, scope: Scope, policy: Policy, row: CaseRow, name: str
) -> list[OfferView]:
    """The acts that this caller may begin from the case, about the person of this name; none without a name."""
    fitting = [
        one for one in BEGINNINGS if name and one.fits(row) and reaches(rule_of(one.path), scope, policy, row)
    ]
    seats = await held(session, row.person_id) if fitting and row.person_id else []
    bodies = {one.path: one.body for one in STARTS}
    return [
        OfferView.of(
            rule_of(one.path).act, bodies[one.path], one.path, row.policy, one.given(row, name, seats)
        )
        for one in fitting
    ]

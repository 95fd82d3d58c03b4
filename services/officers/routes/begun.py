"""What is known of an act that opens a case where it is begun from another: nobody types what stands there already."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from contracts.case import CaseKind
from services.kit.db import Session
from services.officers.office import Office
from services.officers.readmodel.reading.seats import held
from services.officers.readmodel.tables import CaseRow


@dataclass(frozen=True)
class Known:
    """By path of the body: what is `given` is sent as it stands, and what is `begun` may still be changed."""

    policy: str
    """The version under which the case opens unless another is chosen."""
    given: Mapping[str, Any]
    begun: Mapping[str, Any] = field(default_factory=dict)


Knowing: TypeAlias = Callable[[Office, Session, CaseRow], Coroutine[Any, Any, Known]]


@dataclass(frozen=True)
class FromCase:
    """From which kinds of case an act is begun, of any where none is named, and what is known there."""

    knowing: Knowing
    kinds: frozenset[str]


async def _of_a_seat(office: Office, session: Session, row: CaseRow) -> Known:
    """Whose seat it is, and which other seats of the federation they hold: what `fits_the_seats` holds it against."""
    seats = await held(session, row.person_id)
    names = await office.persons.names(session, [row.person_id])
    here = [
        one for one in seats if (one.district, one.seat) == (row.district, str(row.facts.get("seat", "")))
    ]
    opened = [one.case_id for one in here if one.kind == CaseKind.REMOVAL]
    others = [
        {"owner": "federation", "district": one.district, "seat": one.seat, "tenure": one.case_id}
        for one in seats
        if one.kind == CaseKind.TENURE and one not in here
    ]
    given = {
        "district": row.district,
        "person_id": row.person_id,
        "seat": row.facts.get("seat"),
        "lead.name": names[row.person_id],
        "tenure": row.case_id,
        **({"open_removal": opened[0]} if opened else {}),
    }
    version = version_for(office, row.district)
    return Known(version, given, {"policy": version, **({"other_seats": others} if others else {})})


async def _of_an_own_case(office: Office, session: Session, row: CaseRow) -> Known:
    """Which case, and who asks under which name."""
    names = await office.persons.names(session, [row.person_id])
    return Known(
        row.policy,
        {
            "policy": row.policy,
            "district": row.district,
            "case_id": row.case_id,
            "name": names[row.person_id],
        },
    )


def version_for(office: Office, district: str) -> str:
    """The version under which a case of the district opens: its own where it has one."""
    own = [one.version for one in office.policy.districts if one.code == district and one.version]
    return own[0] if own else office.policy.version


of_a_seat = FromCase(_of_a_seat, frozenset({CaseKind.TENURE.value}))
of_an_own_case = FromCase(
    _of_an_own_case, frozenset({CaseKind.NOMINATION.value, CaseKind.TENURE.value, CaseKind.REMOVAL.value})
)

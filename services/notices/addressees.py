"""Who stands behind each addressee that a policy names. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from contracts.events.base import Event
from contracts.events.batch import BatchOpened
from contracts.events.case import CaseEnded
from contracts.events.review import ReportAnswered, ReportReceived
from contracts.events.task import RungReached, TaskOpened
from contracts.policy.model import Addressee as Named
from contracts.policy.model import Policy, Who
from services.notices.casefile import CaseFile
from services.notices.letters import Addressee, Kind


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event that is read, the case before and after it, and the policy that decides the case."""

    event: Event
    before: CaseFile
    after: CaseFile
    policy: Policy


def addressed(name: str, occasion: Occasion) -> tuple[Addressee, ...]:
    """Who `name` is on this occasion; KeyError for a name that the policy lacks, or whom nobody can find here."""
    named = occasion.policy.addressee(name)
    return tuple(FOUND[named.who](named, occasion))


Found = Iterable[Addressee]


def _person(named: Named, o: Occasion) -> Found:
    if not o.after.person_id:
        raise KeyError("person_id")
    if o.after.dead:
        return []
    return [
        Addressee(code=named.code, kind=Kind.PERSON, person_id=o.after.person_id, district=o.after.district)
    ]


def _nominating_unit(named: Named, o: Occasion) -> Found:
    if not o.after.nominating_unit:
        raise KeyError("nominating_unit")
    return _units(named, o, [o.after.nominating_unit, *o.after.also_nominating])


def _each_district(named: Named, o: Occasion) -> Found:
    if not isinstance(o.event, BatchOpened):
        raise KeyError("districts")
    return [
        Addressee(code=named.code, kind=Kind.ROLE, roles=named.roles, district=district)
        for district in o.event.districts
    ]


def _unit_asked(named: Named, o: Occasion) -> Found:
    return _units(named, o, [_task(o).unit])


def _units_cancelled(named: Named, o: Occasion) -> Found:
    # Everything open is cancelled in the same step, just before the case ends and for the same cause.
    if not isinstance(o.event, CaseEnded):
        raise KeyError("cause")
    return _units(named, o, [unit for unit, why in o.after.cancelled.items() if why == o.event.cause])


def _units(named: Named, o: Occasion, units: Iterable[str]) -> Found:
    return [
        Addressee(code=named.code, kind=Kind.UNIT, roles=named.roles, unit=unit, district=o.after.district)
        for unit in units
    ]


def _group(named: Named, o: Occasion) -> Found:
    return _units(named, o, [""])


def _role(named: Named, o: Occasion) -> Found:
    return [_holders(named, o, role) for role in named.roles]


def _task_owner(named: Named, o: Occasion) -> Found:
    role = o.policy.task(_task(o).kind).role
    if role in o.policy.self_roles:
        return _person(named, o)
    return [_holders(named, o, role, _task(o).unit)]


def _task_head(named: Named, o: Occasion) -> Found:
    head = o.policy.role(o.policy.task(_task(o).kind).role).head
    if head is None:
        return _role(named, o)
    unit = _task(o).unit if o.policy.role(head).scope == "unit" else ""
    return [_holders(named, o, head, unit)]


def _holders(named: Named, o: Occasion, role: str, unit: str = "") -> Addressee:
    return Addressee(code=named.code, kind=Kind.ROLE, roles=(role,), unit=unit, district=o.after.district)


def _task(o: Occasion) -> TaskOpened | RungReached:
    if not isinstance(o.event, TaskOpened | RungReached):
        raise KeyError("task")
    return o.event


def _of_ladder(named: Named, o: Occasion) -> Found:
    if not isinstance(o.event, RungReached):
        raise KeyError("rung")
    return [who for name in o.event.to for who in addressed(name, o)]


def _public(named: Named, o: Occasion) -> Found:
    return [Addressee(code=named.code, kind=Kind.PUBLIC, district=o.after.district)]


def _reporter(named: Named, o: Occasion) -> Found:
    event = o.event
    if not isinstance(event, ReportReceived | ReportAnswered):
        raise KeyError("report")
    # The report handler alone knows the reporter, and hands over what cannot be mailed.
    who = Addressee(
        code=named.code, kind=Kind.REPORTER, report=event.report, roles=named.roles, district=o.after.district
    )
    return [who] if event.signed else []


def _seat_owners(named: Named, o: Occasion) -> Found:
    return [
        Addressee(
            code=named.code,
            kind=Kind.OUTSIDE,
            roles=named.roles,
            owner=seat.owner,
            district=seat.district or o.after.district,
        )
        for seat in o.after.other_seats
    ]


def _earlier(named: Named, o: Occasion) -> Found:
    return [one for one in o.before.addressed if not (o.after.dead and one.kind is Kind.PERSON)]


def _outside(named: Named, o: Occasion) -> Found:
    return [Addressee(code=named.code, kind=Kind.OUTSIDE, roles=named.roles, district=o.after.district)]


FOUND: dict[Who, Callable[[Named, Occasion], Found]] = {
    Who.PERSON: _person,
    Who.NOMINATING_UNIT: _nominating_unit,
    Who.EACH_DISTRICT: _each_district,
    Who.UNIT_ASKED: _unit_asked,
    Who.UNITS_CANCELLED: _units_cancelled,
    Who.GROUP: _group,
    Who.ROLE: _role,
    Who.TASK_OWNER: _task_owner,
    Who.TASK_HEAD: _task_head,
    Who.OF_LADDER: _of_ladder,
    Who.PUBLIC: _public,
    Who.REPORTER: _reporter,
    Who.SEAT_OWNERS: _seat_owners,
    Who.EARLIER: _earlier,
    Who.OUTSIDE: _outside,
}
"""How each is found."""

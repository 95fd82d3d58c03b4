"""Who stands behind each addressee that a policy names. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from contracts.events.base import Event
from contracts.events.batch import BatchOpened
from contracts.events.review import ReportAnswered, ReportReceived
from contracts.events.task import RungReached, TaskOpened
from contracts.policy.model import Policy
from services.notices.casefile import CaseFile
from services.notices.letters import Addressee, Kind

DEPARTMENT = ("DEPT_OFFICER", "DEPT_HEAD")
DISCIPLINE = ("DISC_OFFICER", "DISC_HEAD")
"""The discipline group as a body. Its people hold their roles for a district, for no unit."""
LEAD = "UFWD"
"""The lead department (统战部): told of what is late beyond its own unit."""

HEADS = {
    "DEPT_OFFICER": "DEPT_HEAD",
    "DEPT_HEAD": "DEPT_HEAD",
    "DISC_OFFICER": "DISC_HEAD",
    "DISC_HEAD": "DISC_HEAD",
    "EVALUATOR": "PANEL_CHAIR",
    "PANEL_MEMBER": "PANEL_CHAIR",
    "PANEL_CHAIR": "PANEL_CHAIR",
}
"""Who heads the unit of a task's role. For other roles the lead department is told: nobody goes untold."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event that is read, the case before and after it, and the policy that decides the case."""

    event: Event
    before: CaseFile
    after: CaseFile
    policy: Policy


def addressed(name: str, occasion: Occasion) -> tuple[Addressee, ...]:
    """Who `name` is on this occasion; KeyError for a name that no letter can be addressed to."""
    return RESOLVERS[name](occasion)


def _nominating_bodies(o: Occasion) -> tuple[Addressee, ...]:
    districts = o.event.districts if isinstance(o.event, BatchOpened) else ()
    return tuple(Addressee(kind=Kind.ROLE, roles=("NOMINATOR",), district=district) for district in districts)


def _nominator(o: Occasion) -> tuple[Addressee, ...]:
    unit = o.after.nominating_unit
    return (Addressee(kind=Kind.UNIT, roles=("NOMINATOR",), unit=unit, district=o.after.district),)


def _nominee(o: Occasion) -> tuple[Addressee, ...]:
    return (Addressee(kind=Kind.PERSON, person_id=o.after.person_id, district=o.after.district),)


def _department(o: Occasion) -> tuple[Addressee, ...]:
    return _departments(o, o.event.unit) if isinstance(o.event, TaskOpened) else ()


def _departments(o: Occasion, *units: str) -> tuple[Addressee, ...]:
    district = o.after.district
    return tuple(Addressee(kind=Kind.UNIT, roles=DEPARTMENT, unit=unit, district=district) for unit in units)


def _open_departments(o: Occasion) -> tuple[Addressee, ...]:
    # Everything open is cancelled in the same step, just before the case ends and for the same cause.
    cause = getattr(o.event, "cause", "")
    return _departments(o, *(unit for unit, why in o.after.cancelled.items() if why == cause))


def _role(role: str) -> Callable[[Occasion], tuple[Addressee, ...]]:
    return lambda o: (Addressee(kind=Kind.ROLE, roles=(role,), district=o.after.district),)


def _discipline_group(o: Occasion) -> tuple[Addressee, ...]:
    return (Addressee(kind=Kind.UNIT, roles=DISCIPLINE, district=o.after.district),)


def _task_owner(o: Occasion) -> tuple[Addressee, ...]:
    role = _owner(o)
    if role == "NOMINEE":
        return _nominee(o)
    return (Addressee(kind=Kind.ROLE, roles=(role,), unit=_unit(o), district=o.after.district),)


def _unit_head(o: Occasion) -> tuple[Addressee, ...]:
    role = HEADS.get(_owner(o), LEAD)
    unit = _unit(o) if role == "DEPT_HEAD" else ""
    return (Addressee(kind=Kind.ROLE, roles=(role,), unit=unit, district=o.after.district),)


def _owner(o: Occasion) -> str:
    kind = o.event.kind if isinstance(o.event, RungReached | TaskOpened) else ""
    return o.policy.task(kind).role


def _unit(o: Occasion) -> str:
    return o.event.unit if isinstance(o.event, RungReached | TaskOpened) else ""


def _public(o: Occasion) -> tuple[Addressee, ...]:
    return (Addressee(kind=Kind.PUBLIC, district=o.after.district),)


def _reporter(o: Occasion) -> tuple[Addressee, ...]:
    event = o.event
    if not isinstance(event, ReportReceived | ReportAnswered) or not event.signed:
        return ()
    # The report handler alone knows the reporter, and hands over what cannot be mailed.
    district = o.after.district
    return (Addressee(kind=Kind.REPORTER, report=event.report, roles=("REPORT_HANDLER",), district=district),)


RESOLVERS: dict[str, Callable[[Occasion], tuple[Addressee, ...]]] = {
    "nominating_bodies": _nominating_bodies,
    "nominator": _nominator,
    "unit": _nominator,
    "nominee": _nominee,
    "member": _nominee,
    "department": _department,
    "open_departments": _open_departments,
    "discipline_group": _discipline_group,
    "ufwd": _role(LEAD),
    "lead_deputy": _role(LEAD),
    "clerk": _role("COMMITTEE_CLERK"),
    "task_owner": _task_owner,
    "unit_head": _unit_head,
    "public": _public,
    "reporter": _reporter,
}
"""Every name that a written letter may be addressed to."""

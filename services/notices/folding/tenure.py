"""What a tenure tells its letters: who holds which seat. Pure."""

from typing import TypeAlias, assert_never, get_args

from contracts.events.base import Event
from contracts.events.removal import InvestigationEnded, InvestigationReported
from contracts.events.removal_review import PersonsBarred
from contracts.events.review import DepartmentClosed, FactDismissed, FactEnded, FactUnmatched, HitFound
from contracts.events.tenure import (
    AttendanceRecorded,
    DeathRecorded,
    LeadKept,
    MemberReEvaluated,
    MemberReinstated,
    PolicyAnnounced,
    ReEvaluationBegun,
    RemovalClosed,
    RemovalNoted,
    RemovalRaised,
    ResignationAsked,
    SeatRecorded,
    SeatRested,
    SeatResumed,
    SeatVacated,
    TenureOpened,
    VacancyClosed,
    VacancyNamed,
    YearsWanted,
)
from services.notices.casefile import CaseFile, Contact
from services.notices.folding.shared import Changes

_Recorded: TypeAlias = AttendanceRecorded | SeatRecorded | ResignationAsked | DeathRecorded | PolicyAnnounced
_Measured: TypeAlias = ReEvaluationBegun | MemberReEvaluated | DepartmentClosed
_Found: TypeAlias = HitFound | FactDismissed | FactEnded | FactUnmatched
_Removed: TypeAlias = RemovalRaised | RemovalNoted | RemovalClosed | SeatRested | SeatResumed | SeatVacated
_Vacant: TypeAlias = LeadKept | MemberReinstated | VacancyNamed | VacancyClosed
_Known: TypeAlias = PersonsBarred | YearsWanted | InvestigationReported | InvestigationEnded
TenureEvent: TypeAlias = TenureOpened | _Recorded | _Measured | _Found | _Removed | _Vacant | _Known
EVENTS: frozenset[type[Event]] = frozenset(get_args(TenureEvent))


def changes(file: CaseFile, event: TenureEvent) -> Changes:
    """What the event changes."""
    match event:
        case TenureOpened():
            member = event.private
            return {
                "person_id": event.person_id,
                "seat": event.seat,
                "person": Contact(name=member.name, firm=member.firm, email=member.email),
            }
        case DeathRecorded():
            return {"dead": True}
        case PersonsBarred() | AttendanceRecorded() | SeatRecorded() | ResignationAsked():
            return {}
        case PolicyAnnounced() | ReEvaluationBegun() | MemberReEvaluated() | DepartmentClosed():
            return {}
        case HitFound() | FactDismissed() | FactEnded() | FactUnmatched():
            return {}
        case RemovalRaised() | RemovalNoted() | RemovalClosed():
            return {}
        case InvestigationReported() | InvestigationEnded():
            return {}
        case SeatRested() | SeatResumed() | SeatVacated() | MemberReinstated():
            return {}
        case LeadKept() | VacancyNamed() | VacancyClosed() | YearsWanted():
            return {}
        case _:
            assert_never(event)


def needs(event: Event) -> bool:
    """Whether the sealed part of this event, which is given without it, is needed."""
    return isinstance(event, TenureOpened)

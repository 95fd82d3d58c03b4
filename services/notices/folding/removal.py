"""What the removal of a sitting member tells its letters: the member, and what is held against them. Pure."""

from typing import TypeAlias, assert_never, get_args

from contracts.events.base import Event
from contracts.events.removal import (
    DutySuspended,
    EarlierRemovalEnded,
    EarlierRemovalFound,
    InvestigationEnded,
    InvestigationReported,
    LeadJoined,
    LeadVerified,
    MemberRestored,
    RemovalOpened,
    ResignationTendered,
    ReviewAsked,
    ReviewHeard,
    SuspensionLifted,
    UrgentlyDecided,
    VacancyOpened,
)
from contracts.events.removal_review import PersonsBarred
from contracts.events.review import FactEnded, OpinionGiven, VotesCounted
from contracts.events.tenure import DeathRecorded, SeatRecorded
from services.notices.casefile import CaseFile, Contact
from services.notices.folding.shared import Changes

_Duty: TypeAlias = InvestigationReported | InvestigationEnded | DutySuspended | SuspensionLifted
_Finding: TypeAlias = LeadVerified | OpinionGiven | UrgentlyDecided | VotesCounted | FactEnded
_After: TypeAlias = ResignationTendered | MemberRestored | VacancyOpened | ReviewAsked | ReviewHeard
_Earlier: TypeAlias = EarlierRemovalEnded | EarlierRemovalFound | LeadJoined | PersonsBarred
RemovalEvent: TypeAlias = RemovalOpened | _Earlier | SeatRecorded | _Duty | _Finding | _After | DeathRecorded
EVENTS: frozenset[type[Event]] = frozenset(get_args(RemovalEvent))


def changes(file: CaseFile, event: RemovalEvent) -> Changes:
    """What the event changes."""
    match event:
        case RemovalOpened():
            return {
                "person_id": event.person_id,
                "seat": event.seat,
                "person": Contact(name=event.private.name),
                "lead": event.private.text,
                "other_seats": event.private.other_seats,
            }
        case EarlierRemovalEnded() | EarlierRemovalFound() | LeadJoined() | FactEnded() | PersonsBarred():
            return {}
        case SeatRecorded(other=other, until=until):
            others = tuple(one for one in file.other_seats if one.place != other.place)
            return {"other_seats": others if until else (*others, other)}
        case InvestigationReported() | InvestigationEnded() | DutySuspended() | SuspensionLifted():
            return {}
        case DeathRecorded():
            return {"dead": True}
        case LeadVerified() | OpinionGiven() | UrgentlyDecided() | VotesCounted():
            return {}
        case ResignationTendered() | MemberRestored() | VacancyOpened() | ReviewAsked() | ReviewHeard():
            return {}
        case _:
            assert_never(event)


def needs(event: Event) -> bool:
    """Whether the sealed part of this event, which is given without it, is needed."""
    return isinstance(event, RemovalOpened)

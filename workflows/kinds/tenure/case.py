"""What a tenure knows beyond what every case knows. It lives for years: what no rule asks any more is let go."""

from datetime import date
from typing import TypeAlias, assert_never, cast

from pydantic import Field

from contracts.base import Contract, Digest, Instant
from contracts.canonical import digest_of
from contracts.causes import Cause
from contracts.events import review, tenure
from contracts.events.base import Event
from contracts.matter import Attendance, OtherSeat
from contracts.nominee import Fact, Nominee
from contracts.vocabulary import CaseState, Seat, Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding

REMEMBERED = 12
"""Plenaries, and reported facts, that a tenure remembers: the latest."""


class Meeting(Contract):
    """A plenary, and whether the member was there."""

    meeting: str
    held_on: date
    attendance: Attendance


class HeldElsewhere(Contract):
    """Another seat of the member; `until` None while it is held."""

    other: OtherSeat
    since: date
    until: date | None


class Announced(Contract):
    """A version that decides from the next annual re-evaluation on."""

    policy: str
    policy_digest: Digest


class Vacated(Contract):
    """Why and since when the seat is vacant; `removal` decided it, if any case did."""

    state: CaseState
    cause: Cause
    since: date
    removal: str | None


class Tenure(Case):
    """One seat of one person, for one term."""

    stage: Stage = Stage.IN_OFFICE
    seat: Seat = Seat.EXECUTIVE
    member: Nominee | None = None
    began: date = date.max
    ends: date = date.max
    measured: Instant | None = None
    """When the latest re-evaluation began, or this case."""
    due_for: Cause = Cause.YEAR_OVER
    """Why the latest re-evaluation was due."""
    evaluated_until: Instant | None = None
    """Until when the evaluation is valid."""
    next_policy: Announced | None = None
    """The version announced last."""
    meetings: tuple[Meeting, ...] = ()
    """The latest, in the order of their days."""
    absent_until: date = date.min
    """The last meeting on which a lead of absence rests."""
    facts: tuple[Digest, ...] = ()
    """Of the latest reported facts, so that none counts twice."""
    hits: int = 0
    others: tuple[HeldElsewhere, ...] = ()
    leads: int = 0
    """How many removals this tenure has raised."""
    removals: tuple[str, ...] = ()
    """Those that are under way, as far as they were raised here or have spoken."""
    suspended: dict[str, Cause] = Field(default_factory=dict)
    """Why the member is suspended from duty, by the removal that suspended."""
    vacated: Vacated | None = None
    named_by: str | None = None
    """The batch that fills the vacancy."""
    filled: bool = False

    @property
    def announced(self) -> Announced | None:
        """The version that is to decide from the next annual re-evaluation on; None when it decides already."""
        following = self.next_policy
        return None if following is None or following.policy == self.policy else following


Work: TypeAlias = Draft[Tenure]
"""A step of a tenure in the making."""

_Seat: TypeAlias = (
    tenure.TenureOpened
    | tenure.AttendanceRecorded
    | tenure.SeatRecorded
    | tenure.PolicyAnnounced
    | tenure.ResignationAsked
    | tenure.DeathRecorded
)
_Measure: TypeAlias = (
    tenure.ReEvaluationBegun
    | tenure.MemberReEvaluated
    | review.HitFound
    | review.FactDismissed
    | review.FactUnmatched
    | review.DepartmentClosed
)
_Removal: TypeAlias = (
    tenure.RemovalRaised
    | tenure.SeatRested
    | tenure.SeatResumed
    | tenure.RemovalClosed
    | tenure.SeatVacated
    | tenure.MemberReinstated
    | tenure.VacancyNamed
    | tenure.VacancyClosed
)


def fold(case: Tenure, event: Event) -> Tenure:
    """What a tenure's own events do to it. The type checker refuses one that no line here names."""
    own = cast(_Seat | _Measure | _Removal, event)
    match own:
        case tenure.TenureOpened() | tenure.AttendanceRecorded() | tenure.SeatRecorded():
            return _held(case, own)
        case tenure.PolicyAnnounced() | tenure.ResignationAsked() | tenure.DeathRecorded():
            return _held(case, own)
        case tenure.ReEvaluationBegun() | tenure.MemberReEvaluated() | review.DepartmentClosed():
            return _measured(case, own)
        case review.HitFound() | review.FactDismissed() | review.FactUnmatched():
            return _measured(case, own)
        case tenure.RemovalRaised() | tenure.SeatRested() | tenure.SeatResumed() | tenure.RemovalClosed():
            return _removed(case, own)
        case tenure.SeatVacated() | tenure.MemberReinstated():
            return _removed(case, own)
        case tenure.VacancyNamed() | tenure.VacancyClosed():
            return _removed(case, own)
        case _:
            assert_never(own)


def _held(case: Tenure, event: _Seat) -> Tenure:
    match event:
        case tenure.TenureOpened():
            return case.but(
                person_id=event.person_id,
                seat=event.seat,
                member=event.private,
                content_digest=event.content_digest,
                began=event.began,
                ends=event.ends,
                evaluated_until=event.evaluated_until,
                measured=event.opened,
            )
        case tenure.AttendanceRecorded():
            one = Meeting(meeting=event.meeting, held_on=event.held_on, attendance=event.attendance)
            others = [m for m in case.meetings if m.meeting != one.meeting]
            latest = sorted([*others, one], key=lambda m: (m.held_on, m.meeting))[-REMEMBERED:]
            return case.but(meetings=tuple(latest))
        case tenure.SeatRecorded():
            held = HeldElsewhere(other=event.other, since=event.since, until=event.until)
            kept = tuple(one for one in case.others if one.other != event.other and one.until is None)
            return case.but(others=(*kept, held))
        case tenure.PolicyAnnounced(policy=policy, policy_digest=digest):
            return case.but(next_policy=Announced(policy=policy, policy_digest=digest))
        case tenure.ResignationAsked() | tenure.DeathRecorded():
            return case
        case _:
            assert_never(event)


def _measured(case: Tenure, event: _Measure) -> Tenure:
    match event:
        case tenure.ReEvaluationBegun(cause=cause, at=at):
            return case.but(measured=at, due_for=cause)
        case tenure.MemberReEvaluated(evaluated_until=until):
            return case.but(evaluated_until=until)
        case review.HitFound(hit=number, private=found):
            return case.but(hits=number, facts=_remember(case, found.fact))
        case review.FactDismissed(private=found) | review.FactUnmatched(private=found):
            return case.but(facts=_remember(case, found.fact))
        case review.DepartmentClosed():
            return case
        case _:
            assert_never(event)


def _removed(case: Tenure, event: _Removal) -> Tenure:
    match event:
        case tenure.RemovalRaised(removal=removal, until=until):
            absent = max(case.absent_until, until or date.min)
            return case.but(leads=case.leads + 1, removals=_with(case, removal), absent_until=absent)
        case tenure.SeatRested(removal=removal, cause=cause):
            return case.but(removals=_with(case, removal), suspended={**case.suspended, removal: cause})
        case tenure.SeatResumed(removal=removal):
            return case.but(suspended=_but(case, removal))
        case tenure.RemovalClosed(removal=removal):
            left = tuple(one for one in case.removals if one != removal)
            return case.but(removals=left, suspended=_but(case, removal))
        case tenure.SeatVacated():
            vacated = Vacated.model_validate(event.model_dump())
            left = tuple(one for one in case.removals if one != event.removal)
            return case.but(vacated=vacated, removals=left, suspended={})
        case tenure.MemberReinstated():
            return case.but(vacated=None, named_by=None, filled=False)
        case tenure.VacancyNamed(batch=batch):
            return case.but(named_by=batch)
        case tenure.VacancyClosed(nomination=nomination):
            return case.but(filled=nomination is not None)
        case _:
            assert_never(event)


def of_fact(fact: Fact) -> Digest:
    """What tells one fact from another: the item, whose it is, and the paper; the words may differ."""
    return digest_of({"item": fact.item, "subject": fact.subject_id, "paper": fact.document_no})


def _remember(case: Tenure, fact: Fact) -> tuple[Digest, ...]:
    one = of_fact(fact)
    return (*(other for other in case.facts if other != one), one)[-REMEMBERED:]


def _with(case: Tenure, removal: str) -> tuple[str, ...]:
    return case.removals if removal in case.removals else (*case.removals, removal)


def _but(case: Tenure, removal: str) -> dict[str, Cause]:
    return {one: cause for one, cause in case.suspended.items() if one != removal}


FOLDING = CaseFolding(Tenure, fold)

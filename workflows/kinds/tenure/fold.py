"""What the events of a tenure do to it; and what is let go, because no rule asks it any more."""

from datetime import date
from typing import TypeAlias, assert_never, cast

from contracts.base import Digest
from contracts.causes import Cause
from contracts.events import removal_review, review, tenure
from contracts.events.base import Event
from contracts.events.removal import InvestigationEnded, InvestigationReported
from contracts.nominee import Fact
from contracts.transition import Announced
from contracts.vocabulary import Stage
from workflows.kinds.tenure.case import (
    REMEMBERED,
    HeldElsewhere,
    Meeting,
    Tenure,
    Vacated,
)
from workflows.procedure.fold import CaseFolding

_Seat: TypeAlias = (
    tenure.TenureOpened
    | tenure.AttendanceRecorded
    | tenure.SeatRecorded
    | tenure.PolicyAnnounced
    | tenure.ResignationAsked
    | tenure.DeathRecorded
    | removal_review.PersonsBarred
)
_Measure: TypeAlias = (
    tenure.ReEvaluationBegun
    | tenure.MemberReEvaluated
    | review.HitFound
    | review.FactDismissed
    | review.FactEnded
    | review.FactUnmatched
    | review.DepartmentClosed
)
_Removal: TypeAlias = (
    tenure.RemovalRaised
    | tenure.RemovalNoted
    | tenure.LeadKept
    | tenure.SeatRested
    | tenure.SeatResumed
    | tenure.RemovalClosed
    | tenure.SeatVacated
    | tenure.MemberReinstated
    | tenure.VacancyNamed
    | tenure.VacancyClosed
    | InvestigationReported
    | InvestigationEnded
    | tenure.YearsWanted
)


def fold(case: Tenure, event: Event) -> Tenure:
    """What a tenure's own events do to it. The type checker refuses one that no line here names."""
    own = cast(_Seat | _Measure | _Removal, event)
    match own:
        case tenure.TenureOpened() | tenure.AttendanceRecorded() | tenure.SeatRecorded():
            return _held(case, own)
        case tenure.PolicyAnnounced() | tenure.ResignationAsked() | tenure.DeathRecorded():
            return _held(case, own)
        case removal_review.PersonsBarred():
            return _held(case, own)
        case tenure.ReEvaluationBegun() | tenure.MemberReEvaluated() | review.DepartmentClosed():
            return _measured(case, own)
        case review.HitFound() | review.FactDismissed() | review.FactUnmatched() | review.FactEnded():
            return _measured(case, own)
        case tenure.RemovalRaised() | tenure.SeatRested() | tenure.SeatResumed() | tenure.RemovalClosed():
            return _removed(case, own)
        case tenure.SeatVacated() | tenure.MemberReinstated() | tenure.RemovalNoted():
            return _removed(case, own)
        case tenure.VacancyNamed() | tenure.VacancyClosed() | tenure.LeadKept() | tenure.YearsWanted():
            return _removed(case, own)
        case InvestigationReported() | InvestigationEnded():
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
                recommended_by=event.recommended_by,
            )
        case tenure.AttendanceRecorded():
            one = Meeting(meeting=event.meeting, held_on=event.held_on, attendance=event.attendance)
            others = [m for m in case.meetings if m.meeting != one.meeting]
            latest = sorted([*others, one], key=lambda m: (m.held_on, m.meeting))[-REMEMBERED:]
            remembered = {m.meeting for m in latest}
            answered = tuple(m for m in case.answered if m in remembered)
            return case.but(meetings=tuple(latest), answered=answered)
        case tenure.SeatRecorded():
            held = HeldElsewhere(other=event.other, since=event.since, until=event.until)
            kept = tuple(one for one in case.others if one.other != event.other and one.until is None)
            return case.but(others=(*kept, held))
        case tenure.PolicyAnnounced(policy=policy, policy_digest=digest):
            return case.but(next_policy=Announced(policy=policy, policy_digest=digest))
        case removal_review.PersonsBarred(persons=persons):
            return case.but(barred=(*case.barred, *persons))
        case tenure.DeathRecorded(document_digest=digest):
            return case.but(death_paper=digest)
        case tenure.ResignationAsked():
            return case
        case _:
            assert_never(event)


def _measured(case: Tenure, event: _Measure) -> Tenure:
    match event:
        case tenure.ReEvaluationBegun(cause=cause, at=at):
            return _let_go(case.but(measured=at, due_for=cause, cut_short=False))
        case tenure.MemberReEvaluated(evaluated_until=until):
            return case.but(evaluated_until=until)
        case review.HitFound(hit=number, private=found):
            numbers = {**case.numbers, found.fact.key: number}
            standing = dict([*case.standing.items(), (number, found.fact)][-REMEMBERED:])
            facts = _remember(case, found.fact)
            return case.but(hits=number, numbers=numbers, standing=standing, facts=facts)
        case review.FactUnmatched(private=found):
            return case.but(facts=_remember(case, found.fact))
        case review.FactDismissed():
            # It rests on what was said of it, which may be corrected on the same paper: looked at again when it comes.
            return case
        case review.FactEnded(cause=cause, private=found):
            key = found.fact.key
            never = cause == "set-aside"
            kept = tuple(one for one in case.kept if not (never and one.private.fact == key))
            rests = any(one.private.fact == key for one in kept)
            return case.but(
                facts=tuple(one for one in case.facts if one != key),
                standing={hit: fact for hit, fact in case.standing.items() if fact.key != key},
                kept=kept,
                ended_of_kept=(*case.ended_of_kept, event) if rests else case.ended_of_kept,
            )
        case review.DepartmentClosed():
            return case
        case _:
            assert_never(event)


def _removed(case: Tenure, event: _Removal) -> Tenure:
    match event:
        case tenure.RemovalRaised(removal=removal):
            raised = case.but(leads=case.leads + 1, removals=_with(case, removal))
            if event.source == "hit":
                # Before it was named, a fact raised a removal in the step in which it was found.
                return raised.but(grounds={**case.grounds, event.hit or case.hits: removal})
            if event.meetings:
                return raised.but(answered=(*case.answered, *event.meetings))
            return raised.but(absent_until=max(case.absent_until, event.until or date.min))
        case tenure.RemovalNoted(removal=removal):
            return case.but(removals=_with(case, removal))
        case tenure.LeadKept():
            return case.but(kept=(*case.kept, event))
        case tenure.SeatRested(removal=removal, cause=cause):
            # The chair meeting may answer when the removal in which it was asked is over.
            removals = case.removals if removal in case.past else _with(case, removal)
            return case.but(removals=removals, suspended={**case.suspended, removal: cause})
        case tenure.SeatResumed(removal=removal):
            return case.but(suspended=_but(case, removal))
        case tenure.RemovalClosed(removal=removal, suspended=cause):
            left = tuple(one for one in case.removals if one != removal)
            resting = {removal: cause} if cause else {}
            suspended = {**_but(case, removal), **resting}
            left_behind = _outlasts(case, event)
            return left_behind.but(removals=left, past=(*case.past, removal), suspended=suspended)
        case tenure.SeatVacated():
            vacated = Vacated.model_validate(event.model_dump())
            left = tuple(one for one in case.removals if one != event.removal)
            past = (*case.past, *filter(None, (event.removal,)))
            cut_short = case.cut_short or case.stage is Stage.RE_EVALUATION
            return case.but(
                vacated=vacated,
                removals=left,
                past=past,
                suspended=_but(case, event.removal),
                cut_short=cut_short,
            )
        case tenure.MemberReinstated(removal=removal, suspended=cause):
            resting = {**_but(case, removal), **({removal: cause} if cause else {})}
            again = _outlasts(case, event)
            return again.but(
                vacated=None, named_by=None, filled=False, suspended=resting, kept=(), ended_of_kept=()
            )
        case InvestigationReported(cause=cause, removal=removal):
            known = case.investigated.get(str(removal), ())
            return case.but(investigated={**case.investigated, str(removal): (*known, cause)})
        case InvestigationEnded(cause=cause):
            return case.but(investigated=_without(case.investigated, cause))
        case tenure.YearsWanted(case=case_id):
            return case.but(hearers=(*case.hearers, case_id))
        case tenure.VacancyNamed(batch=batch):
            return case.but(named_by=batch)
        case tenure.VacancyClosed(nomination=nomination):
            return case.but(filled=nomination is not None)
        case _:
            assert_never(event)


def _let_go(case: Tenure) -> Tenure:
    """With each re-evaluation the closed tasks before it go, and the years of the calendar in which nothing counts now.

    Two people sign within one re-evaluation and within one vacancy; none of its rules asks who signed in an earlier.
    """
    open_ones = {task.id: task for task in case.open_tasks()}
    last = case.measured.year if case.measured else 0
    return case.but(tasks=open_ones, years=tuple(year for year in case.years if year.year >= last - 1))


def _remember(case: Tenure, fact: Fact) -> tuple[Digest, ...]:
    one = fact.key
    return (*(other for other in case.facts if other != one), one)[-REMEMBERED:]


def _outlasts(case: Tenure, event: tenure.RemovalClosed | tenure.MemberReinstated) -> Tenure:
    """What the removal leaves of detention and investigation is known until it is over."""
    left = {one: causes for one, causes in case.investigated.items() if one != event.removal}
    return case.but(investigated={**left, event.removal: event.investigated} if event.investigated else left)


def _without(investigated: dict[str, tuple[Cause, ...]], cause: Cause) -> dict[str, tuple[Cause, ...]]:
    left = {one: tuple(c for c in causes if c is not cause) for one, causes in investigated.items()}
    return {one: causes for one, causes in left.items() if causes}


def _with(case: Tenure, removal: str) -> tuple[str, ...]:
    return case.removals if removal in case.removals else (*case.removals, removal)


def _but(case: Tenure, removal: str | None) -> dict[str, Cause]:
    return {one: cause for one, cause in case.suspended.items() if one != removal}


FOLDING = CaseFolding(Tenure, fold)

"""The acts of a tenure beside its tasks: how it opens, what is recorded of the member, and what the member asks."""

from datetime import date

from contracts.canonical import digest_of
from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.tenure import AnnouncePolicy, OpenTenure, RecordDeath, RecordSeat, Resign
from contracts.events.conflict import Conflict
from contracts.events.tenure import (
    DeathRecorded,
    PolicyAnnounced,
    ResignationAsked,
    SeatRecorded,
    TenureOpened,
    Wish,
)
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.tenure.case import HeldElsewhere, Work
from workflows.kinds.tenure.leads import raise_removal, seats_of
from workflows.kinds.tenure.seat import vacate
from workflows.passages.barring import bar
from workflows.procedure.case import calendar_of
from workflows.procedure.recusal import stand_aside
from workflows.procedure.rights import may_ask
from workflows.rules.calendar import local_day, same_date
from workflows.rules.deadlines import MONTHS
from workflows.rules.verdict import Refused


def open_tenure(draft: Work, opening: OpenTenure) -> None:
    """The seat is held from its first day on; the term is the policy's unless the opening says when it ends."""
    term = seats_of(draft.policy).term
    draft.emit(
        TenureOpened(
            person_id=opening.person_id,
            seat=opening.seat,
            began=opening.began,
            ends=opening.ends or same_date(opening.began, term.n * MONTHS[term.unit]),
            evaluated_until=opening.evaluated_until,
            nomination=opening.nomination,
            opened=draft.now,
            recommended_by=opening.recommended_by,
            content_digest=digest_of(opening.member.model_dump(mode="json")),
            private=opening.member,
        )
    )
    bar(draft, opening.barred)
    draft.know(opening.calendar_years)
    draft.enter(Stage.IN_OFFICE)
    for tie in opening.ties:
        stand_aside(draft, tie.person_id, Conflict(ground=tie.ground, reason=tie.reason), tie.roles)


def may_record(
    draft: Work, command: Command, day: date | None = None, *, outlasts: bool = False
) -> Refused | None:
    """Whether this may be asked of this seat: by whom, while it is held, and of no day that lies ahead.

    What another case owes was decided there: of it nobody's role is asked. `outlasts`: it matters as well when the
    member has a seat again that is vacant now.
    """
    case = draft.case
    if command.claim.owed_by is None:
        verdict = may_ask(command.actor, case, command.act, draft.policy)
        if isinstance(verdict, Refused):
            return verdict
    if not (case.occupied or (outlasts and case.may_return)):
        return Refused(RefusalCode.CASE_ENDED, say("seat-vacant" if case.may_return else "seat-empty"))
    if day is not None and day > today(draft):
        return Refused(RefusalCode.DATE_OUT_OF_RANGE, say("day-ahead", day=day))
    return None


def record_seat(draft: Work, command: RecordSeat) -> Refused | None:
    """Another seat is kept up to date, here and in open removals. Losing it changes nothing here (§8.4)."""
    refused = may_record(draft, command, command.until or command.since, outlasts=True)
    if refused is not None:
        return refused
    if command.until is not None and command.until < command.since:
        return Refused(RefusalCode.DATE_OUT_OF_RANGE, say("seat-ends-after-it-begins").at("since"))
    held = HeldElsewhere(other=command.other, since=command.since, until=command.until)
    if held not in draft.case.others:
        draft.emit(SeatRecorded(**dict(held)))
        draft.owe_tell(CaseKind.REMOVAL, draft.case.removals, command)
    return None


def resign(draft: Work, command: Resign) -> Refused | None:
    """The member's wish opens a removal, where it is looked at whether it may be accepted (R07)."""
    refused = may_record(draft, command)
    if refused is not None:
        return refused
    draft.emit(ResignationAsked(private=Wish(reason=command.reason)))
    raise_removal(draft, "own-wish", command.reason)
    return None


def record_death(draft: Work, command: RecordDeath) -> Refused | None:
    """The seat is vacant; whatever ran about the person stops, its removals included, and what those that ended still
    ask: a review, a suspension.
    """
    refused = may_record(draft, command, command.died_on, outlasts=True)
    if refused is not None:
        return refused
    draft.emit(DeathRecorded(died_on=command.died_on, document_digest=command.document_digest))
    told_by, vacated = command.claim.owed_by, draft.case.vacated
    know = (*draft.case.removals, *draft.case.past)
    others = tuple(one for one in know if told_by is None or one != told_by.case_id)
    draft.owe_tell(CaseKind.REMOVAL, others, command)
    if vacated is None:
        vacate(draft, CaseState.DECEASED, Cause.DEATH, command.died_on)
    return None


def announce_policy(draft: Work, command: AnnouncePolicy) -> Refused | None:
    """Another version decides from the next annual re-evaluation on (SC-11). The batch of the term alone tells it.

    It tells it once: also while the seat is vacant, as the member may have it again.
    """
    if command.claim.owed_by is None:
        return Refused(RefusalCode.WRONG_ROLE, say("version-once"))
    if draft.case.ended:
        return Refused(RefusalCode.CASE_ENDED, say("seat-empty"))
    draft.emit(PolicyAnnounced(policy=command.policy, policy_digest=command.policy_digest))
    return None


def today(draft: Work) -> date:
    """The day in the calendar's zone."""
    return local_day(draft.now, calendar_of(draft.case, draft.policy))

"""ST00 and ST01: opening a batch, its nomination window, its rosters, its election. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contracts.commands.fanout import TellCases

from contracts.base import Contract, Instant
from contracts.commands.batch import CallElection, LoadCalendar, OpenBatch, OpenCase, SubmitRoster
from contracts.commands.case import LoadCaseCalendar, ScheduleElection
from contracts.events.base import Event
from contracts.events.batch import BatchCalendarLoaded, BatchOpened, ElectionCalled, RosterAccepted
from contracts.policy.model import Calendar, CalendarYear, Policy
from contracts.refusals import RefusalCode
from workflows.rules import deadlines
from workflows.rules.calendar import local_day
from workflows.rules.verdict import Refused


class Batch(Contract):
    """What a batch's workflow knows. `to_start` and `to_tell` are accepted and recorded, not yet carried out."""

    opening: OpenBatch
    nomination_closes: Instant | None = None
    opened: Instant | None = None
    cut_off: date = date.max
    rosters: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    election_at: Instant | None = None
    years: tuple[CalendarYear, ...] = ()
    to_start: tuple[OpenCase, ...] = ()
    to_tell: tuple[TellCases, ...] = ()


@dataclass(frozen=True)
class BatchStep:
    """The event of one decision and the batch after it."""

    event: Event
    batch: Batch


def calendar_of(batch: Batch, policy: Policy) -> Calendar:
    """The policy's calendar with the years loaded since."""
    return policy.calendar.model_copy(update={"years": policy.calendar.years + batch.years})


def open_batch(command: OpenBatch, policy: Policy, now: datetime) -> BatchStep:
    """Freeze policy, districts and cut-off date; the nomination window starts now (ST00, ST01)."""
    closes = deadlines.due(now, policy.limits["nomination"], policy.calendar).at
    # The window closes at 24:00, which belongs to the day before that instant.
    last_day = local_day((closes or now) - timedelta(microseconds=1), policy.calendar)
    cut_off = command.cut_off or last_day
    batch = Batch(opening=command, nomination_closes=closes, opened=now, cut_off=cut_off)
    event = BatchOpened(
        title=command.title,
        districts=command.districts,
        policy=command.policy,
        policy_digest=command.policy_digest,
        nomination_closes=closes,
        cut_off=cut_off,
    )
    return BatchStep(event, batch)


def submit_roster(batch: Batch, command: SubmitRoster, now: datetime) -> BatchStep | Refused:
    """Take every row or none: known districts, no case twice, in the window or with a named approver."""
    for entry in command.entries:
        if entry.district not in batch.opening.districts:
            known = ", ".join(batch.opening.districts)
            return Refused(RefusalCode.DISTRICT_UNKNOWN, f"district {entry.district} is not one of {known}")
    ids = [entry.case_id for entry in command.entries]
    if len(set(ids)) < len(ids) or set(ids) & set(batch.cases):
        return Refused(RefusalCode.ROSTER_KNOWN, "somebody on this roster is nominated in this batch already")
    closes = batch.nomination_closes
    late = closes is None or now >= closes
    if late and command.late_approval is None:
        return Refused(
            RefusalCode.NOMINATION_CLOSED, f"nomination closed at {closes}; a late roster needs an approver"
        )
    if late and command.late_approval == command.actor.person_id:
        return Refused(RefusalCode.SAME_PERSON, "the approver of a late roster must be another person")
    opening = batch.opening
    starts = tuple(
        OpenCase(
            batch_id=opening.batch_id,
            entry=entry,
            policy=opening.policy,
            policy_digest=opening.policy_digest,
            cut_off=batch.cut_off,
            late=late,
            command_id=command.command_id,
            actor_account_id=command.actor.account_id,
            actor_person_id=command.actor.person_id,
            calendar_years=batch.years,
        )
        for entry in command.entries
    )
    event = RosterAccepted(
        roster_digest=command.roster_digest,
        cases=tuple(ids),
        late_approval=command.late_approval if late else None,
    )
    after = batch.model_copy(
        update={
            "cases": (*batch.cases, *ids),
            "rosters": (*batch.rosters, command.roster_digest),
            "to_start": (*batch.to_start, *starts),
        }
    )
    return BatchStep(event, after)


def call_election(batch: Batch, command: CallElection, now: datetime) -> BatchStep | Refused:
    """Set or move the election; it lies ahead (nobody may set a date in the past, SOD-11)."""
    if command.election_at <= now:
        return Refused(RefusalCode.ELECTION_TOO_EARLY, "the election must lie ahead")
    word = ScheduleElection(
        command_id=command.command_id,
        actor=command.actor,
        body_digest=command.body_digest,
        election_at=command.election_at,
    )
    after = batch.model_copy(update={"election_at": command.election_at})
    return BatchStep(ElectionCalled(election_at=command.election_at), _tell(after, election=word))


def load_calendar(batch: Batch, command: LoadCalendar, policy: Policy) -> BatchStep | Refused:
    """Take a newly published year once and hand it to the cases."""
    if command.year.year in {year.year for year in calendar_of(batch, policy).years}:
        return Refused(RefusalCode.CALENDAR_KNOWN, f"the calendar of {command.year.year} is loaded already")
    word = LoadCaseCalendar(
        command_id=command.command_id, actor=command.actor, body_digest=command.body_digest, year=command.year
    )
    after = batch.model_copy(update={"years": (*batch.years, command.year)})
    if after.nomination_closes is None and after.opened is not None:
        closes = deadlines.due(after.opened, policy.limits["nomination"], calendar_of(after, policy)).at
        after = after.model_copy(update={"nomination_closes": closes})
    return BatchStep(BatchCalendarLoaded(year=command.year), _tell(after, calendar=word))


def _tell(
    batch: Batch, *, election: ScheduleElection | None = None, calendar: LoadCaseCalendar | None = None
) -> Batch:
    if not batch.cases:
        return batch
    word = TellCases(case_ids=batch.cases, election=election, calendar=calendar)
    return batch.model_copy(update={"to_tell": (*batch.to_tell, word)})

"""ST00 and ST01: a batch, its nomination window, its rosters, its election. A case without tasks."""

from contracts.case import CaseKind
from contracts.commands.base import Command
from contracts.commands.batch import (
    AdmitRoster,
    AnnounceVersion,
    CallElection,
    CutQuota,
    DeclareTie,
    ImportIndexes,
    ImportSeats,
    LoadCalendar,
    NominationLeft,
    OpenBatch,
    SeatTaken,
    SubmitRoster,
    TurnRosterDown,
)
from contracts.commands.case import LoadCaseCalendar
from contracts.commands.nomination import RejectForQuota, ScheduleElection
from contracts.commands.policy import ApplyPolicy
from contracts.events.batch import (
    BatchCalendarLoaded,
    BatchOpened,
    ElectionCalled,
    QuotaCut,
)
from contracts.events.case import Correction
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.batch import indexes, rosters, seats, ties, transition, window
from workflows.kinds.batch.case import FOLDING, Work
from workflows.procedure.case import calendar_of, with_year
from workflows.procedure.decider import without_tasks
from workflows.rules import election_day
from workflows.rules.calendars import year_fault
from workflows.rules.verdict import Refused

TAKEN = frozenset(
    {
        "submit-roster",
        "import-seats",
        "import-indexes",
        "declare-tie",
        "announce-version",
        "call-election",
        "cut-quota",
        "load-calendar",
    }
)
"""What may be asked of a batch that is open."""


def begin(work: Work, opening: OpenBatch) -> Refused | None:
    """Freeze policy, districts and cut-off date; the nomination window starts now (ST00, ST01)."""
    policy, now = work.policy, work.now
    if policy.level_of(opening.districts) is None:
        return Refused(RefusalCode.DISTRICT_UNKNOWN, say("districts-one-level"))
    for code in opening.districts:
        own = policy.district(code).version
        if own not in {None, policy.version}:
            return Refused(
                RefusalCode.POLICY_OF_DISTRICT,
                say("policy-of-district", district=code, policy=own).at("districts"),
            )
    calendar = policy.running_in(policy.calendar, opening.districts)
    refused = window.cut_off_fault(opening.cut_off, now, policy, calendar) if opening.cut_off else None
    if refused is not None:
        return refused
    closes = window.closes(now, policy, calendar)
    work.emit(
        BatchOpened(
            title=opening.title,
            districts=opening.districts,
            level=policy.level_of(opening.districts),
            policy=opening.policy,
            policy_digest=opening.policy_digest,
            opened=now,
            nomination_closes=closes,
            cut_off=opening.cut_off or window.default_cut_off(now, closes, calendar),
            cut_off_named=opening.cut_off is not None,
            fills=opening.fills,
        )
    )
    seats.name_vacancies(work, opening.fills)
    return None


def take(work: Work, command: Command) -> Refused | None:
    """Take what is asked, or say why not."""
    if command.act in TAKEN and not _may_ask(command, work.policy):
        return Refused(RefusalCode.WRONG_ROLE, say("not-for-your-roles", act=command.act))
    match command:
        case SubmitRoster():
            return rosters.submit(work, command)
        case AdmitRoster():
            return rosters.admit(work, command)
        case TurnRosterDown():
            return rosters.turn_down(work, command)
        case ImportSeats():
            return seats.take_in(work, command)
        case ImportIndexes():
            return indexes.take_in(work, command)
        case SeatTaken():
            return seats.register(work, command)
        case NominationLeft():
            return rosters.left(work, command)
        case DeclareTie():
            return ties.declare(work, command)
        case AnnounceVersion():
            return seats.announce(work, command)
        case CallElection():
            return call_election(work, command)
        case CutQuota():
            return cut_quota(work, command)
        case ApplyPolicy():
            return transition.take(work, command)
        case LoadCalendar():
            return load_calendar(work, command)
        case _:
            return Refused(
                RefusalCode.UNKNOWN_ACT, say("act-not-taken", kind=CaseKind.BATCH, act=command.act)
            )


def _may_ask(command: Command, policy: Policy) -> bool:
    """A batch is of no one district: any grant of the role will do."""
    roles = policy.askers(command.act)
    return any(grant.role in roles for grant in command.actor.grants)


def call_election(work: Work, command: CallElection) -> Refused | None:
    """Set or move the election; it lies ahead (nobody may set a date in the past, SOD-11), and not beyond all plans."""
    if command.election_at <= work.now:
        return Refused(RefusalCode.ELECTION_TOO_EARLY, say("election-ahead").at("election_at"))
    within = work.policy.election.called_within
    if election_day.beyond(work.now, within, command.election_at, work.policy.calendar):
        return Refused(
            RefusalCode.ELECTION_TOO_LATE,
            say("election-within", n=within.n, unit=within.unit).at("election_at"),
        )
    work.emit(ElectionCalled(election_at=command.election_at))
    word = ScheduleElection(claim=command.claim, election_at=command.election_at)
    work.owe_tell(CaseKind.NOMINATION, work.state.cases, word)
    return None


def cut_quota(work: Work, command: CutQuota) -> Refused | None:
    """Who finds no place in the committee's new order is told so; whether they were approved their cases know."""
    order, known = command.order, set(work.state.cases)
    if len(set(order)) < len(order) or not set(order) <= known:
        return Refused(RefusalCode.FORM_INVALID, say("order-once").at("order"))
    surplus = order[command.places :]
    work.emit(
        QuotaCut(places=command.places, order=order, surplus=surplus, minutes_digest=command.minutes_digest)
    )
    word = RejectForQuota(claim=command.claim, minutes_digest=command.minutes_digest)
    work.owe_tell(CaseKind.NOMINATION, surplus, word)
    return None


def load_calendar(work: Work, command: LoadCalendar) -> Refused | None:
    """Take a year that is new or corrected, count the window anew, never to an earlier end, and tell the cases."""
    batch, calendar = work.state, calendar_of(work.state, work.policy)
    refused = year_fault(command.year, command.reason, calendar)
    if refused is not None:
        return refused
    opened = batch.opened or work.now
    by_now = calendar.model_copy(update={"years": with_year(calendar.years, command.year)})
    shown, cut_off = batch.nomination_closes, batch.cut_off
    closings = (shown, window.closes(opened, work.policy, by_now))
    closes = max((one for one in closings if one is not None), default=None)
    if closes != shown:
        cut_off = cut_off if batch.cut_off_named else window.default_cut_off(opened, closes, by_now)
        closes = window.open_today(closes, shown, by_now, work.now)
    why = Correction(reason=command.reason) if command.reason else None
    work.emit(BatchCalendarLoaded(year=command.year, nomination_closes=closes, cut_off=cut_off, private=why))
    word = LoadCaseCalendar(claim=command.claim, year=command.year, reason=command.reason, cut_off=cut_off)
    work.owe_tell(CaseKind.NOMINATION, batch.cases, word)
    work.owe_tell(CaseKind.TENURE, batch.tenures, word)
    work.owe_tell(CaseKind.LATE_ROSTER, tuple(batch.held), word)
    return None


def faults(policy: Policy) -> list[str]:
    """Where the policy and the code disagree about a batch."""
    said = {act.code for act in policy.acts}
    found = [f"act {act}: the policy does not say who may ask for it" for act in sorted(TAKEN - said)]
    if window.WINDOW not in policy.limits:
        found.append(f"limit {window.WINDOW}: the code names it, the policy has none")
    return [f"batch: {one}" for one in found]


DECIDER = without_tasks(FOLDING, begin, take)
"""A batch never ends by itself: it is closed with its archive."""

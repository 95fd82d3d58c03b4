"""ST00 and ST01: a batch, its nomination window, its rosters, its election. A case without tasks."""

from datetime import datetime, timedelta

from contracts.actor import SYSTEM
from contracts.case import CaseKind
from contracts.commands.base import Command
from contracts.commands.batch import (
    AdmitRoster,
    CallElection,
    CutQuota,
    ImportIndexes,
    ImportSeats,
    LoadCalendar,
    OpenBatch,
    SeatTaken,
    SubmitRoster,
    TurnRosterDown,
)
from contracts.commands.case import LoadCaseCalendar
from contracts.commands.nomination import RejectForQuota, ScheduleElection
from contracts.commands.opening import Resume
from contracts.events.batch import (
    BatchCalendarLoaded,
    BatchOpened,
    ElectionCalled,
    QuotaCut,
)
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from workflows.kinds.batch import indexes, rosters, seats
from workflows.kinds.batch.case import FOLDING, Batch, Work
from workflows.procedure.case import calendar_of
from workflows.procedure.decider import Decider
from workflows.procedure.step import Making, Step, signer_of
from workflows.rules import deadlines, election_day
from workflows.rules.calendar import local_day
from workflows.rules.verdict import Refused

WINDOW = "nomination"
"""The limit that is the length of the nomination window."""


TAKEN = frozenset(
    {"submit-roster", "import-seats", "import-indexes", "call-election", "cut-quota", "load-calendar"}
)
"""What may be asked of a batch that is open."""


def begin(batch: Batch, opening: OpenBatch, policy: Policy, now: datetime) -> Step[Batch]:
    """Freeze policy, districts and cut-off date; the nomination window starts now (ST00, ST01)."""
    work = Making(FOLDING, batch, policy, now, signer_of(opening), opening.claim)
    closes = deadlines.due(now, policy.limits[WINDOW], policy.calendar).at
    # The window closes at 24:00, which belongs to the day before that instant.
    last_day = local_day((closes or now) - timedelta(microseconds=1), policy.calendar)
    work.emit(
        BatchOpened(
            title=opening.title,
            districts=opening.districts,
            policy=opening.policy,
            policy_digest=opening.policy_digest,
            opened=now,
            nomination_closes=closes,
            cut_off=opening.cut_off or last_day,
            fills=opening.fills,
        )
    )
    seats.name_vacancies(work, opening.fills)
    return work.step()


def decide(batch: Batch, command: Command, policy: Policy, now: datetime) -> Step[Batch] | Refused:
    """The step that the command leads to, or why it is refused."""
    work = Making(FOLDING, batch, policy, now, signer_of(command), command.claim)
    return _taken(work, command) or work.step()


def _taken(work: Work, command: Command) -> Refused | None:
    if command.act in TAKEN and not _may_ask(command, work.policy):
        return Refused(RefusalCode.WRONG_ROLE, f"{command.act} is not for the roles of whoever asks")
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
        case CallElection():
            return call_election(work, command)
        case CutQuota():
            return cut_quota(work, command)
        case LoadCalendar():
            return load_calendar(work, command)
        case _:
            return Refused(RefusalCode.UNKNOWN_ACT, f"a batch takes no {command.act}")


def _may_ask(command: Command, policy: Policy) -> bool:
    """A batch is of no one district: any grant of the role will do."""
    roles = policy.askers(command.act)
    return any(grant.role in roles for grant in command.actor.grants)


def call_election(work: Work, command: CallElection) -> Refused | None:
    """Set or move the election; it lies ahead (nobody may set a date in the past, SOD-11), and not beyond all plans."""
    if command.election_at <= work.now:
        return Refused(RefusalCode.ELECTION_TOO_EARLY, "the election must lie ahead")
    within = work.policy.election.called_within
    if election_day.beyond(work.now, within, command.election_at, work.policy.calendar):
        return Refused(RefusalCode.ELECTION_TOO_LATE, f"not more than {within.n} {within.unit} ahead")
    work.emit(ElectionCalled(election_at=command.election_at))
    word = ScheduleElection(claim=command.claim, election_at=command.election_at)
    work.owe_tell(CaseKind.NOMINATION, work.state.cases, word)
    return None


def cut_quota(work: Work, command: CutQuota) -> Refused | None:
    """Who finds no place in the committee's new order is told so; whether they were approved their cases know."""
    order, known = command.order, set(work.state.cases)
    if len(set(order)) < len(order) or not set(order) <= known:
        return Refused(RefusalCode.FORM_INVALID, "order: names each case of this batch at most once")
    surplus = order[command.places :]
    work.emit(
        QuotaCut(places=command.places, order=order, surplus=surplus, minutes_digest=command.minutes_digest)
    )
    word = RejectForQuota(claim=command.claim, minutes_digest=command.minutes_digest)
    work.owe_tell(CaseKind.NOMINATION, surplus, word)
    return None


def load_calendar(work: Work, command: LoadCalendar) -> Refused | None:
    """Take a newly published year once and hand it to the cases and the seats."""
    year, calendar = command.year, calendar_of(work.state, work.policy)
    if year.year in {known.year for known in calendar.years}:
        return Refused(RefusalCode.CALENDAR_KNOWN, f"the calendar of {year.year} is loaded already")
    closes = work.state.nomination_closes
    if closes is None and work.state.opened is not None:
        longer = calendar.model_copy(update={"years": (*calendar.years, year)})
        closes = deadlines.due(work.state.opened, work.policy.limits[WINDOW], longer).at
    work.emit(BatchCalendarLoaded(year=year, nomination_closes=closes))
    word = LoadCaseCalendar(claim=command.claim, year=year)
    work.owe_tell(CaseKind.NOMINATION, work.state.cases, word)
    work.owe_tell(CaseKind.TENURE, work.state.tenures, word)
    return None


def faults(policy: Policy) -> list[str]:
    """Where the policy and the code disagree about a batch."""
    said = {act.code for act in policy.acts}
    found = [f"act {act}: the policy does not say who may ask for it" for act in sorted(TAKEN - said)]
    if WINDOW not in policy.limits:
        found.append(f"limit {WINDOW}: the code names it, the policy has none")
    return [f"batch: {one}" for one in found]


def blank(opening: OpenBatch | Resume) -> Batch:
    """The batch before its first event."""
    return Batch(
        case_id=opening.target,
        parent=opening.target,
        district=opening.district,
        policy=opening.policy,
        policy_digest=opening.policy_digest,
    )


DECIDER = Decider(
    folding=FOLDING,
    blank=blank,
    begin=begin,
    decide=decide,
    wake=lambda batch, policy, now: Step((), batch, SYSTEM),
    next_instant=lambda batch, policy, now: None,
    # A batch never ends by itself: it is closed with its archive.
    closed=lambda batch: None,
)

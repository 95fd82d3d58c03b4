"""The tenure as one value: everything that the procedure needs to know of it."""

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.case import EndFact, LoadCaseCalendar, ReportFact, WantYears
from contracts.commands.nomination import KnowIndex
from contracts.commands.removal import ReportInvestigation, ReportRelease
from contracts.commands.tenure import (
    AnnouncePolicy,
    LeadReported,
    LinkedSeatLost,
    NameVacancy,
    RecordAttendance,
    RecordDeath,
    RecordSeat,
    RemovalBegun,
    Resign,
    SeatEnded,
    SeatKept,
    SeatLifted,
    SeatRestored,
    SeatSuspended,
)
from contracts.events.conflict import Conflict
from workflows.kinds.tenure import attendance, conduct, evaluation, findings, joining, seat
from workflows.kinds.tenure.again import AGAIN
from workflows.kinds.tenure.case import Tenure, Work
from workflows.kinds.tenure.fold import FOLDING
from workflows.passages.handing_on import hand_on, tell_tie
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Consequence, Kind


def calendar_came(draft: Work, command: LoadCaseCalendar) -> None:
    """The removals that are under way count by the same days, and so do terms in those that ended (R11).

    So do those of other seats that were begun because this one was lost, and that no case follows.
    """
    case = draft.case
    hand_on(
        draft, CaseKind.REMOVAL, tuple(dict.fromkeys((*case.removals, *case.past, *case.hearers))), command
    )


def tie_came(draft: Work, person: str, said: Conflict) -> None:
    """Whoever has one with the member has it in the removals of the seat, too (SOD-08): also in those that ended, as a
    review of them may be under way or still be asked for (R11).

    Those that begin from now on are opened with it, or told of it when they join.
    """
    tell_tie(draft, CaseKind.REMOVAL, (*draft.case.removals, *draft.case.past), person, said)


RESUMES: dict[Cause, Consequence[Tenure]] = {Cause.DEPARTMENT_SILENT: evaluation.OWNERS.again}

TENURE = Kind(
    name=CaseKind.TENURE,
    folding=FOLDING,
    # Nobody loses a seat because a hold ran out.
    signing={**evaluation.SIGNING, **seat.SIGNING, **common(RESUMES, may_lapse=False)},
    acts={
        RecordAttendance: attendance.record_attendance,
        RecordSeat: conduct.record_seat,
        ReportFact: findings.report_fact,
        EndFact: findings.end_fact,
        KnowIndex: findings.know_index,
        Resign: conduct.resign,
        RecordDeath: conduct.record_death,
        AnnouncePolicy: conduct.announce_policy,
        WantYears: joining.years_wanted,
        RemovalBegun: joining.begun,
        SeatSuspended: seat.suspended,
        SeatLifted: seat.lifted,
        SeatEnded: seat.ended,
        SeatKept: seat.kept,
        SeatRestored: seat.restored,
        ReportInvestigation: seat.known,
        ReportRelease: seat.released,
        LinkedSeatLost: seat.lost_elsewhere,
        LeadReported: seat.reported,
        NameVacancy: seat.named,
    },
    reached=evaluation.OWNERS.reached(),
    # The end of the term first: whose term is over is not re-evaluated at the same instant.
    awaited=(seat.TERM_END, evaluation.ADOPTION, evaluation.RE_EVALUATION),
    resumes=RESUMES,
    again=AGAIN,
    goes_on=evaluation.goes_on,
    calendar_came=calendar_came,
    tie_came=tie_came,
    limits=frozenset({evaluation.OWNERS.extension}),
    told=frozenset({ReportInvestigation, ReportRelease}),
)


DECIDER = of_kind(TENURE, conduct.open_tenure)

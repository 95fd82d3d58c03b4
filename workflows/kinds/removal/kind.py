"""The removal as one value: everything that the procedure needs to know of it."""

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.case import EndFact, KnownYears, LoadCaseCalendar
from contracts.commands.removal import (
    EarlierRemovalOver,
    KnownOfSeat,
    LeadMerged,
    LiftSuspension,
    ReportInvestigation,
    ReportRelease,
    ReviewDecided,
    Suspend,
    TenderResignation,
)
from contracts.commands.tenure import RecordDeath, RecordSeat
from contracts.events.conflict import Conflict
from contracts.events.removal import DutySuspended, SuspensionLifted
from workflows.kinds.removal import (
    aftermath,
    closing,
    elsewhere,
    entry,
    grounds,
    joining,
    meeting,
    merging,
    passing,
    resignation,
    reviews,
    service,
    stages,
    suspension,
)
from workflows.kinds.removal.again import AGAIN
from workflows.kinds.removal.case import FOLDING, Removal, Work
from workflows.passages.handing_on import hand_on, tell_tie
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Consequence, Kind
from workflows.procedure.letters import PRESUMED_SERVICE


def calendar_came(draft: Work, command: LoadCaseCalendar) -> None:
    """The review that is under way counts by the same days."""
    hand_on(draft, CaseKind.REVIEW, (draft.case.reviewing,) if draft.case.reviewing else (), command)


def tie_came(draft: Work, person: str, said: Conflict) -> None:
    """Whoever has one with the member has it at the seat and in its other removals, in the review that is under way,
    and wherever the loss of the seat is looked at (SOD-06)."""
    case = draft.case
    seats, removals = service.begun_elsewhere(case)
    tell_tie(draft, CaseKind.TENURE, (*filter(None, (case.tenure,)), *seats), person, said)
    tell_tie(draft, CaseKind.REMOVAL, removals, person, said)
    tell_tie(draft, CaseKind.REVIEW, tuple(filter(None, (case.reviewing,))), person, said)


RESUMES: dict[Cause, Consequence[Removal]] = {Cause.OPINION_DEFERRED: stages.OPINION}

REMOVAL = Kind(
    name=CaseKind.REMOVAL,
    folding=FOLDING,
    signing={
        **common(RESUMES),
        **entry.SIGNING,
        **suspension.SIGNING,
        **stages.SIGNING,
        **resignation.SIGNING,
        **meeting.SIGNING,
        **service.SIGNING,
        **reviews.SIGNING,
        **aftermath.SIGNING,
    },
    acts={
        Suspend: suspension.suspend,
        LiftSuspension: suspension.lift_suspension,
        ReportInvestigation: suspension.report_investigation,
        ReportRelease: suspension.report_release,
        TenderResignation: resignation.tender,
        EarlierRemovalOver: entry.earlier_over,
        KnownYears: joining.known_years,
        LeadMerged: merging.lead_merged,
        EndFact: grounds.end_fact,
        KnownOfSeat: joining.known_of_seat,
        ReviewDecided: reviews.decided,
        RecordSeat: elsewhere.record_seat,
        RecordDeath: passing.died,
    },
    reached={**stages.STATEMENT.reached, **reviews.REACHED},
    resumes=RESUMES,
    again=AGAIN,
    told=frozenset({RecordSeat}),
    retracts=dict.fromkeys((DutySuspended.type, SuspensionLifted.type), suspension.decide_again),
    keeps=closing.never_left,
    calendar_came=calendar_came,
    limits=frozenset({PRESUMED_SERVICE}),
    tie_came=tie_came,
)


DECIDER = of_kind(REMOVAL, entry.open_removal)
"""R01 to R12: lead, first look, statement, verification, opinion, resignation, plan, vote, and what follows."""

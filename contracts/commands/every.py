"""Every command as one closed type: a reader tells by `act` which it is, and refuses any other."""

from typing import Annotated, TypeAlias, get_args

from pydantic import Field

from contracts.actor import ACCOUNT_KEEPER, CALENDAR_KEEPER, LETTER_KEEPER, LIST_KEEPER, Actor
from contracts.base import OpaqueId
from contracts.case import CaseKind, KindName
from contracts.commands import (
    access,
    award,
    batch,
    case,
    data_request,
    enquiry,
    integrity,
    late_roster,
    letters,
    nomination,
    policy,
    removal,
    review,
    screening,
    tenure,
)
from contracts.commands.base import Command
from contracts.commands.opening import Opening

AnyOpening: TypeAlias = Annotated[
    batch.OpenBatch
    | nomination.OpenNomination
    | removal.OpenRemoval
    | review.OpenReview
    | tenure.OpenTenure
    | screening.OpenScreening
    | enquiry.OpenEnquiry
    | late_roster.OpenLateRoster
    | policy.ProposePolicy
    | integrity.OpenIntegrity
    | award.OpenAward
    | access.AskAccess
    | access.AskEmergency
    | data_request.AskAboutData,
    Field(discriminator="act"),
]

AnyCommand: TypeAlias = Annotated[
    batch.SubmitRoster
    | batch.AdmitRoster
    | batch.TurnRosterDown
    | batch.ImportSeats
    | batch.ImportIndexes
    | batch.SeatTaken
    | batch.NominationLeft
    | batch.DeclareTie
    | batch.AnnounceVersion
    | batch.CallElection
    | batch.CutQuota
    | batch.LoadCalendar
    | case.CompleteTask
    | case.ClaimTask
    | case.ReleaseTask
    | case.ReassignTask
    | case.PassOn
    | case.DeclareConflict
    | case.ReportFact
    | case.EndFact
    | case.ReportConflict
    | case.LoadCaseCalendar
    | case.WantYears
    | case.KnownYears
    | letters.LetterUndelivered
    | letters.LetterDelivered
    | nomination.KnowIndex
    | nomination.Withdraw
    | nomination.RecordLoss
    | nomination.RejectForQuota
    | nomination.NominatedAgain
    | nomination.JoinNomination
    | nomination.StandAlone
    | nomination.ReportLoss
    | nomination.KnowSister
    | nomination.ShareEvaluation
    | nomination.RegisterReport
    | nomination.EnterFirm
    | nomination.RequestResult
    | nomination.DisputeHit
    | nomination.ScheduleElection
    | policy.ApplyPolicy
    | removal.Suspend
    | removal.LiftSuspension
    | screening.ImportList
    | screening.BeginRun
    | screening.ReportScreened
    | screening.DoubtMatch
    | screening.SettleDoubt
    | removal.ReportInvestigation
    | removal.ReportRelease
    | removal.TenderResignation
    | removal.EarlierRemovalOver
    | removal.LeadMerged
    | removal.KnownOfSeat
    | removal.ReviewDecided
    | tenure.RecordAttendance
    | tenure.RecordSeat
    | tenure.Resign
    | tenure.RecordDeath
    | tenure.AnnouncePolicy
    | tenure.RemovalBegun
    | tenure.SeatSuspended
    | tenure.SeatLifted
    | tenure.SeatEnded
    | tenure.SeatKept
    | tenure.SeatRestored
    | tenure.LinkedSeatLost
    | tenure.LeadReported
    | tenure.NameVacancy
    | integrity.EnterReading
    | integrity.EnterMark
    | integrity.WithdrawMark
    | integrity.EnterLead
    | award.LeaderMarked
    | award.LeaderCleared
    | award.LeaderMeasured
    | access.ReadInEmergency
    | access.WitnessCodes,
    Field(discriminator="act"),
]

OPENINGS: tuple[type[Opening], ...] = get_args(get_args(AnyOpening)[0])
COMMANDS: tuple[type[Command], ...] = get_args(get_args(AnyCommand)[0])
"""The members, in order."""

OPENS: dict[str, KindName] = {
    "open-batch": CaseKind.BATCH,
    "open-nomination": CaseKind.NOMINATION,
    "open-removal": CaseKind.REMOVAL,
    "open-screening": CaseKind.SCREENING,
    "open-enquiry": CaseKind.ENQUIRY,
    "open-review": CaseKind.REVIEW,
    "open-tenure": CaseKind.TENURE,
    "open-late-roster": CaseKind.LATE_ROSTER,
    "propose-policy": CaseKind.POLICY,
    "open-integrity": CaseKind.INTEGRITY,
    "open-award": CaseKind.AWARD,
    "ask-access": CaseKind.ACCESS,
    "ask-emergency": CaseKind.ACCESS,
    "ask-about-data": CaseKind.DATA_REQUEST,
}
"""Which kind of case an opening begins."""

FROM_CASES = frozenset(
    {
        "open-nomination",
        "open-removal",
        "open-enquiry",
        "settle-doubt",
        "open-review",
        "schedule-election",
        "load-case-calendar",
        "want-years",
        "known-years",
        "review-decided",
        "earlier-removal-over",
        "lead-merged",
        "known-of-seat",
        "removal-begun",
        "open-tenure",
        "open-late-roster",
        "open-integrity",
        "enter-reading",
        "know-index",
        "enter-mark",
        "withdraw-mark",
        "enter-lead",
        "leader-marked",
        "leader-cleared",
        "leader-measured",
        "admit-roster",
        "turn-roster-down",
        "nominated-again",
        "join-nomination",
        "stand-alone",
        "know-sister",
        "share-evaluation",
        "reject-for-quota",
        "report-conflict",
        "report-fact",
        "end-fact",
        "seat-taken",
        "nomination-left",
        "apply-policy",
        "announce-policy",
        "seat-suspended",
        "seat-lifted",
        "seat-ended",
        "seat-kept",
        "seat-restored",
        "linked-seat-lost",
        "lead-reported",
        "name-vacancy",
        "record-death",
        "record-seat",
        "report-investigation",
        "report-release",
    }
)
"""Acts that one case may ask of another by an errand. A worker's claim counts for these and for nothing else."""

OF_THE_LIST_KEEPER = frozenset({"report-screened"})
"""Acts that no person asks for: the service that holds the lists of screening says what stands on them."""

OF_THE_LETTER_KEEPER = frozenset({"letter-undelivered", "letter-delivered"})
"""Acts that no person asks for either: the service that sends letters says what became of one."""

OF_SERVICES = OF_THE_LIST_KEEPER | OF_THE_LETTER_KEEPER
"""Acts for which no person has a way."""

SERVICES: dict[OpaqueId, Actor] = {
    one.account_id: one for one in (LIST_KEEPER, LETTER_KEEPER, ACCOUNT_KEEPER, CALENDAR_KEEPER)
}
"""The services of the office that ask something of cases, by their accounts; nobody signs in as one."""
BY_SERVICE: dict[OpaqueId, frozenset[str]] = {
    LIST_KEEPER.account_id: OF_THE_LIST_KEEPER | {"begin-run"},
    LETTER_KEEPER.account_id: OF_THE_LETTER_KEEPER,
    ACCOUNT_KEEPER.account_id: frozenset({"release-task", "pass-on", "report-conflict"}),
    CALENDAR_KEEPER.account_id: frozenset({"load-case-calendar"}),
}
"""What each of them asks, and nothing else."""

PEOPLE_TOO = frozenset(
    {
        "open-removal",
        "report-conflict",
        "report-fact",
        "load-case-calendar",
        "record-death",
        "record-seat",
        "report-investigation",
        "report-release",
    }
)
"""Acts of FROM_CASES that a person may ask for as well."""

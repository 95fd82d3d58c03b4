"""The acts beside tasks, as a table of values: path, body, and the kind of case that takes them."""

from dataclasses import dataclass

from contracts.case import CaseKind
from contracts.lifecycles import ENDS
from contracts.vocabulary import CaseState
from services.officers.readmodel.reading.acting import What
from services.officers.views.acts import (
    ActBody,
    CalendarBody,
    CaseCalendarBody,
    DisputeBody,
    ElectionBody,
    FactBody,
    FirmBody,
    InvestigationBody,
    LiftingBody,
    LossBody,
    PassingBody,
    QuotaBody,
    ReleaseBody,
    ReportBody,
    ResignationBody,
    ResultBody,
    SuspensionBody,
    WithdrawalBody,
)
from services.officers.views.conflicts import BY_ID, BY_NAME, OthersConflictBody
from services.officers.views.screenings import DoubtBody, RunBody
from services.officers.views.seats import (
    AttendanceBody,
    DeathBody,
    NextPolicyBody,
    OtherSeatBody,
    ResigningBody,
)


@dataclass(frozen=True)
class Act:
    """One act. Who may ask for it says the table of rules; of whose case and for which unit, the case's own rules."""

    path: str
    name: str
    body: type[ActBody]
    kind: CaseKind | None
    """The kind of case that takes it; None for every kind."""
    status: int = 200
    after: frozenset[CaseState] | None = None
    """Of the states in which a case is over, those in which its rules still take the act; None: all of them."""
    either: tuple[str, str] | None = None
    """Two fields of which one is filled in: the first by whoever is of the case's team, the second by others."""

    @property
    def what(self) -> What:
        """What the path names."""
        return What.BATCH if self.kind is CaseKind.BATCH else What.CASE

    def stands(self, state: str) -> bool:
        """Whether a case in this state may take the act at all: what its rules only refuse there is not offered."""
        return self.after is None or state not in OVER or state in self.after


OVER = ENDS | {CaseState.VACANT}
"""Where a case is over: it has its outcome, or the seat that it follows is held no more."""
NOT_AFTER: frozenset[CaseState] = frozenset()
MAY_RETURN = frozenset({CaseState.VETOED, CaseState.INELIGIBLE})
"""Ends that a granted re-check undoes: what the case is told meanwhile is kept."""
MAY_SIT = frozenset({CaseState.VACANT})
"""Where a review may give the seat back to whoever held it."""

ACTS = (
    Act("/screenings/{case_id}/runs", "begin_run", RunBody, CaseKind.SCREENING),
    Act("/screenings/{case_id}/doubts", "doubt_match", DoubtBody, CaseKind.SCREENING),
    Act(
        "/cases/{case_id}/conflicts",
        "report_conflict",
        OthersConflictBody,
        None,
        status=201,
        after=frozenset({CaseState.VACANT}),
        either=(BY_ID, BY_NAME),
    ),
    Act("/batches/{batch_id}/election", "call_election", ElectionBody, CaseKind.BATCH),
    Act("/batches/{batch_id}/policy", "announce_version", NextPolicyBody, CaseKind.BATCH),
    Act("/batches/{batch_id}/calendars", "load_calendar", CalendarBody, CaseKind.BATCH),
    Act("/cases/{case_id}/calendars", "load_case_calendar", CaseCalendarBody, None),
    Act("/batches/{batch_id}/quota", "cut_quota", QuotaBody, CaseKind.BATCH),
    Act(
        "/cases/{case_id}/passing",
        "record_loss",
        PassingBody,
        CaseKind.NOMINATION,
        status=201,
        after=NOT_AFTER,
    ),
    Act("/cases/{case_id}/withdrawal", "withdraw", WithdrawalBody, CaseKind.NOMINATION, after=NOT_AFTER),
    Act("/cases/{case_id}/reports", "report", ReportBody, CaseKind.NOMINATION, status=201),
    Act(
        "/cases/{case_id}/facts",
        "report_fact",
        FactBody,
        CaseKind.NOMINATION,
        status=201,
        after=frozenset({CaseState.ELECTED, *MAY_RETURN}),
    ),
    Act("/cases/{case_id}/loss", "report_loss", LossBody, CaseKind.NOMINATION, after=MAY_RETURN),
    Act("/cases/{case_id}/firms", "enter_firm", FirmBody, CaseKind.NOMINATION, status=201, after=NOT_AFTER),
    Act(
        "/cases/{case_id}/result-requests",
        "request_result",
        ResultBody,
        CaseKind.NOMINATION,
        status=201,
    ),
    Act(
        "/cases/{case_id}/disputes",
        "dispute_hit",
        DisputeBody,
        CaseKind.NOMINATION,
        status=201,
        after=frozenset({CaseState.VETOED}),
    ),
    Act("/removals/{case_id}/suspension", "suspend", SuspensionBody, CaseKind.REMOVAL, after=NOT_AFTER),
    Act(
        "/removals/{case_id}/suspension/lift",
        "lift_suspension",
        LiftingBody,
        CaseKind.REMOVAL,
    ),
    Act(
        "/removals/{case_id}/investigation",
        "report_investigation",
        InvestigationBody,
        CaseKind.REMOVAL,
        after=NOT_AFTER,
    ),
    Act("/removals/{case_id}/release", "report_release", ReleaseBody, CaseKind.REMOVAL),
    Act(
        "/removals/{case_id}/resignation",
        "tender_resignation",
        ResignationBody,
        CaseKind.REMOVAL,
        after=NOT_AFTER,
    ),
    Act(
        "/tenures/{case_id}/attendance",
        "record_attendance",
        AttendanceBody,
        CaseKind.TENURE,
        status=201,
        after=NOT_AFTER,
    ),
    Act(
        "/tenures/{case_id}/facts",
        "report_member_fact",
        FactBody,
        CaseKind.TENURE,
        status=201,
        after=MAY_SIT,
    ),
    Act("/tenures/{case_id}/seats", "record_seat", OtherSeatBody, CaseKind.TENURE, status=201, after=MAY_SIT),
    Act(
        "/tenures/{case_id}/resignation",
        "resign",
        ResigningBody,
        CaseKind.TENURE,
        status=201,
        after=NOT_AFTER,
    ),
    Act("/removals/{case_id}/death", "record_death_in_removal", DeathBody, CaseKind.REMOVAL, status=201),
    Act("/tenures/{case_id}/death", "record_death", DeathBody, CaseKind.TENURE, status=201, after=MAY_SIT),
)

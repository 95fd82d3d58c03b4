"""The nomination as one value: everything that the procedure needs to know of it."""

from datetime import datetime

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.case import EndFact, ReportFact
from contracts.commands.nomination import (
    DisputeHit,
    EnterFirm,
    JoinNomination,
    KnowIndex,
    KnowSister,
    NominatedAgain,
    RecordLoss,
    RegisterReport,
    RejectForQuota,
    ReportLoss,
    RequestResult,
    ScheduleElection,
    ShareEvaluation,
    StandAlone,
    Withdraw,
)
from contracts.commands.policy import ApplyPolicy
from contracts.events.leaving import LossRecorded, WithdrawalAsked
from contracts.vocabulary import CaseState, Rung, Stage
from workflows.kinds.nomination import (
    appeal,
    approval,
    assessment,
    ballot,
    conduct,
    consultation,
    doubled,
    ending,
    entry,
    explaining,
    facts,
    grades,
    indexes,
    leaving,
    levels,
    losing,
    notice,
    reopening,
    reports,
    ruling,
    sharing,
    supplement,
)
from workflows.kinds.nomination.again import AGAIN
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.fold import FOLDING
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common, just_goes_on
from workflows.procedure.kind import Consequence, Kind, Lapsing
from workflows.procedure.letters import PRESUMED_SERVICE
from workflows.rules.verdict import ALLOWED, Refused, Verdict


def silent_again(draft: Work, task: Task) -> None:
    """Whichever question the department is silent on comes before the joint conference again."""
    consultation.DEPARTMENTS.again(draft, task)
    supplement.SUPPLEMENT.again(draft, task)


RESUMES: dict[Cause, Consequence[Nomination]] = {
    Cause.DEPARTMENT_SILENT: silent_again,
    Cause.PAUSE_ITEM: just_goes_on,
    Cause.OPINION_DEFERRED: assessment.BEGIN_INTEGRITY,
    Cause.DECISION_DEFERRED: approval.BEGIN_DECISION,
    Cause.REPORT_UNPROVEN: reports.check_again,
}


def goes_on(draft: Work) -> None:
    """When every department has answered the person is evaluated; what ages before the election is done anew."""
    if draft.case.stage in {Stage.CONSULTATION, Stage.GRADING}:
        assessment.evaluate(draft)
    ballot.fit_for_the_day(draft)


def may_leave(case: Nomination) -> Verdict:
    """Nothing finishes while a hit is not ruled on, or the eligibility is checked again."""
    verdicts = (ruling.may_leave(case), losing.may_leave(case))
    return next((verdict for verdict in verdicts if isinstance(verdict, Refused)), ALLOWED)


def paused(case: Nomination) -> bool:
    """Whether a pause item's state lasts."""
    return any(hold.cause is Cause.PAUSE_ITEM for hold in case.holds)


def election_passed(case: Nomination, now: datetime) -> bool:
    """Whether the election was held without it; not of one that was over when a re-check brought the case back."""
    at = case.election_at
    return at is not None and at != case.spared and now >= at


def held_out(case: Nomination) -> bool:
    """Whether a hold keeps the case from being ready: what is ready waits for the next election."""
    return case.held and case.stage not in {Stage.RECHECK, Stage.ELECTION}


def keep(draft: Work) -> None:
    """Whoever has a hit or is held is on no draft ballot; and whoever reported is answered when the case has ended."""
    supplement.ask(draft)
    levels.take_back(draft)
    ballot.keep(draft)
    leaving.lapse_papers(draft)
    reports.answer_all(draft)


NOMINATION = Kind(
    name=CaseKind.NOMINATION,
    folding=FOLDING,
    signing={
        **entry.SIGNING,
        **consultation.DEPARTMENTS.signing(),
        **supplement.SUPPLEMENT.signing(),
        **ruling.SIGNING,
        **assessment.SIGNING,
        **approval.SIGNING,
        **notice.SIGNING,
        **reports.SIGNING,
        **leaving.SIGNING,
        **ballot.SIGNING,
        **common(RESUMES, {Cause.PAUSE_ITEM: ruling.state_read_again}),
        **explaining.SIGNING,
        **appeal.signing(reopening.reopen),
    },
    acts={
        Withdraw: leaving.withdraw,
        NominatedAgain: doubled.nominated_again,
        JoinNomination: doubled.join,
        StandAlone: doubled.stand_alone,
        ReportLoss: losing.report_loss,
        KnowSister: sharing.know_sister,
        KnowIndex: indexes.know_index,
        ShareEvaluation: levels.share,
        RecordLoss: leaving.record_loss,
        RejectForQuota: approval.reject_for_quota,
        RegisterReport: reports.register,
        ReportFact: facts.report_fact,
        EndFact: explaining.end_fact,
        EnterFirm: facts.enter_firm,
        RequestResult: grades.request_result,
        DisputeHit: explaining.dispute,
        ScheduleElection: ballot.schedule_election,
        ApplyPolicy: supplement.apply_policy,
    },
    reached={
        ("declare", Rung.EXPIRED): Ends(CaseState.RENOUNCED, Cause.DECLARATION_NOT_ANSWERED),
        **explaining.EXPLANATION.reached,
        **reports.HEARING.reached,
        **appeal.RIGHT.reached,
        **consultation.DEPARTMENTS.reached(),
        **supplement.SUPPLEMENT.reached(),
    },
    awaited=(
        # Before the election itself: it would leave the case to wait for the next one.
        Lapsing(
            held_out,
            lambda case, policy: case.upcoming,
            Ends(CaseState.LAPSED, Cause.ELECTION_PASSED),
        ),
        approval.REREADING.awaited,
        *notice.AWAITED,
        *ballot.AWAITED,
        # A pause item still open when the re-check begins: off the ballot, no negative record (§8.2, rule 7).
        Lapsing(paused, ballot.recheck_opening, Ends(CaseState.LAPSED, Cause.PAUSE_ITEM)),
    ),
    resumes=RESUMES,
    again=AGAIN,
    retracts=dict.fromkeys((WithdrawalAsked.type, LossRecorded.type), leaving.take_back_paper),
    may_leave=may_leave,
    too_late=election_passed,
    goes_on=goes_on,
    keeps=keep,
    calendar_came=conduct.calendar_came,
    limits=frozenset({notice.NOTICE, consultation.DEPARTMENTS.extension, ending.APPEAL, PRESUMED_SERVICE}),
)


DECIDER = of_kind(NOMINATION, conduct.open_case)

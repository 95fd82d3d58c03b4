"""The nomination as one value: everything that the procedure needs to know of it."""

from datetime import datetime

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.case import ReportFact
from contracts.commands.nomination import (
    EnterFirm,
    OpenNomination,
    RegisterReport,
    ScheduleElection,
    Withdraw,
)
from contracts.commands.opening import Resume
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Rung, Stage
from workflows.kinds.nomination import (
    approval,
    assessment,
    ballot,
    conduct,
    consultation,
    entry,
    facts,
    ruling,
)
from workflows.kinds.nomination.case import FOLDING, Nomination, Work
from workflows.procedure.consequences import Ends
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common, just_goes_on
from workflows.procedure.kind import Awaited, Consequence, Kind, Lapsing

RESUMES: dict[Cause, Consequence[Nomination]] = {
    Cause.DEPARTMENT_SILENT: consultation.DEPARTMENTS.again,
    Cause.PAUSE_ITEM: just_goes_on,
    Cause.OPINION_DEFERRED: assessment.BEGIN_INTEGRITY,
    Cause.DECISION_DEFERRED: approval.BEGIN_DECISION,
    Cause.REPORT_UNPROVEN: approval.check_again,
}


def goes_on(draft: Work) -> None:
    """When every department has answered the evaluation is scored."""
    if draft.case.stage is Stage.CONSULTATION and consultation.DEPARTMENTS.complete(draft.case):
        assessment.BEGIN_GRADING(draft)
    if draft.case.stage is Stage.GRADING and not draft.case.open_tasks("score", "score-sign"):
        assessment.BEGIN_GRADING(draft)


def paused(case: Nomination) -> bool:
    """Whether a pause item's state lasts."""
    return any(hold.cause is Cause.PAUSE_ITEM for hold in case.holds)


def window_end(case: Nomination, policy: Policy) -> datetime | None:
    """When the public notice is over."""
    return case.window[1] if case.window else None


def election(case: Nomination, policy: Policy) -> datetime | None:
    """When the election is held."""
    return case.election_at


NOMINATION = Kind(
    name=CaseKind.NOMINATION,
    folding=FOLDING,
    signing={
        **entry.SIGNING,
        **consultation.DEPARTMENTS.signing(),
        **ruling.SIGNING,
        **assessment.SIGNING,
        **approval.SIGNING,
        **ballot.SIGNING,
        **common(RESUMES, {Cause.PAUSE_ITEM: ruling.state_proven}),
    },
    acts={
        Withdraw: conduct.withdraw,
        RegisterReport: conduct.register_report,
        ReportFact: facts.report_fact,
        EnterFirm: facts.enter_firm,
        ScheduleElection: conduct.schedule_election,
    },
    reached={
        ("declare", Rung.EXPIRED): Ends(CaseState.RENOUNCED, Cause.DECLARATION_NOT_ANSWERED),
        **ruling.EXPLANATION.reached,
        **consultation.DEPARTMENTS.reached(),
    },
    awaited=(
        Awaited(Stage.NOTICE, "close-notice", window_end),
        Awaited(Stage.RECHECK, "recheck", ballot.recheck_opening),
        Awaited(Stage.ELECTION, "count", election),
        # A pause item still open when the re-check begins: off the ballot, no negative record (§8.2, rule 7).
        Lapsing(paused, ballot.recheck_opening, Ends(CaseState.LAPSED, Cause.PAUSE_ITEM)),
    ),
    resumes=RESUMES,
    may_leave=ruling.may_leave,
    goes_on=goes_on,
    calendar_came=conduct.fix_window,
    limits=frozenset({approval.NOTICE, consultation.DEPARTMENTS.extension}),
)


def blank(opening: OpenNomination | Resume) -> Nomination:
    """The nomination before its first event."""
    return Nomination(
        case_id=opening.target,
        parent=opening.parent,
        district=opening.district,
        policy=opening.policy,
        policy_digest=opening.policy_digest,
    )


DECIDER = of_kind(NOMINATION, blank, conduct.open_case)

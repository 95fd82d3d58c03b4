"""ST09 to ST12: proposal, decision, public notice, and the check of reports."""

from contracts.commands.case import CompleteTask
from contracts.events.review import NoticePosted, ReportAnswered
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState, Stage
from workflows.rules import deadlines
from workflows.rules.case import Task, calendar_of
from workflows.rules.draft import Draft
from workflows.rules.procedure.assessment import begin_inspection
from workflows.rules.procedure.handling import Handler
from workflows.rules.verdict import Refused

DEFERRED_DECISION = "decision-deferred"
"""Cause of the hold after the party committee deferred."""
UNPROVEN_REPORT = "report-unproven"
"""Cause of the hold while a serious report cannot be proven yet (S15)."""


def propose(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """One of the two bodies answered; both must propose. One REJECT ends, one RETURN goes back to inspection."""
    kinds = ("propose-department", "propose-party-group")
    if draft.case.open_tasks(*kinds):
        return None
    outcomes = {t.outcome for t in draft.case.acted() if t.kind in kinds and t.round == task.round}
    if "REJECT" in outcomes:
        draft.end(CaseState.REJECTED, "proposal-rejected")
    elif "RETURN" in outcomes:
        begin_inspection(draft)
    else:
        begin_decision(draft)
    return None


def begin_decision(draft: Draft) -> None:
    """The party committee decides; its clerk records."""
    draft.enter(Stage.DECISION)
    draft.open("decide")


def decide(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The committee approved, rejected or deferred."""
    if task.outcome == "APPROVED":
        draft.enter(Stage.NOTICE)
        draft.open("post-notice")
    elif task.outcome == "REJECTED":
        draft.end(CaseState.REJECTED, "committee-rejected")
    else:
        draft.hold(DEFERRED_DECISION, Stage.DECISION)
    return None


def post_notice(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The names are posted: the window's start and end are fixed now and stored (§8.0, rule 4)."""
    announce_window(draft)
    return None


def announce_window(draft: Draft) -> None:
    """Fix the window from this instant; it stays provisional while the calendar year is not published."""
    limit = draft.policy.limits["notice"]
    window = deadlines.notice_window(draft.now, limit, calendar_of(draft.case, draft.policy))
    start, end = window if window else (None, None)
    draft.emit(NoticePosted(start=start, end=end, provisional=window is None))


def close_notice(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The window is over: what the officer says must agree with the reports, and each must be answered."""
    if draft.case.open_reports():
        return Refused(
            RefusalCode.REPORT_UNANSWERED, "a report is not answered yet; the notice cannot be closed"
        )
    if (task.outcome == "REPORTED") != bool(draft.case.reports):
        found = len(draft.case.reports)
        return Refused(
            RefusalCode.COUNT_DISAGREES, f"{found} report(s) are registered; choose the outcome to match"
        )
    draft.enter(Stage.RECHECK)
    return None


def check_report(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """A report was checked: untrue and minor go on, serious ends, unproven holds the case (S15)."""
    if task.outcome == "UNPROVEN":
        draft.hold(UNPROVEN_REPORT, Stage.NOTICE)
        return None
    number = task.report or 0
    report = next(r for r in draft.case.reports if r.number == number)
    draft.emit(ReportAnswered(report=number, signed=report.signed, ending=task.outcome))
    if task.outcome == "SERIOUS":
        draft.end(CaseState.REJECTED, "report-serious")
    return None


HANDLERS: dict[str, Handler] = {
    "propose-department": propose,
    "propose-party-group": propose,
    "decide": decide,
    "post-notice": post_notice,
    "close-notice": close_notice,
    "check-report": check_report,
}

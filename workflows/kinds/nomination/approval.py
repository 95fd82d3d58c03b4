"""ST09 to ST12: proposal, decision, public notice, and the check of reports."""

from contracts.case import number_in, waited_for
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.review import NoticePosted, ReportAnswered
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.nomination.assessment import BEGIN_INSPECTION
from workflows.kinds.nomination.case import Nomination, Work
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.consequences import Ends, Holds, Then, enters
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import Alone, Together
from workflows.rules import deadlines
from workflows.rules.verdict import Refused

NOTICE = "notice"
"""The limit that is the length of the public notice."""
REPORT = "report"
"""Stands in a task's `about` before the number of the report."""
BEGIN_DECISION = enters(Stage.DECISION, "decide")


def post(draft: Work, task: Task) -> None:
    """The names are posted: the window's start and end are fixed now and stored (§8.0, rule 4)."""
    announce_window(draft)


def announce_window(draft: Work) -> None:
    """Fix the window from this instant; it stays provisional while the calendar year is not published."""
    limit = draft.policy.limits[NOTICE]
    window = deadlines.notice_window(draft.now, limit, calendar_of(draft.case, draft.policy))
    start, end = window if window else (None, None)
    draft.emit(NoticePosted(start=start, end=end, provisional=window is None))


def closable(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """What the officer says must agree with the reports, and each must be answered."""
    if draft.case.open_reports():
        detail = "a report is not answered yet; the notice cannot be closed"
        return Refused(RefusalCode.REPORT_UNANSWERED, detail)
    if (command.outcome == "REPORTED") != bool(draft.case.reports):
        found = len(draft.case.reports)
        detail = f"{found} report(s) are registered; choose the outcome to match"
        return Refused(RefusalCode.COUNT_DISAGREES, detail)
    return None


def answer_report(draft: Work, task: Task) -> None:
    """The check of the report has ended."""
    number = number_in(REPORT, task.about)
    report = next(r for r in draft.case.reports if r.number == number)
    draft.emit(ReportAnswered(report=number, signed=report.signed, ending=task.outcome))


def check_again(draft: Work, task: Task) -> None:
    """After the hold the report for which it waited is checked again."""
    draft.open("check-report", about=waited_for(task.about))


_PROPOSERS = ("propose-department", "propose-party-group")
_PROPOSAL: Signing[Nomination] = Together(
    _PROPOSERS,
    {
        "REJECT": Ends(CaseState.REJECTED, Cause.PROPOSAL_REJECTED),
        "RETURN": BEGIN_INSPECTION,
        "PROPOSE": BEGIN_DECISION,
    },
)
SIGNING: dict[str, Signing[Nomination]] = {
    **dict.fromkeys(_PROPOSERS, _PROPOSAL),
    "decide": Alone(
        {
            "APPROVED": enters(Stage.NOTICE, "post-notice"),
            "REJECTED": Ends(CaseState.REJECTED, Cause.COMMITTEE_REJECTED),
            "DEFERRED": Holds(Cause.DECISION_DEFERRED),
        }
    ),
    "post-notice": Alone({"POSTED": post}),
    "close-notice": Alone(
        {"NO_REPORT": enters(Stage.RECHECK), "REPORTED": enters(Stage.RECHECK)}, check=closable
    ),
    "check-report": Alone(
        {
            "UNTRUE": answer_report,
            "MINOR": answer_report,
            "SERIOUS": Then(answer_report, Ends(CaseState.REJECTED, Cause.REPORT_SERIOUS)),
            "UNPROVEN": Holds(Cause.REPORT_UNPROVEN),
        }
    ),
}

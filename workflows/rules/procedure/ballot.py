"""ST13 to ST15 and the hold: re-check, count, serving and filing, resumption."""

from contracts.commands.case import CompleteTask
from contracts.events.case import CaseFiled
from contracts.events.review import VotesCounted
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState, Stage
from workflows.rules import voting
from workflows.rules.case import Task
from workflows.rules.draft import Draft
from workflows.rules.forms import Count, read
from workflows.rules.procedure.approval import DEFERRED_DECISION, UNPROVEN_REPORT, begin_decision
from workflows.rules.procedure.assessment import DEFERRED_OPINION, begin_integrity
from workflows.rules.procedure.handling import Handler
from workflows.rules.procedure.ruling import find_hits, read_findings
from workflows.rules.verdict import Refused

KEPT_SHORT = frozenset({CaseState.REJECTED, CaseState.WITHDRAWN, CaseState.LAPSED})
"""Ends whose files are kept ten years instead of permanently (domain §8.7)."""


def recheck(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """State-based items were read again: on to the ballot, or a new hit to be ruled on first."""
    if task.outcome == "CONFIRMED":
        draft.enter(Stage.ELECTION)
        return None
    form = read_findings(draft, command.form)
    if isinstance(form, Refused):
        return form
    find_hits(draft, form.findings, task.role)
    return None


def count(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The count was recorded: the outcome must be the one that the figures give (quorum, §8.4 voting default)."""
    form = read(command.form, Count)
    if isinstance(form, Refused):
        return form
    rule = draft.policy.election
    outcome = voting.result(form.members, form.present, form.votes_for, rule)
    if isinstance(outcome, Refused):
        return outcome
    if outcome != task.outcome:
        return Refused(RefusalCode.COUNT_DISAGREES, f"these figures give {outcome}, not {task.outcome}")
    draft.emit(
        VotesCounted(
            outcome=outcome,
            members=form.members,
            present=form.present,
            votes_for=form.votes_for,
            quorum=voting.quorum(form.members, rule),
            pass_mark=voting.pass_mark(form.members, rule),
        )
    )
    if outcome == "NOT_HELD":
        draft.enter(Stage.RECHECK)
    else:
        draft.end(CaseState(outcome), "vote")
    return None


def serve(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The letters are served: the file is closed next."""
    draft.open("file")
    return None


def file(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The file is closed under its retention class."""
    draft.emit(CaseFiled(retention="10y" if draft.case.state in KEPT_SHORT else "permanent"))
    return None


def resume(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The hold ends: the step that was deferred is taken up again, or the case lapses."""
    hold = draft.case.hold
    if hold is None:
        return Refused(RefusalCode.TASK_CLOSED, "the case is not on hold any more")
    if task.outcome == "LAPSED":
        draft.end(CaseState.LAPSED, hold.cause)
        return None
    draft.resume("resumed")
    if hold.cause == DEFERRED_OPINION:
        begin_integrity(draft)
    elif hold.cause == DEFERRED_DECISION:
        begin_decision(draft)
    elif hold.cause == UNPROVEN_REPORT:
        for report in draft.case.open_reports():
            draft.open("check-report", report=report.number)
    return None


HANDLERS: dict[str, Handler] = {
    "recheck": recheck,
    "count": count,
    "serve": serve,
    "file": file,
    "resume": resume,
}

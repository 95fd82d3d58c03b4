"""What a case does by itself as soon as nothing stands in its way."""

from datetime import datetime

from contracts.policy.model import Policy
from contracts.vocabulary import Stage
from workflows.rules import deadlines
from workflows.rules.case import Case, calendar_of
from workflows.rules.draft import Draft
from workflows.rules.procedure.assessment import begin_grading
from workflows.rules.procedure.consultation import complete


def progress(draft: Draft) -> None:
    """Called at the end of every step: open what is due next and is not held up by a hold, a hit or a report."""
    case = draft.case
    if case.ended or case.hold or case.open_hits() or case.open_reports():
        return
    if case.stage is Stage.CONSULTATION and complete(case):
        begin_grading(draft)
        return
    for stage, kind, opens in (
        (Stage.NOTICE, "close-notice", case.window[1] if case.window else None),
        (Stage.RECHECK, "recheck", recheck_opening(case, draft.policy)),
        (Stage.ELECTION, "count", case.election_at),
    ):
        if case.stage is stage and _reached(draft.now, opens) and not case.open_tasks(kind):
            draft.open(kind)


def recheck_opening(case: Case, policy: Policy) -> datetime | None:
    """When the re-check may begin, so many working days before the election (ST13); None while none is called."""
    if case.election_at is None:
        return None
    return deadlines.before(case.election_at, policy.election.recheck_within, calendar_of(case, policy))


def _reached(now: datetime, instant: datetime | None) -> bool:
    return instant is not None and now >= instant

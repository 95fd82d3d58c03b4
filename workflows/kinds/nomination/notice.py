"""ST11: the public notice. Its window is fixed when it is posted, and nobody can shorten it (SOD-11)."""

from dataclasses import dataclass
from datetime import datetime

from contracts.commands.case import CompleteTask
from contracts.events.review import NoticePosted
from contracts.policy.model import Limit, Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import Stage
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.reports import holding_up, last_answered, objections
from workflows.kinds.nomination.standing import Rereading, nothing_open
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.consequences import enters
from workflows.procedure.kind import Awaited, Signing
from workflows.procedure.signatures import Alone
from workflows.rules import deadlines
from workflows.rules.calendar import end_of, local_day
from workflows.rules.verdict import Refused

NOTICE = "notice"
"""The limit that is the length of the public notice."""


def post(draft: Work, task: Task) -> None:
    """The names are posted: the window's start and end are fixed now and stored (§8.0, rule 4).

    It stays provisional while a year of the calendar is not published.
    """
    _announce(draft, draft.now, _window(draft, draft.now))


def recount_window(draft: Work) -> None:
    """A year came or was corrected while the names are shown: the window is counted anew from their posting.

    Nobody is shown a shorter one, and none is over on the day of loading (§8.8.10).
    """
    case = draft.case
    if case.posted is None or case.stage is not Stage.NOTICE or case.open_tasks("post-notice"):
        return
    window = _window(draft, case.posted)
    if window is None or (case.window is not None and not draft.now < case.window[1] < window[1]):
        return
    calendar = calendar_of(case, draft.policy)
    if window[1] <= end_of(local_day(draft.now, calendar), calendar):
        another = draft.due(draft.now, Limit(n=1, unit="WD")).at
        window = (window[0], another or window[1])
    _announce(draft, case.posted, window)


def _window(draft: Work, posted: datetime) -> tuple[datetime, datetime] | None:
    limit = draft.policy.limits[NOTICE]
    return deadlines.notice_window(posted, limit, calendar_of(draft.case, draft.policy))


def _announce(draft: Work, posted: datetime, window: tuple[datetime, datetime] | None) -> None:
    start, end = window if window else (None, None)
    draft.emit(NoticePosted(posted=posted, start=start, end=end, provisional=window is None))


def window_end(case: Nomination) -> datetime | None:
    """When the public notice that runs is over; None while nothing is posted, or its window is not known."""
    runs = case.stage is Stage.NOTICE and not case.open_tasks("post-notice")
    return case.window[1] if runs and case.window else None


def _closable_from(case: Nomination) -> datetime | None:
    """Since when it can be closed: its window is over, and every report that held it up is answered."""
    end = window_end(case)
    return end and max(end, last_answered(case) or end)


def _at_its_end(case: Nomination, policy: Policy) -> datetime | None:
    return window_end(case)


@dataclass(frozen=True)
class _Closing(Awaited[Nomination]):
    """The notice is closed after its window, as soon as every report that may hold it up is answered."""

    def waits(self, case: Nomination, free: bool) -> bool:
        """Whether the case waits for it."""
        return super().waits(case, free) and not holding_up(case)


def closable(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Every report is answered, the states were read again, and what the officer says agrees with the objections."""
    if holding_up(draft.case):
        return Refused(RefusalCode.REPORT_UNANSWERED, say("notice-waits-for-report"))
    found = len(list(objections(draft.case)))
    if (command.outcome == "REPORTED") != bool(found):
        return Refused(RefusalCode.COUNT_DISAGREES, say("reports-registered", reports=found))
    return nothing_open(draft, task, command) or REREADING.needed(draft.case)


REREADING = Rereading(Stage.NOTICE, "reread-notice", _closable_from)
AWAITED: tuple[Awaited[Nomination], ...] = (
    REREADING.awaited,
    _Closing(Stage.NOTICE, "close-notice", _at_its_end),
)
SIGNING: dict[str, Signing[Nomination]] = {
    "post-notice": Alone({"POSTED": post}, check=nothing_open),
    **REREADING.signing,
    "close-notice": Alone(
        {"NO_REPORT": enters(Stage.RECHECK), "REPORTED": enters(Stage.RECHECK)}, check=closable
    ),
}

"""What is asked again of a nomination when somebody with a conflict has acted (SOD-08)."""

from contracts.case import number_in
from contracts.causes import Cause
from contracts.vocabulary import Ruling, Stage, TaskState
from workflows.kinds.nomination.approval import BEGIN_DECISION
from workflows.kinds.nomination.assessment import (
    BEGIN_GRADING,
    BEGIN_INSPECTION,
    BEGIN_INTEGRITY,
    BEGIN_PROPOSAL,
)
from workflows.kinds.nomination.ballot import POST_AGAIN, READY, leave
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.consultation import DEPARTMENTS
from workflows.kinds.nomination.explaining import DEPARTMENT, DESK
from workflows.kinds.nomination.findings import HIT, hit_of, numbered
from workflows.kinds.nomination.reports import CHECK, holding_up
from workflows.kinds.nomination.ruling import begin_ruling, content_of
from workflows.kinds.nomination.supplement import SUPPLEMENT
from workflows.procedure.case import RESUMPTION, Task
from workflows.procedure.consequences import enters
from workflows.procedure.holding import resume_again
from workflows.procedure.kind import Again, Consequence
from workflows.procedure.redoing import ORDER

ANSWERS = ("reply", "reply-sign", "reply-above", "reply-above-sign", "late-reply", "late-reply-sign")
SUPPLEMENTS = (*SUPPLEMENT.asked, SUPPLEMENT.conference)
REPORT = ("check-report", "answer-report", "sign-report")


POSTED = frozenset({"post-notice"})
"""The names that were posted stay posted when others close the notice."""


def screen_again(draft: Work, task: Task) -> None:
    """Eligibility is checked again. A declaration that was given stands; one that was only asked for is asked later.

    Nobody repairs what others have not returned.
    """
    draft.cancel(draft.case.open_tasks("declare", "repair"), Cause.CONFLICT)
    enters(Stage.SCREENING, "screen")(draft, task)


def ask_department_again(draft: Work, task: Task) -> None:
    """The department answers again, and what a new version asks of it as well; what the others answered stands."""
    _back_to(draft, Stage.CONSULTATION)
    if not any(t.unit == task.unit for t in draft.case.open_tasks(*ANSWERS)):
        DEPARTMENTS.ask(draft, [task.unit])
    more = [t for t in draft.case.tasks.values() if (t.kind, t.unit) == (SUPPLEMENT.reply, task.unit)]
    for last in more[-1:]:
        draft.open(SUPPLEMENT.reply, unit=task.unit, digest=last.content)


def rule_again(draft: Work, task: Task) -> None:
    """Others rule over the same fact and explanation, or compare its numbers first where that is void as well.

    Whatever was graded since is graded again after it. A fact that was another's needs no ruling.
    """
    if any(t.state is TaskState.VOID for t in _comparisons(draft, task)[-1:]):
        match_again(draft, task)
        return
    if hit_of(draft, task).cancelled:
        return
    draft.lift(Cause.PAUSE_ITEM, task.about, why=Cause.CONFLICT)
    _back_to(draft, Stage.CONSULTATION)
    heard = [t for t in draft.case.tasks.values() if (t.kind, t.about) == ("explain", task.about)]
    begin_ruling(draft, heard[-1] if heard else task)


def match_again(draft: Work, task: Task) -> None:
    """Others compare the numbers, and the ruling waits for them."""
    draft.cancel([t for t in draft.case.open_tasks() if t.about == task.about], Cause.CONFLICT)
    draft.lift(Cause.PAUSE_ITEM, task.about, why=Cause.CONFLICT)
    _back_to(draft, Stage.CONSULTATION)
    first = _comparisons(draft, task)[-1]
    draft.open(first.kind, unit=first.unit, about=task.about, digest=content_of(draft, task.about))


def _comparisons(draft: Work, task: Task) -> list[Task]:
    """Where the numbers of this fact were compared, in order."""
    kinds = (DEPARTMENT[0], DESK[0])
    return [t for t in draft.case.tasks.values() if t.kind in kinds and t.about == task.about]


def opinion_again(draft: Work, task: Task) -> None:
    """Others draft and sign the opinion."""
    draft.lift(Cause.OPINION_DEFERRED, why=Cause.CONFLICT)
    BEGIN_INTEGRITY(draft, task)


def decide_again(draft: Work, task: Task) -> None:
    """Another clerk records what the committee decides."""
    draft.lift(Cause.DECISION_DEFERRED, why=Cause.CONFLICT)
    BEGIN_DECISION(draft, task)


def check_again(draft: Work, task: Task) -> None:
    """Another handler checks the report; a notice that waited for its answer is closed after that."""
    draft.lift(Cause.REPORT_UNPROVEN, task.about, why=Cause.CONFLICT)
    if holding_up(draft.case):
        _back_to(draft, Stage.NOTICE)
    draft.open(CHECK, about=task.about)


def note_again(draft: Work, task: Task) -> None:
    """Another chair of the panel takes note."""
    draft.open("note-report", about=task.about)


def recheck_again(draft: Work, task: Task) -> None:
    """Somebody else reads the states again; until then the name is off the ballot."""
    leave(draft, Cause.CONFLICT)
    READY(draft, task)


def pause_again(draft: Work, task: Task) -> None:
    """What two people let go on waits again until others have read the state. What was put off is asked anew anyhow;
    and while a hold stands others say whether it ends.
    """
    resume_again(draft, task)
    cause, _, named = task.about.partition(":")
    if cause != Cause.PAUSE_ITEM:
        return
    hit = numbered(draft.case, number_in(HIT, named))
    if hit.ruling is Ruling.PAUSE and not hit.cancelled:
        draft.hold(Cause.PAUSE_ITEM, named)


def _back_to(draft: Work, stage: Stage) -> None:
    if ORDER.index(draft.case.stage) > ORDER.index(stage):
        draft.enter(stage)


def _each(ask: Consequence[Nomination], *kinds: str, beside: bool = False) -> dict[str, Again[Nomination]]:
    return dict.fromkeys(kinds, Again(ask, beside))


AGAIN: dict[str, Again[Nomination]] = {
    **dict.fromkeys(RESUMPTION, Again(pause_again, beside=True, alone=True)),
    **_each(screen_again, "screen", "screen-sign"),
    **_each(ask_department_again, *ANSWERS, "conference", *SUPPLEMENTS, beside=True),
    **_each(
        rule_again, "confirm-fact", "confirm-fact-sign", "confirm-pause", "confirm-pause-sign", beside=True
    ),
    **_each(rule_again, "panel-chair", "panel-vote", beside=True),
    **_each(match_again, *DEPARTMENT, *DESK, beside=True),
    **_each(BEGIN_GRADING, "score", "score-sign"),
    **_each(BEGIN_INSPECTION, "inspect"),
    **_each(opinion_again, "opinion-draft", "opinion-head", "opinion-leader"),
    **_each(BEGIN_PROPOSAL, "propose-department", "propose-party-group"),
    **_each(decide_again, "decide", "reread-decision"),
    **_each(POST_AGAIN, "post-notice"),
    **dict.fromkeys(("close-notice", "reread-notice"), Again(enters(Stage.NOTICE), after=POSTED)),
    **_each(check_again, *REPORT, beside=True),
    "note-report": Again(note_again, beside=True, alone=True),
    **_each(recheck_again, "recheck"),
}

"""ST04: fourteen departments answer in parallel, two people each. Silence is never "no issue" (D8)."""

from contracts.commands.case import CompleteTask
from contracts.events.nomination import LateReplyTaken
from contracts.vocabulary import Stage
from workflows.kinds.nomination.case import FIRST_LETTER, Nomination, Work
from workflows.kinds.nomination.findings import find_hits, findings_hold
from workflows.kinds.nomination.grades import grade_again
from workflows.passages.consulting import Consulting, Pair
from workflows.procedure.case import Task
from workflows.procedure.redoing import ORDER
from workflows.rules.verdict import Refused


def names_facts(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """An ISSUE must name facts of items on the list."""
    return findings_hold(draft, task, command) if command.outcome == "ISSUE" else None


def find_issues(draft: Work, task: Task) -> None:
    """The reported facts are looked at, one by one."""
    find_hits(draft, draft.case.signed_by_first(task))


def came_late(draft: Work, task: Task) -> None:
    """A department that was closed has answered: its cap falls while nothing is decided; later it is only kept."""
    decided = ORDER.index(draft.case.stage) > ORDER.index(Stage.DECISION)
    draft.emit(LateReplyTaken(unit=task.unit, counts=not decided))
    grade_again(draft)


def nothing_found(draft: Work, task: Task) -> None:
    """There is nothing to look at."""


DEPARTMENTS: Consulting[Nomination] = Consulting(
    reply="reply",
    sign="reply-sign",
    conference=FIRST_LETTER.conference,
    extension="conference_extension",
    answers={"NO_ISSUE": nothing_found, "NO_RECORD": nothing_found, "ISSUE": find_issues},
    check=names_facts,
    above=Pair("reply-above", "reply-above-sign"),
    late=Pair("late-reply", "late-reply-sign"),
    came_late=came_late,
)

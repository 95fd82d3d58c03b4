"""What an event gives to a letter: its stored instants, its words, and what tells one occasion from another. Pure."""

from contracts.base import Instant
from contracts.case import number_in
from contracts.events.base import Event
from contracts.events.batch import BatchOpened
from contracts.events.case import CaseEnded
from contracts.events.data_request import DataAnswerDue, DataAnswered
from contracts.events.nomination import AppealAnswered, ResultRequested, RightRenewed
from contracts.events.removal import DutySuspended, MemberRestored, SuspensionLifted, UrgentlyDecided
from contracts.events.removal_review import ReviewConcluded
from contracts.events.review import (
    CaseGraded,
    NoticePosted,
    OpinionGiven,
    ReportAnswered,
    ReportReceived,
    VotesCounted,
)
from contracts.events.task import RungReached, TaskOpened
from services.notices.casefile import CaseFile


def matter_of(event: Event) -> dict[str, object]:
    """The fields of a letter that the event itself decides."""
    match event:
        case BatchOpened(nomination_closes=closes):
            return {"reply_by": closes, "provisional": closes is None, "title": event.title}
        case TaskOpened():
            task = {"task": event.kind, "asks": event.task_id, "unit": event.unit, "about": event.about}
            return {"reply_by": event.due, "provisional": event.provisional, **task}
        case RungReached():
            return {"reply_by": event.due, "task": event.kind, "unit": event.unit, "rung": event.rung}
        case NoticePosted():
            return {"window": (event.start, event.end), "provisional": event.provisional}
        case CaseEnded():
            term = {"reply_by": event.answer_by, "provisional": event.right and event.answer_by is None}
            return {"outcome": ("state", event.state.value), "cause": event.cause, **term}
        case RightRenewed():
            return {"reply_by": event.answer_by, "provisional": event.answer_by is None}
        case AppealAnswered():
            return {"outcome": ("ending", event.outcome)}
        case CaseGraded() | ResultRequested():
            return {"outcome": ("grade", event.grade.value)}
        case OpinionGiven():
            return {"outcome": ("opinion", event.opinion)}
        case ReportAnswered():
            return {"outcome": ("ending", event.ending)}
        case VotesCounted() | UrgentlyDecided():
            return {"outcome": ("ending", event.outcome)}
        case ReviewConcluded():
            return {"outcome": ("state", event.outcome.value)}
        case DataAnswerDue(answer_by=by):
            return {"reply_by": by, "provisional": by is None}
        case DataAnswered():
            return {"outcome": ("ending", event.outcome)}
        case DutySuspended() | SuspensionLifted():
            return {"cause": event.cause}
        case MemberRestored():
            return {"cause": event.cause, "since": event.since}
        case _:
            return {}


def round_of(event: Event, after: CaseFile) -> str:
    """What tells this occasion from the others of the same letter."""
    match event:
        case TaskOpened():
            return f"{event.round}"
        case RungReached():
            # A deadline that was extended is watched anew, so the deadline is part of what a reminder is about.
            task = event.task_id.removeprefix(f"{after.case_id}.")
            return f"{task}.{event.rung}.{_compact(event.due)}"
        case ReportReceived():
            return f"{event.report}"
        case ReportAnswered():
            earlier = after.answers[event.report] - 1
            return f"{event.report}.{earlier}" if earlier else f"{event.report}"
        case _:
            return f"{after.counts[event.type]}"


def number_about(event: Event) -> int:
    """The number of the hit that a task is about; KeyError or ValueError for an event that is about none."""
    if not isinstance(event, TaskOpened):
        raise KeyError("about")
    return number_in("hit", event.about)


def thing_about(event: Event) -> str:
    """What tells the thing that a task is about from every other: a hit's bare number; KeyError for no task."""
    if not isinstance(event, TaskOpened):
        raise KeyError("about")
    return event.about.removeprefix("hit.")


def asked_again(event: Event, before: CaseFile) -> bool:
    """Whether a unit is asked under a deadline that it was already told: sent back, or given to another officer."""
    if not isinstance(event, TaskOpened):
        raise KeyError("due")
    return event.unit in before.asked and before.asked[event.unit] == event.due


def _compact(instant: Instant | None) -> str:
    return "" if instant is None else f"{int(instant.timestamp())}"

"""What every kind of case tells its letters: which departments were asked, until when, and why no longer. Pure."""

from typing import Any, TypeAlias, assert_never, get_args

from contracts.events.base import Event
from contracts.events.case import (
    CalendarLoaded,
    CaseEnded,
    CaseFiled,
    CaseHeld,
    CaseResumed,
    PolicyAdopted,
    StageEntered,
)
from contracts.events.conflict import ConflictDeclared, ConflictReported, ConflictSettled, PapersVoided
from contracts.events.errand import ErrandCarried, ErrandOwed
from contracts.events.letters import LetterServed, LetterUnserved
from contracts.events.task import (
    RungReached,
    TaskCancelled,
    TaskClaimed,
    TaskCompleted,
    TaskExtended,
    TaskOpened,
    TaskReassigned,
    TaskReleased,
)
from services.notices.casefile import CaseFile

Changes: TypeAlias = dict[str, Any]
"""Fields of the file with their new values."""

CONSULTING = frozenset({"reply", "reply-sign", "re-reply", "re-reply-sign"})
"""Kinds of task by which a department answers."""

_CaseEvent: TypeAlias = (
    StageEntered | CaseHeld | CaseResumed | CaseEnded | CaseFiled | CalendarLoaded | PolicyAdopted
)
_ErrandEvent: TypeAlias = ErrandOwed | ErrandCarried
_Handling: TypeAlias = TaskCompleted | TaskClaimed | TaskReleased | TaskReassigned | RungReached
_Letter: TypeAlias = LetterUnserved | LetterServed
_Conflict: TypeAlias = ConflictDeclared | ConflictReported | ConflictSettled | PapersVoided
SharedEvent: TypeAlias = (
    TaskOpened | TaskExtended | TaskCancelled | _Handling | _Letter | _Conflict | _CaseEvent | _ErrandEvent
)
EVENTS: frozenset[type[Event]] = frozenset(get_args(SharedEvent))


def changes(file: CaseFile, event: SharedEvent) -> Changes:
    """What the event changes."""
    match event:
        case TaskOpened() if event.kind in CONSULTING:
            return {
                "consulted": {**file.consulted, event.task_id: event.unit},
                "asked": {**file.asked, event.unit: event.due},
            }
        case TaskExtended() if event.task_id in file.consulted:
            return {"asked": {**file.asked, file.consulted[event.task_id]: event.due}}
        case TaskCancelled() if event.kind in CONSULTING:
            return {"cancelled": {**file.cancelled, event.unit: event.cause}}
        case (
            TaskOpened() | TaskExtended() | TaskCancelled() | TaskCompleted() | TaskClaimed() | TaskReleased()
        ):
            return {}
        case TaskReassigned() | RungReached() | ErrandOwed() | ErrandCarried():
            return {}
        case LetterUnserved() | LetterServed():
            return {}
        case ConflictDeclared() | ConflictReported() | ConflictSettled() | PapersVoided():
            return {}
        case StageEntered(stage=stage):
            return {"stage": stage}
        case CaseHeld() | CaseResumed() | CaseEnded() | CaseFiled() | CalendarLoaded():
            return {}
        case PolicyAdopted():
            return {}
        case _:
            assert_never(event)

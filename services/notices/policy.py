"""Which event leads to which letters, and to whom. Pure; the texts themselves are the policy's."""

from collections.abc import Callable, Iterable
from typing import Any

from contracts.base import Instant
from contracts.events.base import Event
from contracts.events.batch import BatchCalendarLoaded, BatchOpened, ElectionCalled, RosterAccepted
from contracts.events.case import (
    CalendarLoaded,
    CaseAmended,
    CaseEnded,
    CaseFiled,
    CaseHeld,
    CaseOpened,
    CaseResumed,
    ElectionScheduled,
    StageEntered,
    WithdrawalSigned,
)
from contracts.events.review import (
    CaseGraded,
    FactDismissed,
    HitFound,
    HitRuled,
    NoticePosted,
    OpinionGiven,
    ReportAnswered,
    ReportReceived,
    VotesCounted,
)
from contracts.events.task import (
    ConflictDeclared,
    RungReached,
    TaskCancelled,
    TaskClaimed,
    TaskCompleted,
    TaskExtended,
    TaskOpened,
    TaskReassigned,
    TaskReleased,
)
from contracts.vocabulary import CaseState, Ruling, Rung
from services.notices.addressees import Occasion, addressed
from services.notices.letters import Letter

COLOURED = frozenset({Rung.BLUE, Rung.YELLOW, Rung.RED})
"""Rungs that are a letter. The joint conference is a task of its own, an expiry shows in what follows."""


def letters(occasion: Occasion) -> tuple[Letter, ...]:
    """The letters that an event leads to, none twice. KeyError when the policy lacks a text or an addressee.

    An event that is neither in the table nor among those that lead to no letter is a KeyError as well: a new
    one must be thought about, not passed over.
    """
    kind = type(occasion.event)
    if kind in NO_LETTER:
        return ()
    found: dict[tuple[str, str], Letter] = {}
    for letter in LETTERS[kind](occasion, occasion.event):
        found.setdefault((letter.type, letter.addressee.key), letter)
    return tuple(found.values())


def _write(o: Occasion, code: str, *only: str, **about: object) -> list[Letter]:
    """The notice of this code to everybody its policy names, or to those of `only` among them."""
    to = [name for name in o.policy.notice(code).to if not only or name in only]
    return [
        Letter.model_validate({"type": code, "addressee": who, **about})
        for name in to
        for who in addressed(name, o)
    ]


def _count(o: Occasion) -> int:
    return o.after.counts[o.event.type]


def _batch_opened(o: Occasion, event: BatchOpened) -> Iterable[Letter]:
    closes = event.nomination_closes
    return _write(o, "N01", round="1", reply_by=closes, provisional=closes is None, title=event.title)


def _task_opened(o: Occasion, event: TaskOpened) -> Iterable[Letter]:
    match event.kind:
        case "repair":
            return _about_task(o, event, "N02", says="remark")
        case "declare":
            return _about_task(o, event, "N04")
        case "reply":
            return [] if _asked_already(o, event) else _about_task(o, event, "N05", says="questions")
        case "explain":
            hit = event.hit or 0
            return _about_task(o, event, "N07", round=f"{hit}", says="facts", hits=(hit,))
        case "opinion-draft":
            return _about_task(o, event, "N10", "discipline_group")
        case _:
            return []


def _about_task(o: Occasion, event: TaskOpened, code: str, *only: str, **about: object) -> list[Letter]:
    task = {
        "reply_by": event.due,
        "provisional": event.provisional,
        "task": event.kind,
        "unit": event.unit,
    }
    return _write(o, code, *only, **{"round": f"{event.round}", **task, **about})


def _asked_already(o: Occasion, event: TaskOpened) -> bool:
    # A reply that its head sent back, or that another officer must give, is opened again under the old
    # deadline: that is the department's own affair and no second letter.
    return event.unit in o.before.asked and o.before.asked[event.unit] == event.due


def _rung_reached(o: Occasion, event: RungReached) -> Iterable[Letter]:
    if event.rung not in COLOURED:
        return []
    # A deadline that was extended is watched anew, so the deadline is part of what a reminder is about.
    task = event.task_id.removeprefix(f"{o.after.case_id}.")
    round_ = f"{task}.{event.rung}.{_compact(event.due)}"
    return [
        Letter(
            type="N06",
            addressee=who,
            round=round_,
            reply_by=event.due,
            task=event.kind,
            unit=event.unit,
            rung=event.rung,
        )
        for name in event.to
        for who in addressed(name, o)
    ]


def _compact(instant: Instant | None) -> str:
    return "" if instant is None else f"{int(instant.timestamp())}"


def _graded(o: Occasion, event: CaseGraded) -> Iterable[Letter]:
    # The nominee is told on request only.
    return _write(o, "N09", "nominator", round=f"{_count(o)}", outcome=("grade", event.grade.value))


def _opinion(o: Occasion, event: OpinionGiven) -> Iterable[Letter]:
    return _write(o, "N10", "ufwd", round=f"{_count(o)}", outcome=("opinion", event.opinion))


def _posted(o: Occasion, event: NoticePosted) -> Iterable[Letter]:
    return _write(
        o, "N11", round=f"{_count(o)}", window=(event.start, event.end), provisional=event.provisional
    )


def _report_received(o: Occasion, event: ReportReceived) -> Iterable[Letter]:
    return _write(o, "N12", "reporter", round=f"{event.report}")


def _report_answered(o: Occasion, event: ReportAnswered) -> Iterable[Letter]:
    return _write(o, "N13", round=f"{event.report}", outcome=("ending", event.ending))


def _held(o: Occasion, event: CaseHeld) -> Iterable[Letter]:
    return _write(o, "N14", round=f"{_count(o)}")


def _ended(o: Occasion, event: CaseEnded) -> Iterable[Letter]:
    outcome = ("state", event.state.value)
    match event.state:
        case CaseState.INELIGIBLE:
            return _write(o, "N03", round="1", outcome=outcome, says="remark")
        case CaseState.VETOED:
            return _vetoed(o, outcome)
        case CaseState.WITHDRAWN | CaseState.RENOUNCED:
            return _write(o, "N15", round="1", outcome=outcome)
        case CaseState.ELECTED | CaseState.NOT_ELECTED:
            return _write(o, "N16", round="1", outcome=outcome)
        case _:
            # REJECTED, MERGED and LAPSED have no letter of their own in the procedure.
            return []


def _vetoed(o: Occasion, outcome: tuple[str, str]) -> list[Letter]:
    hits = tuple(number for number, ruling in o.after.rulings.items() if ruling is Ruling.VETO)
    written = _write(o, "N08", round="1", outcome=outcome, says="facts", hits=hits)
    # What departments reported stays with the case's team: the nominating body learns which items, no more.
    return [
        letter.model_copy(update={"says": "items"}) if "NOMINATOR" in letter.addressee.roles else letter
        for letter in written
    ]


LETTERS: dict[type[Event], Callable[[Occasion, Any], Iterable[Letter]]] = {
    BatchOpened: _batch_opened,
    CaseEnded: _ended,
    CaseGraded: _graded,
    CaseHeld: _held,
    NoticePosted: _posted,
    OpinionGiven: _opinion,
    ReportAnswered: _report_answered,
    ReportReceived: _report_received,
    RungReached: _rung_reached,
    TaskOpened: _task_opened,
}
"""Events that may lead to a letter."""

NO_LETTER: frozenset[type[Event]] = frozenset(
    {
        BatchCalendarLoaded,
        CalendarLoaded,
        CaseAmended,
        CaseFiled,
        CaseOpened,
        CaseResumed,
        ConflictDeclared,
        ElectionCalled,
        ElectionScheduled,
        FactDismissed,
        HitFound,
        HitRuled,
        RosterAccepted,
        StageEntered,
        TaskCancelled,
        TaskClaimed,
        TaskCompleted,
        TaskExtended,
        TaskReassigned,
        TaskReleased,
        VotesCounted,
        WithdrawalSigned,
    }
)
"""Events that lead to none, each thought about."""

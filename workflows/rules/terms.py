"""A deadline out of its whole term: start, limit, and every extension and pause since (domain §8.0, §8.8.10)."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from contracts.policy.model import Calendar, Limit, Unit
from contracts.term import Extended, Move, Stood, Term
from workflows.rules import deadlines
from workflows.rules.deadlines import Due, Pause


def counted(term: Term, limits: Mapping[str, Limit], calendar: Calendar) -> Due:
    """The deadline that the term gives by this calendar; provisional as soon as a year that it needs is unknown."""
    begun = begins(term, limits, calendar)
    if begun is None:
        return Due(at=None, provisional=True, counted=(), skipped=())
    limit = limits[term.limit]
    due = deadlines.due(begun, limit, calendar)
    before = term.model_copy(update={"moves": ()})
    for move in term.moves:
        due = moved(due, before, move, limit.unit, calendar)
        before = before.moved(move)
    return due


def begins(term: Term, limits: Mapping[str, Limit], calendar: Calendar) -> datetime | None:
    """The event after which the term's own limit is counted; None while that needs a year that is unknown."""
    if term.after is None:
        return term.start
    first = deadlines.due(term.start, limits[term.after], calendar).at
    # It happens on the last day, whose 24:00 belongs to the next one already.
    return None if first is None else first - deadlines.MOMENT


def moved(due: Due, before: Term, move: Move, unit: Unit, calendar: Calendar) -> Due:
    """The deadline after one more move; `before` is the term that gave it. A provisional one stays provisional,
    unless the move counts from an event of its own."""
    stood = _pauses(before)
    match move:
        case Extended(counted_from=datetime() as instant):
            return deadlines.due(instant, Limit(n=move.n, unit=move.unit), calendar)
        case Extended():
            return due if due.at is None else deadlines.extend(due.at, move.n, move.unit, calendar, stood)
        case Stood(since=since, until=until):
            if due.at is None:
                return due
            back = deadlines.resume(due.at, (since, until), _counted_from(before), unit, calendar, stood)
            return due if back.at == due.at else back
        case _:
            assert_never(move)


def _pauses(term: Term) -> tuple[Pause, ...]:
    return tuple((move.since, move.until) for move in term.moves if isinstance(move, Stood))


def _counted_from(term: Term) -> datetime:
    """The event after which days count towards the deadline as it stands."""
    own = [move.counted_from for move in term.moves if isinstance(move, Extended) and move.counted_from]
    return own[-1] if own else term.start

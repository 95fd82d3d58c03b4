"""What is due when, as the keys by which tasks are ordered say it. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from enum import StrEnum

NEVER = "9999"
"""Before it stand the keys of all deadlines, behind it that of a task without one."""


class Due(StrEnum):
    """How the deadline of an open task stands to now: it is over, it ends today, or later."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"


@dataclass(frozen=True)
class Span:
    """The deadlines after the one key, up to and with the other.

    `standing`: also every deadline of a task whose clock stands, which ends neither today nor before.
    """

    after: str
    until: str
    standing: bool = False


def spans(now: datetime, utc_offset_hours: int) -> dict[Due, Span]:
    """The spans at this instant, in the office's own zone. At its instant a deadline is over (domain §8.0)."""
    here = now.astimezone(timezone(timedelta(hours=utc_offset_hours)))
    midnight = datetime.combine(here.date() + timedelta(days=1), time(0), here.tzinfo)
    tonight = _key(midnight)
    return {
        Due.OVERDUE: over(now),
        Due.TODAY: Span(_key(now), tonight),
        Due.LATER: Span(tonight, NEVER, standing=True),
    }


def over(now: datetime) -> Span:
    """The deadlines that are over at this instant, in any zone."""
    return Span("", _key(now))


def _key(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")

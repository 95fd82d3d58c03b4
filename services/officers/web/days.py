"""Days and instants as people enter them: a text in one form, within bounds that no honest one leaves.

A number is no date: read as seconds since 1970 it would be some day that nobody meant. Days that lie behind us end with
tomorrow, because it may be tomorrow already where the caller sits.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

FIRST = date(1900, 1, 1)
"""Nobody who is vetted, and nothing that is held against them, is older."""

AHEAD = "x-ahead"
"""Marks in a schema the day or the instant that may be to come."""

YEARS_AHEAD = 20
"""Of a term's end, a grant's end, an election: four terms of office."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def last_behind() -> date:
    """The last day of something that has happened."""
    return _today() + timedelta(days=1)


def last_ahead() -> date:
    """The last day of something to come."""
    today = _today()
    return date(today.year + YEARS_AHEAD, today.month, 1)


def is_past_day(text: object) -> bool:
    """Whether a form's `date` is one, of something that has happened. Anything but a text is the schema's affair."""
    return not isinstance(text, str) or _holds(text, _DAY, date.fromisoformat, last_behind())


def is_past_instant(text: object) -> bool:
    """Whether a form's `date-time` is one, with its zone, of something that has happened."""
    return not isinstance(text, str) or _holds(text, _INSTANT, _instant_day, last_behind())


def _today() -> date:
    return datetime.now(UTC).date()


def _instant_day(text: str) -> date:
    return datetime.fromisoformat(text.upper().replace(" ", "T")).astimezone(UTC).date()


def _holds(text: str, form: re.Pattern[str], day_of: Any, last: date) -> bool:
    if form.fullmatch(text) is None:
        return False
    try:
        return bool(FIRST <= day_of(text) <= last)
    except (ValueError, OverflowError):
        return False


def _day_text(value: Any) -> Any:
    if not isinstance(value, str) or _DAY.fullmatch(value) is None:
        raise PydanticCustomError("day_form", "A day is written as a text: YYYY-MM-DD")
    return value


def _instant_text(value: Any) -> Any:
    if not isinstance(value, str) or _INSTANT.fullmatch(value) is None:
        raise PydanticCustomError("instant_form", "An instant is written as a text with its zone (RFC 3339)")
    return value


def _between(day: date, last: date) -> None:
    if not FIRST <= day <= last:
        rule = {"ge": FIRST.isoformat(), "le": last.isoformat()}
        raise PydanticCustomError("day_out_of_bounds", "It must lie between {ge} and {le}", rule)


def _behind(day: date) -> date:
    _between(day, last_behind())
    return day


def _ahead(day: date) -> date:
    _between(day, last_ahead())
    return day


def _moment(instant: datetime) -> datetime:
    _between(_utc_day(instant), last_ahead())
    return instant


def _past_moment(instant: datetime) -> datetime:
    _between(_utc_day(instant), last_behind())
    return instant


def _utc_day(instant: datetime) -> date:
    try:
        return instant.astimezone(UTC).date()
    except OverflowError:
        # The edge of the calendar: with its offset it is in no year.
        return date.max


PastDay = Annotated[date, BeforeValidator(_day_text), AfterValidator(_behind)]
"""The day of something that has happened."""

Day = Annotated[
    date, BeforeValidator(_day_text), AfterValidator(_ahead), Field(json_schema_extra={AHEAD: True})
]
"""A day that may be to come."""

Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_instant_text),
    AfterValidator(_moment),
    Field(json_schema_extra={AHEAD: True}),
]
"""An instant that may be to come."""

PastMoment = Annotated[AwareDatetime, BeforeValidator(_instant_text), AfterValidator(_past_moment)]
"""The instant of something that has happened."""

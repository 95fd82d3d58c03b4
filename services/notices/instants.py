"""Stored instants as letters print them: local time of the procedure, midnight as the day's end. Pure."""

from datetime import datetime, timedelta, timezone

from contracts.words.families import Language
from contracts.words.naming import pick
from services.notices.wording import PROVISIONAL


def local(instant: datetime, offset_hours: int) -> datetime:
    """The instant on the procedure's clock."""
    return instant.astimezone(timezone(timedelta(hours=offset_hours)))


def moment(instant: datetime | None, *, provisional: bool, offset_hours: int, language: Language) -> str:
    """A deadline or a window's end: `2026年5月18日24:00`, `暂定` while provisional, nothing if there is none.

    A term ends at 24:00 of its last day; the stored instant is the next day's first, and printing that would
    tell people a wrong day.
    """
    if provisional:
        return pick(PROVISIONAL, language)
    if instant is None:
        return ""
    at = local(instant, offset_hours)
    if (at.hour, at.minute, at.second) == (0, 0, 0):
        return (
            f"{day(at - timedelta(days=1), language)}{_space(language)}24:00{_zone(offset_hours, language)}"
        )
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    return f"{day(at, language)}{_space(language)}{clock}{_zone(offset_hours, language)}"


def beginning(instant: datetime | None, *, offset_hours: int, language: Language) -> str:
    """A window's start: `2026年9月28日00:00`; here midnight is the day's own first instant."""
    if instant is None:
        return ""
    at = local(instant, offset_hours)
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    return f"{day(at, language)}{_space(language)}{clock}{_zone(offset_hours, language)}"


def day(at: datetime, language: Language) -> str:
    """A local day: `2026年5月18日`, or `2026-05-18`."""
    return f"{at.year}年{at.month}月{at.day}日" if language == "zh" else f"{at:%Y-%m-%d}"


def _space(language: Language) -> str:
    return "" if language == "zh" else " "


def _zone(offset_hours: int, language: Language) -> str:
    return "" if language == "zh" else f" (UTC{offset_hours:+d})"

"""Days and times as people type them: several notations, one value. Pure.

`2026-3-2`, `2026/3/2`, `2026.3.2`, `20260302` and `2026年3月2日` are the same day, full-width digits too; what may be
read in two ways, such as `3/2/2026`, is none. A time without a zone is China's: it has one, without summer time.
"""

import re
import unicodedata
from datetime import UTC, date, datetime

from contracts.minutes import HERE

_DAY = (
    r"(?P<y>[0-9]{4})(?:(?P<sign>[-/.])(?P<m1>[0-9]{1,2})(?P=sign)(?P<d1>[0-9]{1,2})"
    r"|(?P<m2>[0-9]{2})(?P<d2>[0-9]{2})|年(?P<m3>[0-9]{1,2})月(?P<d3>[0-9]{1,2})[日号])"
)
_TIME = (
    r"(?P<h>[0-9]{1,2})(?::(?P<min1>[0-9]{2})(?::(?P<s>[0-9]{2}(?:\.[0-9]{1,6})?))?"
    r"|[时点](?:(?P<min2>[0-9]{1,2})分)?)"
)
_ONLY_DAY = re.compile(_DAY)
_INSTANT = re.compile(rf"{_DAY}(?:[Tt ]+|(?<=[日号])){_TIME} ?(?P<zone>[Zz]|[+-][0-9]{{2}}:[0-9]{{2}})?")
_AROUND = re.compile(r" *([年月日号时点分]) *")


def plain(text: str) -> str:
    """What was typed with an input method as it is meant: full-width signs as ordinary ones, no space around."""
    return unicodedata.normalize("NFKC", text).strip()


def read_day(typed: str) -> str:
    """The day as YYYY-MM-DD; what is no day comes back as it was typed."""
    found = _ONLY_DAY.fullmatch(_tight(typed))
    day = None if found is None else _day(found)
    return typed.strip() if day is None else day.isoformat()


def read_instant(typed: str) -> str:
    """The instant with its zone (RFC 3339), in China's time unless it says another; otherwise what was typed."""
    found = _INSTANT.fullmatch(_tight(typed))
    day = None if found is None else _day(found)
    if found is None or day is None:
        return typed.strip()
    minute = int(found["min1"] or found["min2"] or 0)
    zone = (found["zone"] or "+08:00").upper()
    instant = _parsed(f"{day.isoformat()}T{int(found['h']):02d}:{minute:02d}:{found['s'] or '00'}{zone}")
    return typed.strip() if instant is None else instant.isoformat()


def show_instant(value: str) -> str:
    """An instant as one would type it: China's time without a zone; what is no instant is shown as it is."""
    instant = _parsed(value)
    if instant is None or instant.tzinfo is None:
        return value
    try:
        local = instant.astimezone(HERE)
    except OverflowError:
        return value
    exact = local.second or local.microsecond
    return local.replace(tzinfo=None).isoformat(" ", "auto" if exact else "minutes")


def is_day(value: str) -> bool:
    """Whether the text is a day that there is, written YYYY-MM-DD."""
    # Not whether it is read as itself: so is what is no day.
    found = _ONLY_DAY.fullmatch(value)
    day = None if found is None else _day(found)
    return day is not None and day.isoformat() == value


def is_instant(value: str) -> bool:
    """Whether the text is an instant with its zone."""
    instant = _parsed(value)
    return instant is not None and instant.tzinfo is not None


def day_of(value: str) -> str:
    """The day on which an instant lies in UTC, by which the API bounds it; of a day the day itself."""
    if is_day(value):
        return value
    try:
        return datetime.fromisoformat(value).astimezone(UTC).date().isoformat()
    except (ValueError, OverflowError):
        # The edge of the calendar: with its zone it is in no year.
        return date.max.isoformat()


def _tight(typed: str) -> str:
    return _AROUND.sub(r"\1", plain(typed))


def _day(found: re.Match[str]) -> date | None:
    month = found["m1"] or found["m2"] or found["m3"]
    day = found["d1"] or found["d2"] or found["d3"]
    try:
        return date(int(found["y"]), int(month), int(day))
    except ValueError:
        return None


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None

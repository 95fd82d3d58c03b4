"""Days and instants as people here read them: by the clock of the place, a deadline at the end of its day. Pure."""

from datetime import datetime, timedelta

from contracts.minutes import HERE


def read(text: str) -> datetime:
    """An instant as the API writes it."""
    return datetime.fromisoformat(text).astimezone(HERE)


def instant(text: str | None) -> str:
    """Day and minute; empty for none."""
    return f"{read(text):%Y-%m-%d %H:%M}" if text else ""


def day(text: str | None) -> str:
    """The day alone; a day is left as it is."""
    return (text if len(text) == len("2026-01-01") else f"{read(text):%Y-%m-%d}") if text else ""


def due(text: str | None) -> str:
    """The end of a term: midnight is said as the end of the day that is counted last, never as 00:00 of the next."""
    if not text:
        return ""
    ends = read(text)
    if (ends.hour, ends.minute) != (0, 0):
        return f"{ends:%Y-%m-%d %H:%M}"
    return f"{ends - timedelta(days=1):%Y-%m-%d} 24:00"


def typed_now(now: datetime) -> str:
    """The minute that it is, as the value of a form: seconds that nobody would type are left away."""
    return now.astimezone(HERE).replace(second=0, microsecond=0).isoformat()

"""Instants as people in the zone of the procedure write them."""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def at(month: int, day: int, hour: int = 16, minute: int = 0, year: int = 2026) -> datetime:
    """A minute of a day: at the close of office hours unless it is told."""
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


def midnight_after(month: int, day: int, year: int = 2026) -> datetime:
    """24:00 of a day."""
    return at(month, day, 0, year=year) + timedelta(days=1)

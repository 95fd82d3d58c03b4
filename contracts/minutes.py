"""Instants as people read and type them: by the clock of the place, to the minute."""

from datetime import datetime, timedelta, timezone

HERE = timezone(timedelta(hours=8))
"""All of the country has one time, without summer time."""


def minute_of(instant: datetime) -> datetime:
    """The beginning of the minute in which it lies: whoever types 14:05 means that minute, and no second of it.

    What somebody typed is held against this, and not against the second in which a machine noted what went before.
    """
    return instant.replace(second=0, microsecond=0)

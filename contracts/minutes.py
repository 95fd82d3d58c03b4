"""Instants as people type them: to the minute."""

from datetime import datetime


def minute_of(instant: datetime) -> datetime:
    """The beginning of the minute in which it lies: whoever types 14:05 means that minute, and no second of it.

    What somebody typed is held against this, and not against the second in which a machine noted what went before.
    """
    return instant.replace(second=0, microsecond=0)

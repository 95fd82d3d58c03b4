"""How long the file of a case is kept (domain §8.7). Pure."""

from datetime import date


def kept_until(closed: date, years: int | None) -> date | None:
    """The last day on which a file is kept that was closed on this day; None: it is kept permanently.

    A term begins with the year after the one in which the file was closed, so whole years are kept and never a day
    less. The number of years is the policy's; that the year counts from its first day is ours, after the custom of
    archives.
    """
    return None if years is None else date(closed.year + years, 12, 31)


def last_year_due(on: date, years: int) -> int:
    """The last year of closing whose files are kept no longer on this day."""
    return on.year - years - 1

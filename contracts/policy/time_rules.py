"""What must agree about time: limits, ladders, and the days of the calendar."""

from collections.abc import Iterator

from contracts.policy.finding import Finding, twice, unknown
from contracts.policy.model import Policy

NOTICE_AT_LEAST = 5
"""Full working days of public notice that no policy may fall below (domain §8.1, ST11)."""

NEEDED_LIMITS = ("nomination", "notice", "conference_extension", "hold")
"""Limits that are no task's alone and that the procedure asks for by name."""


def limit_faults(policy: Policy) -> Iterator[Finding]:
    """Limits that are missing, too short, or in a unit that this policy may not use."""
    if policy.demonstration != (policy.demonstration_mark is not None):
        yield Finding(("demonstration",), "demonstration and demonstration_mark go together: both or neither")
    for name in NEEDED_LIMITS:
        if name not in policy.limits:
            yield Finding(("limits",), f"{name} must be here too")
    for name, limit in policy.limits.items():
        if limit.unit == "s" and not policy.demonstration:
            yield Finding(("limits", name, "unit"), "seconds belong to a demonstration policy only")
        if limit.unit != "s" and policy.demonstration:
            yield Finding(("limits", name, "unit"), "must be s: a demonstration does not wait for days")
        if (limit.extension == 0) != (limit.extensions == 0):
            yield Finding(("limits", name), "extension and extensions go together: both or neither")
    notice = policy.limits.get("notice")
    if notice and notice.unit != "s" and (notice.unit != "WD" or notice.n < NOTICE_AT_LEAST):
        yield Finding(("limits", "notice"), f"the public notice lasts at least {NOTICE_AT_LEAST} WD")


def ladder_faults(policy: Policy) -> Iterator[Finding]:
    """Ladders whose rungs do not follow one another, or tell somebody unknown."""
    known = {addressee.code for addressee in policy.addressees}
    for name, ladder in policy.ladders.items():
        if ladder.unit == "s" and not policy.demonstration:
            yield Finding(("ladders", name, "unit"), "seconds belong to a demonstration policy only")
        columns = [
            [rung.offset for rung in ladder.rungs],
            [rung.offset if rung.short_offset is None else rung.short_offset for rung in ladder.rungs],
            [rung.offset if rung.month_offset is None else rung.month_offset for rung in ladder.rungs],
        ]
        for index, rung in enumerate(ladder.rungs):
            here = ("ladders", name, "rungs", index)
            if index and any(column[index] <= column[index - 1] for column in columns):
                yield Finding(here, f"{rung.rung} must come later than the rung before it")
            if rung.rung in [other.rung for other in ladder.rungs[:index]]:
                yield Finding(here, f"{rung.rung} stands here twice")
            yield from unknown((*here, "to"), rung.to, known, "addressee")


def calendar_faults(policy: Policy) -> Iterator[Finding]:
    """Days that are in two lists, in the wrong year, or that nobody would have to make up for."""
    yield from twice(("calendar", "years"), [str(year.year) for year in policy.calendar.years], "year")
    for index, year in enumerate(policy.calendar.years):
        for name in ("holidays", "make_up"):
            days = getattr(year, name)
            for place, day in enumerate(days):
                here = ("calendar", "years", index, name, place)
                if day.year != year.year:
                    yield Finding(here, f"{day} does not lie in {year.year}")
                if day in days[:place]:
                    yield Finding(here, f"{day} stands here twice")
                if name == "make_up" and day in year.holidays:
                    yield Finding(here, f"{day} cannot be both a holiday and a make-up day")
                if name == "make_up" and day.weekday() < 5:
                    yield Finding(here, f"{day} is no weekend day and cannot be a make-up day")

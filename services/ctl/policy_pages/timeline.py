"""A ladder drawn on a real week: when a task that opens on an ordinary Monday is due, and who is told when. Pure."""

from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from contracts.policy.model import Calendar, Policy, TaskKind, Text
from contracts.vocabulary import Rung
from services.kit.policy_words import joined, length, say, t
from services.worker.explaining import plan

DAY = timedelta(days=1)
OPENS = t("发出", "opened")
DUE = t("截止", "due")


class Mark(NamedTuple):
    """One instant on the line: what happens, when, and who is told."""

    what: Text
    when: Text
    told: Text
    rung: str


def example_day(calendar: Calendar) -> date:
    """A Monday in March of the latest published year: no holiday lies near, and the whole ladder fits."""
    first = date(max(year.year for year in calendar.years), 3, 1)
    return first + (-first.weekday() % 7) * DAY


def line(policy: Policy, kind: TaskKind) -> tuple[Mark, ...]:
    """From opening to the last rung, in order; nothing for a task without a limit."""
    if kind.limit is None or kind.ladder is None:
        return ()
    limit, ladder = policy.limits[kind.limit], policy.ladders[kind.ladder]
    run = plan(example_day(policy.calendar), limit, ladder, policy.calendar)
    told = {step.rung: joined([policy.addressee(name).name for name in step.to]) for step in ladder.rungs}

    def at(instant: datetime, *, ends: bool) -> Text:
        if ladder.unit == "s":
            return _seconds(int((instant - run.begins).total_seconds()))
        return _day(instant, policy.calendar, ends=ends)

    marks = [(run.begins, Mark(OPENS, at(run.begins, ends=False), t("—", "—"), "opens"))]
    if run.due is not None:
        marks.append((run.due, Mark(DUE, at(run.due, ends=True), t("—", "—"), "due")))
    for rung, instant in run.rungs:
        when = at(instant, ends=rung is Rung.EXPIRED)
        marks.append((instant, Mark(say(rung, "rung", policy), when, told[rung], rung.value)))
    return tuple(mark for _, mark in sorted(marks, key=lambda pair: pair[0]))


def _seconds(n: int) -> Text:
    after = length(n, "s")
    return t(f"{after.zh}后", f"after {after.en}")


def _day(instant: datetime, calendar: Calendar, *, ends: bool) -> Text:
    """A local day with its hour; an instant that ends a day is that day's 24:00."""
    zone = timezone(timedelta(hours=calendar.utc_offset_hours))
    at = instant.astimezone(zone)
    day, clock = (at - DAY, "24:00") if ends and (at.hour, at.minute) == (0, 0) else (at, f"{at:%H:%M}")
    weekday = "一二三四五六日"[day.weekday()]
    return t(
        f"{day.month}月{day.day}日（周{weekday}）{clock}", f"{day:%a} {day.month:02}-{day.day:02} {clock}"
    )

"""The states of the negative list, read again on a later day, each named (domain §8.2 rule 4, §8.8.5)."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from contracts.base import Contract, Instant
from contracts.minutes import minute_of
from contracts.policy.lists import NegativeItem
from contracts.refusals import RefusalCode
from contracts.saying import Saying, say
from workflows.rules.verdict import Refused

CLEAR = "CLEAR"
"""The result of a reading that found nothing. What was found is no reading but a fact, and is looked at as one."""


class Reading(Contract):
    """One state, as it stood when it was read: of which item, at which source, when, with what result."""

    item: str
    source: str
    read_at: Instant
    result: str


class Readings(Contract):
    """What was read again."""

    readings: tuple[Reading, ...] = Field(min_length=1)


def all_clear(
    readings: Sequence[Reading], states: Sequence[NegativeItem], asked: datetime, now: datetime
) -> Refused | None:
    """Refused unless each of these states was read at a source of its own, since it was asked for, and is clear."""
    known = {item.code: item for item in states}
    for index, one in enumerate(readings):
        if problem := _problem(one, known.get(one.item), asked, now):
            return Refused(RefusalCode.FORM_INVALID, problem.at(f"readings.{index}"))
    missing = sorted(known.keys() - {one.item for one in readings})
    if missing:
        return Refused(RefusalCode.STATE_NOT_READ, say("not-read-again", items=missing).at("readings"))
    return None


def _problem(one: Reading, item: NegativeItem | None, asked: datetime, now: datetime) -> Saying | None:
    if item is None:
        return say("no-state", item=one.item).at("item")
    if one.source not in item.sources:
        return say("read-elsewhere", item=one.item, sources=item.sources, source=one.source).at("source")
    since = minute_of(asked)
    if not since <= one.read_at <= now:
        return say("read-between", since=since, now=now).at("read_at")
    if one.result != CLEAR:
        return say("not-clear", item=one.item).at("result")
    return None

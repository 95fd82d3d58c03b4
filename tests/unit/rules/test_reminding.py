"""Reminders fire at 09:00 of working days, also after an outage; who inherits a deadline late is urged (§8.8.11)."""

from datetime import datetime

import pytest

from contracts.events.task import RungReached
from contracts.vocabulary import Rung
from tests.asking import local
from tests.desks import PureDesk
from tests.office import Office
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]


def told(desk: Work, kind: str) -> list[tuple[Rung, datetime]]:
    """What was told of the police's task of this kind, and when."""
    return [
        (event.rung, at)
        for at, event in desk.events
        if isinstance(event, RungReached) and (event.kind, event.unit) == (kind, "police")
    ]


@pytest.mark.parametrize(
    ("back", "fires"),
    [
        ("2026-03-22 23:00", "2026-03-23 09:00"),  # a Sunday night
        ("2026-03-21 09:30", "2026-03-23 09:00"),  # a Saturday
        ("2026-03-18 06:00", "2026-03-18 09:00"),  # before the hour of a working day
        ("2026-03-17 15:00", "2026-03-18 09:00"),  # after it
        ("2026-03-17 09:20", "2026-03-17 09:20"),  # within it: late by nobody's fault
    ],
)
async def test_after_an_outage_a_reminder_waits_for_the_hour(
    desk: Work, office: Office, back: str, fires: str
) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-16 10:00"))
    await desk.away(local(back))
    assert ((Rung.YELLOW, local(back)) in told(desk, "reply")) is (back == fires)
    await desk.until(local(fires))
    assert told(desk, "reply")[1] == (Rung.YELLOW, local(fires))


async def test_a_head_to_whom_a_reply_comes_after_the_last_rung_is_urged(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-24 10:00"))
    await office.act("reply", "NO_ISSUE", unit="police")
    await desk.until(local("2026-03-31 10:00"))
    assert told(desk, "reply-sign") == [
        (Rung.YELLOW, local("2026-03-25 09:00")),
        (Rung.RED, local("2026-03-27 09:00")),
        (Rung.CONFERENCE, local("2026-03-31 09:00")),
    ]


async def test_a_rung_that_has_not_passed_stays_where_it_is(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-18 10:00"))
    await office.act("reply", "NO_ISSUE", unit="police")
    await desk.until(local("2026-03-31 10:00"))
    assert told(desk, "reply-sign") == [
        (Rung.YELLOW, local("2026-03-19 09:00")),
        (Rung.RED, local("2026-03-19 09:00")),
        (Rung.CONFERENCE, local("2026-03-23 09:00")),
    ]

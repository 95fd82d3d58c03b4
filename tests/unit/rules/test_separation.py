"""Separation of duty over natural persons."""

import pytest

from contracts.actor import Actor, Grant
from contracts.commands.case import (
    CompleteTask,
)
from tests.acting import completing, refused
from tests.asking import asks, somebody
from tests.desks import PureDesk
from tests.office import Office, finding


@pytest.mark.parametrize(
    ("first", "second", "role"),
    [("screen", "screen-sign", "SECOND_CHECKER"), ("reply", "reply-sign", "DEPT_HEAD")],
)
async def test_two_signatures_are_two_people(
    desk: PureDesk, office: Office, first: str, second: str, role: str
) -> None:
    unit = "tax" if first == "reply" else ""
    if first == "reply":
        await office.screened()
    outcome = "NO_ISSUE" if first == "reply" else "PASS"
    task = await office.task(first, unit)
    await office.act(first, outcome, unit=unit, actor=somebody(task.role, "p-same", unit))
    await refused(desk, await completing(office, second, somebody(role, "p-same", unit), unit), "same-person")
    await desk.send(await completing(office, second, somebody(role, "p-other", unit), unit))


async def test_a_hard_ruling_and_a_panel_need_different_people(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO", actor=somebody("EVALUATOR", "p-same"))
    asked = await completing(office, "confirm-fact-sign", somebody("PANEL_CHAIR", "p-same"))
    await refused(desk, asked, "same-person")
    await office.reply("market", "ISSUE", finding("NL-E06", subject="enterprise"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("panel-vote", "VETO", signature=2, actor=somebody("PANEL_MEMBER", "p-twice"))
    task = await office.task("panel-vote", signature=3)
    again = asks(
        CompleteTask,
        somebody("PANEL_MEMBER", "p-twice"),
        task_id=task.id,
        outcome="VETO",
        seen=task.content_digest,
        reason="again",
    )
    await refused(desk, again, "same-person")


async def test_the_recommender_never_screens(desk: PureDesk, office: Office) -> None:
    await refused(
        desk, await completing(office, "screen", somebody("SCREENER", "p-nominator")), "recommender"
    )


async def test_the_nominee_never_acts_on_the_own_case(desk: PureDesk, office: Office) -> None:
    asked = await completing(office, "screen", somebody("SCREENER", "p-nominee"))
    await refused(desk, asked, "conflict-of-interest")


async def test_discipline_people_hold_no_panel_role(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    both = Actor(
        account_id="a-both", person_id="p-both", grants=(Grant(role="DISC_HEAD"), Grant(role="PANEL_CHAIR"))
    )
    await refused(desk, await completing(office, "confirm-fact-sign", both), "separation-of-duty")


async def test_who_acted_on_the_case_never_checks_a_report(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await office.report()
    asked = await completing(office, "check-report", somebody("REPORT_HANDLER", "p-screener-1"), reason="r")
    await refused(desk, asked, "separation-of-duty")
    await office.act("check-report", "EXTENDED")
    await office.act("check-report", "UNTRUE")

"""From a lead to the file: what the people of one removal do, each at their own pages."""

import asyncio
from datetime import UTC, datetime

from services.ctl.demo.answers import LEAD, Act, answer
from services.ctl.demo.story import Story
from tests.browser.company import NOMINEE, PACE, logins
from tests.browser.course import Course
from tests.browser.desk import Office


def said(kind: str) -> Act:
    """What is said of a member whose lead proves true."""
    return answer(Story.REMOVAL, kind, "", 1, NOMINEE, datetime.now(UTC))


async def is_begun(office: Office) -> str:
    """The evaluator finds the member's seat among the cases, and begins from it; the number of the removal."""
    async with office.desk("evaluator") as one:
        await one.open("/cases?kind=tenure")
        await one.press(f"tr:has-text('{NOMINEE.person.name}') a")
        await one.press("a[href$='/acts/open-removal']")
        await one.fill("form", {"policy": PACE, "source": "absence", "lead": {"text": LEAD}})
        await one.sign("已办理并存证")
        case = one.seat.page.url.rpartition("/")[2].partition("?")[0]
        await one.act("lead", case, said)
        await one.act("first-look", case, said)
        return case


async def whole_removal(office: Office, case: str) -> None:
    """Everything between the first look and the file. People are called in the order of the procedure."""
    course = Course(office, case, said)
    await course.does("evaluator-2", "first-look-sign")
    await course.does("member", "statement")
    await asyncio.gather(
        *course.in_turn(logins("INSPECTOR", 2), "verify"),
        course.does("disc-officer", "removal-opinion"),
        course.does("disc-head", "removal-opinion-head"),
        course.does("leader-in-charge", "removal-opinion-leader"),
        course.does("ufwd", "plan-department"),
        course.does("party-group", "plan-party-group"),
    )
    # From here on a task may be there before it is its turn.
    await course.does("committee-clerk", "plan")
    await course.does("election-office", "vote")
    await course.does("clerk", "serve")
    await course.does("member", "apply-review")
    await course.does("archivist", "file")

"""From the roster to the file: what the people of one whole case do, each at their own pages."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from services.ctl.demo.answers import Act, answer
from services.ctl.demo.roster import workbook
from services.ctl.demo.stage import XLSX
from services.ctl.demo.story import Story
from tests.browser.company import NOMINEE, PACE, SHARES, logins
from tests.browser.course import Course
from tests.browser.desk import SIGN, Office
from tests.browser.house import DISTRICT

TITLE = "2026 年换届（试）"
ENOUGH = 5.0
"""Seconds ahead that an election is called, beside the time that an answer takes on this machine."""


def usual(kind: str) -> Act:
    """What is said where nothing is found against anybody."""
    return answer(Story.CLEAN, kind, "", 1, NOMINEE, datetime.now(UTC))


async def opens_a_batch(office: Office) -> str:
    """The election office; the number of the batch."""
    async with office.desk("election-office") as one:
        await one.open("/batches")
        await one.press("a.button.main")
        await one.seat.page.select_option("#policy", PACE)
        await one.press("form.filter button")
        await one.seat.page.fill("#form-title", TITLE)
        await one.seat.page.check(f"#district-{DISTRICT}")
        await one.sign(TITLE)
        return one.seat.page.url.rpartition("/")[2]


async def hands_in_a_roster(office: Office, batch: str) -> None:
    """The nominating body tries its sheet, and imports what was tried."""
    async with office.desk("nominator") as one:
        await one.open(f"/batches/{batch}")
        await one.press(f"a[href='/batches/{batch}/roster']")
        sheet = {"name": "名册.xlsx", "mimeType": XLSX, "buffer": workbook((NOMINEE,))}
        await one.seat.page.set_input_files("#file", sheet)
        await one.seat.page.click(SIGN)
        await one.seat.page.wait_for_selector("form[action$='/import']")
        await one.read()
        await one.seat.page.click("form[action$='/import'] button")
        await one.seat.page.wait_for_url(f"**/batches/{batch}")
        await one.read()


async def answers_by_keys(office: Office, case: str, login: str, kind: str) -> None:
    """One after the other, without a mouse and without the list between them."""
    async with office.desk(login) as one:
        await one.by_keys(kind, case, SHARES[0])


async def answers_at_once(office: Office, case: str, login: str, kind: str, many: int) -> None:
    """All of theirs by one signature."""
    async with office.desk(login) as one:
        await one.bundle(kind, case, usual(kind), many)


async def answers_by_sheet(office: Office, case: str, login: str) -> None:
    """All of theirs as rows that were filled in and pasted back."""
    async with office.desk(login) as one:
        await one.paste("reply", case, "无问题", SHARES[2])


async def takes_down_the_decision(office: Office, case: str) -> None:
    """The committee's clerk, from the list of the meeting."""
    async with office.desk("committee-clerk") as one:
        await one.office.house.task(one.login, "decide", case)
        await one.open(f"/tasks/meeting?kind=decide&policy={PACE}")
        await one.press("a.button.main")
        await one.pick("decide", case)
        await one.many(usual("decide"))


async def is_elected(office: Office, batch: str, case: str) -> None:
    """The election is called, the states are read once more, and the count is taken down."""
    ahead = ENOUGH + 2 * office.longest
    while not await is_on_the_ballot(office, batch, case, ahead):
        ahead *= 3
    course = Course(office, case, usual)
    await course.does("election-office", "count")
    await course.does("clerk", "serve")
    await course.does("archivist", "file")


async def is_on_the_ballot(office: Office, batch: str, case: str, ahead: float) -> bool:
    """Called so many seconds ahead, with the states read before it; False when that came too late."""
    at = datetime.now(UTC) + timedelta(seconds=ahead)
    async with office.desk("election-office") as one:
        await one.open(f"/batches/{batch}")
        await one.press(f"a[href='/batches/{batch}/acts/call-election']")
        await one.fill("form", {"election_at": at.isoformat()})
        await one.sign("已办理并存证")
    with suppress(TimeoutError):
        async with asyncio.timeout((at - datetime.now(UTC)).total_seconds()):
            await Course(office, case, usual).does("evaluator", "recheck")
            return True
    return False


async def whole_case(office: Office, batch: str, case: str) -> None:
    """Everything between the roster and the file. People are called in the order of the procedure."""
    course = Course(office, case, usual)
    officers, heads = logins("DEPT_OFFICER", 3), logins("DEPT_HEAD", 3)
    await asyncio.gather(
        course.does("screener", "screen"),
        course.does("second-checker", "screen-sign"),
        course.does("nominee", "declare"),
        answers_by_keys(office, case, officers[0], "reply"),
        answers_at_once(office, case, officers[1], "reply", SHARES[1]),
        answers_by_sheet(office, case, officers[2]),
        answers_by_keys(office, case, heads[0], "reply-sign"),
        answers_at_once(office, case, heads[1], "reply-sign", SHARES[1]),
        answers_at_once(office, case, heads[2], "reply-sign", SHARES[2]),
        course.does("evaluator", "score"),
        course.does("panel-chair", "score-sign"),
        *course.in_turn(logins("INSPECTOR", 2), "inspect"),
        course.does("disc-officer", "opinion-draft"),
        course.does("disc-head", "opinion-head"),
        course.does("leader-in-charge", "opinion-leader"),
        course.does("ufwd", "propose-department"),
        course.does("party-group", "propose-party-group"),
    )
    # From here on a task may be there before it is its turn.
    await course.does("evaluator", "reread-decision")
    await takes_down_the_decision(office, case)
    await course.does("notice-officer", "post-notice")
    await course.does("evaluator", "reread-notice")
    await course.does("notice-officer", "close-notice")
    await is_elected(office, batch, case)

"""From the roster to the file: what the people of one whole case do, each at their own pages."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from services.ctl.demo.answers import Act, answer
from services.ctl.demo.roster import workbook
from services.ctl.demo.stage import XLSX
from services.ctl.demo.story import Story
from tests.browser.company import NOMINEE, PACE, SHARES, logins
from tests.browser.desk import SIGN, Office
from tests.browser.house import DISTRICT

TITLE = "2026 年换届（试）"
ENOUGH = 5.0
"""Seconds ahead that an election is called, beside the time that an answer takes on this machine."""


def usual(kind: str) -> Act:
    """What is said where nothing is found against anybody."""
    return answer(Story.CLEAN, kind, "", 1, NOMINEE, datetime.now(UTC))


async def does(office: Office, case: str, login: str, *kinds: str) -> None:
    """Somebody comes in and answers their tasks of these kinds."""
    async with office.desk(login) as one:
        for kind in kinds:
            await one.act(kind, case, usual)


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


async def departments_answer(office: Office, case: str) -> None:
    """One officer answers singly, one all of theirs at once, one by a sheet pasted back; heads sign likewise."""
    singly, at_once, by_sheet = logins("DEPT_OFFICER", 3)
    async with office.desk(singly) as one:
        await one.act("reply", case, usual)
    async with office.desk(at_once) as one:
        await one.bundle("reply", case, usual("reply"), SHARES[1])
    async with office.desk(by_sheet) as one:
        await one.paste("reply", case, "无问题", SHARES[2])
    singly, *others = logins("DEPT_HEAD", 3)
    async with office.desk(singly) as one:
        await one.act("reply-sign", case, usual)
    for login, many in zip(others, SHARES[1:], strict=True):
        async with office.desk(login) as one:
            await one.bundle("reply-sign", case, usual("reply-sign"), many)


async def is_decided(office: Office, case: str) -> None:
    """The states are read again, and the committee's clerk takes down the decision from the list of the meeting."""
    await does(office, case, "evaluator", "reread-decision")
    async with office.desk("committee-clerk") as one:
        await one.office.house.task(one.login, "decide", case)
        await one.open(f"/tasks/meeting?kind=decide&policy={PACE}")
        await one.press("a.button.main")
        await one.pick("decide", case)
        await one.many(usual("decide"))


async def is_shown_to_the_public(office: Office, case: str) -> None:
    """Posted, and closed when its days are over."""
    await does(office, case, "notice-officer", "post-notice")
    await does(office, case, "evaluator", "reread-notice")
    await does(office, case, "notice-officer", "close-notice")


async def is_elected(office: Office, batch: str, case: str) -> None:
    """The election is called, the states are read once more, and the count is taken down."""
    ahead = ENOUGH + 2 * office.longest
    while not await is_on_the_ballot(office, batch, case, ahead):
        ahead *= 3
    await does(office, case, "election-office", "count")
    await does(office, case, "clerk", "serve")
    await does(office, case, "archivist", "file")


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
            await does(office, case, "evaluator", "recheck")
            return True
    return False


async def whole_case(office: Office, batch: str, case: str) -> None:
    """Everything between the roster and the file, in its order."""
    await does(office, case, "screener", "screen")
    await does(office, case, "second-checker", "screen-sign")
    await does(office, case, "nominee", "declare")
    await departments_answer(office, case)
    await does(office, case, "evaluator", "score")
    await does(office, case, "panel-chair", "score-sign")
    for inspector in logins("INSPECTOR", 2):
        await does(office, case, inspector, "inspect")
    await does(office, case, "disc-officer", "opinion-draft")
    await does(office, case, "disc-head", "opinion-head")
    await does(office, case, "leader-in-charge", "opinion-leader")
    await does(office, case, "ufwd", "propose-department")
    await does(office, case, "party-group", "propose-party-group")
    await is_decided(office, case)
    await is_shown_to_the_public(office, case)
    await is_elected(office, batch, case)

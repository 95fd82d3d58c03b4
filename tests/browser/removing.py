"""From a lead to the file: what the people of one removal do, each at their own pages."""

import asyncio
from datetime import UTC, datetime

from services.ctl.demo.answers import LEAD, Act, answer
from services.ctl.demo.story import Story
from tests.browser.company import NOMINEE, PACE, logins
from tests.browser.desk import Office


def said(kind: str) -> Act:
    """What is said of a member whose lead proves true."""
    return answer(Story.REMOVAL, kind, "", 1, NOMINEE, datetime.now(UTC))


async def does(office: Office, case: str, login: str, *kinds: str) -> None:
    """Somebody comes in and answers their tasks of these kinds."""
    async with office.desk(login) as one:
        for kind in kinds:
            await one.act(kind, case, said)


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
    await asyncio.gather(
        does(office, case, "evaluator-2", "first-look-sign"),
        does(office, case, "member", "statement"),
        *(does(office, case, inspector, "verify") for inspector in logins("INSPECTOR", 2)),
        does(office, case, "disc-officer", "removal-opinion"),
        does(office, case, "disc-head", "removal-opinion-head"),
        does(office, case, "leader-in-charge", "removal-opinion-leader"),
        does(office, case, "ufwd", "plan-department"),
        does(office, case, "party-group", "plan-party-group"),
        does(office, case, "committee-clerk", "plan"),
        does(office, case, "election-office", "vote"),
        does(office, case, "clerk", "serve"),
        does(office, case, "member", "apply-review"),
        does(office, case, "archivist", "file"),
    )

"""From a lead to the file: what the people of one removal do, each at their own pages."""

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
    """Everything between the first look and the file, in its order."""
    await does(office, case, "evaluator-2", "first-look-sign")
    await does(office, case, "member", "statement")
    for inspector in logins("INSPECTOR", 2):
        await does(office, case, inspector, "verify")
    await does(office, case, "disc-officer", "removal-opinion")
    await does(office, case, "disc-head", "removal-opinion-head")
    await does(office, case, "leader-in-charge", "removal-opinion-leader")
    await does(office, case, "ufwd", "plan-department")
    await does(office, case, "party-group", "plan-party-group")
    await does(office, case, "committee-clerk", "plan")
    await does(office, case, "election-office", "vote")
    await does(office, case, "clerk", "serve")
    await does(office, case, "member", "apply-review")
    await does(office, case, "archivist", "file")

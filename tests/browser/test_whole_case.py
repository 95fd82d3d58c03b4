"""One whole case from the roster to the file, and one removal, entirely through pages, each act by whoever's it is.

They are in this order: who is removed was elected before.
"""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from contracts import names
from tests.browser.company import company
from tests.browser.desk import Office
from tests.browser.electing import hands_in_a_roster, opens_a_batch, whole_case
from tests.browser.house import UNIT
from tests.browser.removing import is_begun, whole_removal

pytestmark = pytest.mark.timeout(600)
AT_LEAST = 12
"""People, in each of the two."""


@pytest.fixture(scope="module")
async def house_of_all(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """The people and their system."""
    async with company(tmp_path_factory.mktemp("whole") / "var") as house:
        yield Office(browser, house)


@pytest.fixture
def office(house_of_all: Office) -> Office:
    """The same people, of whom nobody has come in yet."""
    return Office(house_of_all.browser, house_of_all.house)


async def ended(office: Office, case: str, state: str, last: str) -> None:
    """It ended so and is filed, its timeline leads from its opening to there, by people enough, and in words."""
    account = office.house.account("evaluator")
    shown = await account.get(f"/v1/cases/{case}")
    assert (shown["state"], shown["open_tasks"]) == (state, [])
    assert shown["filed_at"] is not None
    timeline = await account.pages(f"/v1/cases/{case}/timeline", limit=200)
    assert [one["sequence"] for one in timeline] == list(range(1, len(timeline) + 1))
    assert timeline[0]["type"].endswith("-opened")
    assert {one["type"] for one in timeline} >= {"case-ended", "case-filed", last}
    done = {one["person_id"] for one in timeline if one["type"] == "task-completed"}
    assert len(done) >= AT_LEAST
    assert len(office.came) >= AT_LEAST
    async with office.desk("evaluator", f"/cases/{case}") as one:
        await one.read()
        await one.open(f"/cases/{case}/timeline")
    assert office.bare == []


async def test_one_case_goes_from_the_roster_to_the_file(office: Office) -> None:
    batch = await opens_a_batch(office)
    await hands_in_a_roster(office, batch)
    case = names.nomination_id(batch, office.house.people["nominee"].person_id, UNIT)
    await whole_case(office, batch, case)
    await ended(office, case, "ELECTED", "ballot-entered")


async def test_the_member_is_removed(office: Office) -> None:
    case = await is_begun(office)
    await whole_removal(office, case)
    await ended(office, case, "REMOVED", "lead-verified")


async def test_the_auditor_sees_that_the_record_of_both_holds(office: Office) -> None:
    async with office.desk("auditor", "/record") as one:
        await one.press("main form button.main")
        await one.seat.page.wait_for_selector(".note.good")
        await one.read()
    assert office.bare == []

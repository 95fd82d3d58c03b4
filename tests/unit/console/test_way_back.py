"""Back to the list of tasks as one left it, and how much waits, in the menu of every page."""

from collections.abc import AsyncIterator

import pytest

from contracts.policy import loader
from tests.console_rig import Browser, browsing, given
from tests.unit.console.played import POLICY, task

WAITS = {"open": 12, "due_today": 2, "overdue": 3, "kinds": []}
NARROWED = "view=all&amp;due=overdue&amp;sort=stage"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /tasks": given({"items": [task()], "next": None}),
            "GET /tasks/counts": given(WAITS),
            "GET /tasks/t1": given(task()),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "GET /people": given({"items": [], "next": None}),
            "POST /tasks/t1/release": given({}),
            "POST /tasks/t1/reassign": given({}),
        }
        yield found


async def test_after_an_act_one_is_back_on_the_list_as_one_had_narrowed_it(browser: Browser) -> None:
    await browser.get("/tasks?view=all&sort=stage&due=overdue&kind=")
    form = await browser.get("/tasks/t1/recuse")
    assert f'href="/tasks?{NARROWED}"' in form.text
    for act, said in {"release": {}, "reassign": {"person_id": "p2", "reason": "出差"}}.items():
        done = await browser.post(f"/tasks/t1/{act}", {**said, "key": "k"})
        assert done.headers["location"] == f"/tasks?{NARROWED.replace('&amp;', '&')}#t1"


async def test_the_way_back_leads_to_the_row_from_which_one_came(browser: Browser) -> None:
    page = await browser.get("/tasks?due=overdue")
    assert '<tr id="t1"' in page.text
    assert 'href="/tasks?due=overdue#t1"' in (await browser.get("/tasks/t1")).text


async def test_a_list_that_nobody_narrows_any_longer_is_the_usual_one_again(browser: Browser) -> None:
    await browser.get("/tasks?due=overdue")
    await browser.get("/tasks")
    assert 'href="/tasks"' in (await browser.get("/tasks/t1/recuse")).text


async def test_a_renewed_session_still_knows_the_way(browser: Browser) -> None:
    await browser.get("/tasks?due=overdue")
    await browser.sign_in(minutes=1)
    await browser.get("/tasks?due=overdue")
    browser.api.answers["POST /sessions/renewal"] = browser.api.answers["POST /sessions"]
    assert 'href="/tasks?due=overdue"' in (await browser.get("/tasks/t1/recuse")).text
    assert browser.api.of("POST", "/sessions/renewal")


async def test_whoever_signs_in_after_somebody_else_begins_with_the_usual_list(browser: Browser) -> None:
    await browser.get("/tasks?due=overdue")
    browser.api.answers["GET /me"] = given({"account_id": "a2", "person_id": "p2", "may": ["GET /tasks"]})
    await browser.post("/sign-in", {"login": "another", "password": "x"})
    assert 'href="/tasks"' in (await browser.get("/tasks/t1/recuse")).text
    assert "due=overdue" not in (await browser.get("/tasks/t1/recuse")).text


async def test_how_much_waits_stands_in_the_menu_and_is_read_once_with_the_list(browser: Browser) -> None:
    page = await browser.get("/tasks")
    menu = page.text[page.text.index('<nav class="menu"') : page.text.index("</nav>")]
    assert "12 今日 2 逾期 3" in " ".join(menu.split())
    assert len(browser.api.of("GET", "/tasks/counts")) == 1


async def test_of_another_page_the_script_asks_for_it_and_the_session_is_not_renewed_by_that(
    browser: Browser,
) -> None:
    other = await browser.get("/tasks/t1/recuse")
    assert 'data-waiting="/waiting"' in other.text
    assert not browser.api.of("GET", "/tasks/counts")
    await browser.sign_in(minutes=1)
    said = await browser.get("/waiting")
    assert "12 今日 2 逾期 3" in " ".join(said.text.split())
    assert not browser.api.of("POST", "/sessions/renewal")


async def test_whoever_has_nothing_to_do_is_told_no_number(browser: Browser) -> None:
    browser.api.answers["GET /tasks/counts"] = given({**WAITS, "open": 0, "due_today": 0, "overdue": 0})
    assert "tag" not in (await browser.get("/waiting")).text

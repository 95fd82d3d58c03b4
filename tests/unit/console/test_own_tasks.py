"""What is asked of the person concerned alone: nobody is offered to step back from it."""

import pytest

from contracts.policy import loader
from tests.console_rig import browsing, given
from tests.unit.console.played import POLICY, task

PATH = "/tasks/t1"


@pytest.mark.parametrize("own", [False, True])
async def test_from_what_is_asked_of_oneself_alone_nobody_is_offered_to_step_back(
    own: bool,
) -> None:
    async with browsing() as browser:
        await browser.sign_in()
        browser.api.answers |= {
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "GET /tasks/t1": given(task(own=own)),
            "GET /tasks": given({"items": [task(own=own)], "next": None}),
            "GET /tasks/counts": given({"open": 1, "due_today": 0, "overdue": 0, "kinds": []}),
        }
        for path in (PATH, "/tasks"):
            assert (f'href="{PATH}/recuse"' in (await browser.get(path)).text) is not own

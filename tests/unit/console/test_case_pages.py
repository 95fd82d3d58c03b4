"""The page of a case in every stage and state: the bar, the standing and the bar's reading, in both languages."""

import html
import re
from typing import Any

import pytest

from contracts.policy import loader
from contracts.vocabulary import CaseState
from services.console.language import LANGUAGES, Language
from services.officers.views.naming import names
from tests.browser.spoken import unspoken
from tests.console_rig import Browser, browsing, given

POLICY = "2026.1"
RULES = loader.released(POLICY)
STAGED = [(kind, stage.code.value) for kind, one in RULES.procedures.items() for stage in one.stages]


def case(language: Language, kind: str, stage: str, state: str, *, ended: bool = False) -> dict[str, Any]:
    """The detail of a case that stands there, with its words as the API gives them."""
    words = names(
        POLICY, language, {"kind": ("kind", kind), "stage": ("stage", stage), "state": ("state", state)}
    )
    plain = dict.fromkeys(("nominee", "facts", "dossier", "held_cause", "ended_cause", "filed_at"))
    return {
        **plain,
        "case_id": "r1",
        "kind": kind,
        "parent": "r1",
        "district": "d01",
        "policy": POLICY,
        "unit": "",
        "state": state,
        "stage": stage,
        "stages": {} if ended else {stage: "now"},
        "opened_at": "2026-03-02T02:00:00Z",
        "ended_at": "2026-04-02T02:00:00Z" if ended else None,
        "names": {**words, "district": "区"},
        "open_tasks": [],
        "decisions": [],
        "acts": [],
        "reveals": [],
        "sheet": False,
    }


async def shown(browser: Browser, read: dict[str, Any]) -> str:
    """The page of this case."""
    browser.api.answers |= {
        "GET /cases/r1": given(read),
        f"GET /policies/{POLICY}": given(RULES.model_dump(mode="json")),
    }
    answer = await browser.get("/cases/r1")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_stage_of_every_kind_is_marked_on_its_bar(language: Language) -> None:
    async with browsing() as browser:
        await browser.sign_in()
        await browser.get(f"/language/{language}")
        for kind, stage in STAGED:
            page = await shown(browser, case(language, kind, stage, CaseState.DRAFT.value))
            (now,) = re.findall(r'aria-current="step">([^<]+)<', page)
            name = next(one.name for one in RULES.procedures[kind].stages if one.code.value == stage)
            assert html.unescape(now) == getattr(name, language)
            assert unspoken(page, language, ()) == [], (kind, stage)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_state_is_shown_in_words(language: Language) -> None:
    async with browsing() as browser:
        await browser.sign_in()
        await browser.get(f"/language/{language}")
        for state in CaseState:
            page = await shown(browser, case(language, "nomination", "ST02", state.value, ended=True))
            assert names(POLICY, language, {"state": ("state", state.value)})["state"] in html.unescape(page)
            assert 'aria-current="step"' not in page
            assert unspoken(page, language, ()) == [], state


FACTS = {
    "removal": {"source": "absence", "finding": "PROVEN", "urgent": "URGENT", "reviewed": "REVOKED"},
    "data-request": {"right": "correct", "answered": "GRANTED"},
}


@pytest.mark.parametrize("kind", FACTS)
async def test_the_facts_of_a_kind_are_said_in_words(kind: str) -> None:
    async with browsing() as browser:
        await browser.sign_in()
        read = {**case("zh", kind, "R01", "LEAD"), "facts": {"kind": kind, **FACTS[kind]}}
        page = await shown(browser, read)
    assert [code for code in FACTS[kind].values() if code in page] == []


@pytest.mark.parametrize(("language", "said"), [("zh", "未经"), ("en", "skipped")])
async def test_a_stage_that_never_took_place_is_marked_as_skipped(language: Language, said: str) -> None:
    order = [one.code.value for one in RULES.procedures["nomination"].stages]
    now = order[order.index("ST12") + 1]
    stages = dict.fromkeys(order[: order.index("ST12")], "done") | {"ST05": "skipped", now: "now"}
    async with browsing() as browser:
        await browser.sign_in()
        await browser.get(f"/language/{language}")
        page = await shown(browser, {**case(language, "nomination", now, "READY"), "stages": stages})
    names = {one.code.value: getattr(one.name, language) for one in RULES.procedures["nomination"].stages}
    (skipped,) = re.findall(r'<li class="skipped">(.*?)</li>', html.unescape(page))
    assert names["ST05"] in skipped
    assert said in skipped
    (unsaid,) = re.findall(r'<li class="unsaid">(.*?)</li>', html.unescape(page))
    assert unsaid == names["ST12"]

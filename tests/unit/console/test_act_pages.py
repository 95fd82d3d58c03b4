"""An act beside tasks: offered by the API, drawn, checked, sent once, and nothing typed is lost."""

import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from services.officers.routes.act_table import ACTS
from services.officers.routes.offers import OF_BATCHES, rule_of
from services.officers.routes.starts import STARTS
from services.officers.views.act_forms import OfferView
from tests.console_rig import HOST, Browser, browsing, given, refused

POLICY = "2026.1"
DONE = {"case_id": "r1", "index": 7, "command_id": "k1"}
EVERY = [*((one.path, one.body) for one in ACTS), *OF_BATCHES, *((one.path, one.body) for one in STARTS)]


def offer(path: str, ident: str = "r1") -> dict[str, Any]:
    """The act of this path as the API offers it."""
    body = dict(EVERY)[path]
    address = re.sub(r"\{\w+\}", ident, path)
    begun_from = {one.path: one.known.kinds for one in STARTS if one.known}.get(path, ())
    offered = OfferView.of(rule_of(path).act, body, address, POLICY, begun_from=begun_from)
    return offered.model_dump(mode="json")


def case(*acts: str) -> dict[str, Any]:
    """The detail of a removal that offers these acts."""
    return {
        "case_id": "r1",
        "kind": "removal",
        "parent": "r1",
        "district": "d01",
        "policy": POLICY,
        "unit": "",
        "state": "ACTIVE",
        "stage": "R01",
        "opened_at": "2026-03-02T02:00:00Z",
        "ended_at": None,
        "filed_at": None,
        "nominee": None,
        "facts": None,
        "names": {},
        "round": 1,
        "held_cause": None,
        "ended_cause": None,
        "content_digest": "d" * 64,
        "dossier": None,
        "open_tasks": [],
        "stages": {},
        "decisions": [],
        "reveals": [],
        "sheet": False,
        "acts": [offer(path) for path in acts],
    }


SEAT = {
    "case_id": "t1",
    "kind": "tenure",
    "district": "d01",
    "state": "VACANT",
    "nominee": {"name": "测试·甲", "firm": "虚构企业", "credit_code": None},
    "names": {"kind": "任职", "seat": "执委", "district": "东湖区", "state": "空缺"},
}
COLLEAGUE = {
    "person_id": "p7",
    "name": "同事·乙",
    "grants": [{"names": {"role": "资格审核", "unit": ""}}],
}
HIT = {"type": "hit-found", "at": "2026-03-02T02:00:00Z", "payload": {"hit": 3, "effect": "veto"}}
MATCH = {"match": 4, "list": "dishonest", "item": "NL-D02", "case_id": "c9", "ended": None}
SUSPEND = "/removals/{case_id}/suspension"
PAGE, SENT = "/cases/r1/acts/suspend", "/removals/r1/suspension"
CAUSE = {"form.cause": "detained"}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /cases/r1": given(case(SUSPEND, "/cases/{case_id}/facts"), ETag='"v1.w1"'),
            "GET /acts": given({"items": [offer("/removals"), offer("/batches")], "next": None}),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            f"POST {SENT}": given(DONE),
            "POST /documents": given({"digest": "a" * 64}, 201),
            "GET /cases": given({"items": [SEAT], "next": None}),
            "GET /people": given({"items": [COLLEAGUE], "next": None}),
            "GET /cases/r1/timeline": given({"items": [HIT], "next": None}),
            "GET /screenings/r1/matches": given([MATCH]),
        }
        yield found


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's act."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


async def checked(browser: Browser) -> str:
    """The check page of a suspension with its minutes."""
    form = hidden((await browser.get(PAGE)).text)
    form.pop("form.minutes_digest")
    files = {"file.form.minutes_digest": ("纪要.pdf", b"%PDF-1", "application/pdf")}
    answer = await browser.client.post(PAGE, data={**form, **CAUSE}, files=files, headers={"Origin": HOST})
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_case_leads_to_what_the_api_offers_and_to_nothing_else(browser: Browser) -> None:
    page = (await browser.get("/cases/r1")).text
    assert set(re.findall(r'href="(/cases/r1/acts/[^"]+)"', page)) == {PAGE, "/cases/r1/acts/report-fact"}
    assert (await browser.get("/cases/r1/acts/lift-suspension")).status_code == 404
    browser.api.answers["GET /cases/r1"] = given(case())
    assert "没有您可以办理的事项" in (await browser.get("/cases/r1")).text


async def test_an_act_is_sent_once_and_only_after_the_check(browser: Browser) -> None:
    page = await checked(browser)
    assert browser.api.of("POST", SENT) == []
    assert "暂停履职" in page
    [kept] = browser.api.of("POST", "/documents")
    assert (kept.params["case_id"], kept.body) == ("r1", b"%PDF-1")
    for _ in range(2):
        answer = await browser.post(f"{PAGE}/sign", hidden(page))
        assert answer.headers["location"] == "/cases/r1?done=suspend"
    first, second = browser.api.of("POST", SENT)
    assert first.body == {"cause": "detained", "minutes_digest": "a" * 64}
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"] != ""
    assert first.headers["If-Match"] == '"v1.w1"'
    assert "已办理并存证：暂停履职" in (await browser.get("/cases/r1?done=suspend")).text
    assert "已办理并存证" not in (await browser.get("/cases/r1?done=<b>")).text


async def test_every_fault_is_named_and_a_change_is_possible_after_the_check(browser: Browser) -> None:
    answer = await browser.post(PAGE, hidden((await browser.get(PAGE)).text))
    assert answer.status_code == 422
    assert len(re.findall(r'<li><a href="#form-', answer.text)) == 2
    again = await browser.post(PAGE, {**hidden(await checked(browser)), "change": "1"})
    assert again.status_code == 200
    assert 'value="detained" checked' in again.text
    assert 'value="' + "a" * 64 in again.text


@pytest.mark.parametrize(
    ("status", "code"), [(412, "stale-digest"), (409, "wrong-state"), (403, "wrong-role"), (422, "invalid")]
)
async def test_a_refusal_is_said_and_nothing_typed_is_lost(browser: Browser, status: int, code: str) -> None:
    page = await checked(browser)
    browser.api.answers |= {
        f"POST {SENT}": refused(status, code, "不能办理", "因为如此。"),
        "GET /cases/r1": given(case(SUSPEND), ETag='"v2.w2"'),
    }
    answer = await browser.post(f"{PAGE}/sign", hidden(page))
    assert answer.status_code == status
    assert all(text in answer.text for text in ("不能办理", "因为如此。", 'value="detained" checked'))
    fresh = hidden(answer.text)
    assert fresh["seen"] == '"v2.w2"'
    assert fresh["key"] != hidden(page)["key"]


async def test_a_field_that_the_api_names_is_named_beside_it(browser: Browser) -> None:
    page = await checked(browser)
    errors = [{"field": "body.cause", "reason": "此事由已登记"}]
    browser.api.answers[f"POST {SENT}"] = refused(422, "invalid", errors=errors)
    answer = await browser.post(f"{PAGE}/sign", hidden(page))
    assert 'id="form-cause-error">此事由已登记' in answer.text


async def test_silence_lets_one_press_again_with_the_same_key(browser: Browser) -> None:
    page = await checked(browser)
    browser.api.answers[f"POST {SENT}"] = refused(503, "api-away", "", "")
    answer = await browser.post(f"{PAGE}/sign", hidden(page))
    assert answer.status_code == 503
    assert hidden(answer.text) == hidden(page)


async def test_who_must_show_again_who_they_are_goes_on_at_the_check(browser: Browser) -> None:
    page = await checked(browser)
    browser.api.answers[f"POST {SENT}"] = refused(401, "stale-authentication")
    answer = await browser.post(f"{PAGE}/sign", hidden(page))
    assert answer.status_code == 401
    assert hidden(answer.text)["kept"]
    assert hidden(page)["_return"] == PAGE


async def test_what_is_accepted_and_not_yet_recorded_turns_to_done_by_itself(browser: Browser) -> None:
    page = await checked(browser)
    browser.api.answers |= {
        f"POST {SENT}": given({"command_id": "k1", "state": "pending"}, 202),
        "GET /commands/k1": given({"command_id": "k1", "state": "pending"}, 202),
    }
    address = (await browser.post(f"{PAGE}/sign", hidden(page))).headers["location"]
    assert "正在存证" in (await browser.get(address)).text
    browser.api.answers["GET /commands/k1"] = given(DONE)
    assert (await browser.get(address)).headers["location"] == "/cases/r1?done=suspend"
    away = await browser.get("/acts/recording/k1?to=//evil.example")
    assert away.headers["location"] == "/"


async def test_what_may_be_begun_is_listed_and_leads_to_the_new_case(browser: Browser) -> None:
    page = (await browser.get("/acts")).text
    assert {"/acts/open-removal", "/batches/new"} <= set(re.findall(r'href="([^"]+)"', page))
    seats = (await browser.get("/acts/open-removal")).text
    assert all(part in seats for part in ('href="/cases/t1/acts/open-removal"', "测试·甲", "执委"))
    form = hidden(seats)
    assert form == {}
    form = hidden((await browser.get("/acts/open-removal?whole=1")).text)
    more = await browser.post(
        "/acts/open-removal", {**form, "form.lead.name": "张三", "add": "form.other_seats"}
    )
    assert all(text in more.text for text in ('value="张三"', "form.other_seats.0.owner"))
    typed = {
        "form.policy": POLICY,
        "form.district": "d01",
        "form.id_number": "110101199001011237",
        "form.seat": "standing",
        "form.source": "absence",
        "form.lead.name": "张三",
        "form.lead.text": "无故缺席三次",
    }
    check = await browser.post("/acts/open-removal", {**form, **typed})
    browser.api.answers["POST /removals"] = given(DONE, 201)
    answer = await browser.post("/acts/open-removal/sign", hidden(check.text))
    assert answer.headers["location"] == "/cases/r1?done=open-removal"
    [sent] = browser.api.of("POST", "/removals")
    assert sent.body["lead"] == {"name": "张三", "text": "无故缺席三次"}
    assert "If-Match" not in sent.headers
    browser.api.answers["GET /acts"] = given({"items": [], "next": None})
    assert "没有您可以新办的事项" in (await browser.get("/acts")).text


async def test_every_act_of_the_api_has_a_page_in_both_languages(browser: Browser) -> None:
    for language in ("zh", "en"):
        await browser.get(f"/language/{language}?to=/cases")
        for path, _ in EVERY:
            browser.api.answers |= {
                "GET /cases/r1": given(case(path)),
                "GET /acts": given({"items": [offer(path)], "next": None}),
                "GET /batches/r1": given({"policy": POLICY, "acts": [offer(path)]}),
            }
            of = "/batches/r1" if "{batch_id}" in path else "/cases/r1" if "{" in path else ""
            page = await browser.get(f"{of}/acts/{rule_of(path).act}")
            assert page.status_code == 200, path
            assert f'lang="{language}' in page.text

"""Whoever or whatever an act means is chosen by name from the lists of the API, and what is known is not asked."""

import html
import re

import pytest

from services.officers.routes.offers import rule_of
from services.officers.views.act_forms import OfferView
from tests.console_rig import Browser, given
from tests.unit.console.test_act_pages import DONE, EVERY, POLICY, SEAT, case, hidden, offer
from tests.unit.console.test_act_pages import browser as browser


@pytest.mark.parametrize(
    ("path", "field", "value", "called"),
    [
        ("/cases/{case_id}/conflicts", "person_id", "p7", "同事·乙 · 资格审核"),
        ("/cases/{case_id}/disputes", "hit", "3", "第 3 项"),
        ("/screenings/{case_id}/doubts", "match", "4", "NL-D02"),
        ("/tenures/{case_id}/seats", "tenure", "t1", "测试·甲 · 虚构企业 · 任职 · 执委"),
    ],
)
async def test_who_or_what_is_meant_is_chosen_by_name(
    browser: Browser, path: str, field: str, value: str, called: str
) -> None:
    browser.api.answers["GET /cases/r1"] = given(case(path))
    page = (await browser.get(f"/cases/r1/acts/{rule_of(path).act}")).text
    answers = re.findall(rf'name="form.{field}" value="([^"]*)"', page)
    answers += re.findall(r'<option value="([^"]*)"', page)
    assert value in answers
    assert called in html.unescape(page)


async def test_too_many_to_show_are_searched_for_and_what_is_chosen_stays(browser: Browser) -> None:
    path = "/tenures/{case_id}/seats"
    page = "/cases/r1/acts/record-seat"
    other = {**SEAT, "case_id": "t2", "nominee": {**SEAT["nominee"], "name": "测试·丁"}}
    browser.api.answers |= {
        "GET /cases/r1": given(case(path)),
        "GET /cases": given({"items": [SEAT], "next": "more"}),
        "POST /search/cases": given({"items": [other], "next": None}),
        "GET /cases/t1": given(SEAT),
    }
    form = hidden((await browser.get(page)).text)
    sought = {**form, "found": "find.form.tenure", "find.form.tenure": " 丁 ", "form.tenure": "t1"}
    answer = (await browser.post(page, sought)).text
    [asked] = browser.api.of("POST", "/search/cases")
    assert asked.body == {"q": "丁", "kind": "tenure", "parent": ""}
    assert all(part in answer for part in ("测试·丁", "测试·甲", 'value="丁"'))
    assert '<option value="t1" selected>' in answer


async def test_an_order_is_numbered_and_stands_so_on_the_check(browser: Browser) -> None:
    path, page = "/batches/{batch_id}/quota", "/batches/r1/acts/cut-quota"
    rows = [
        {**SEAT, "case_id": f"n.{number}", "nominee": {**SEAT["nominee"], "name": f"人选{one}"}}
        for number, one in enumerate("甲乙丙", 1)
    ]
    browser.api.answers |= {
        "GET /batches/r1": given({"policy": POLICY, "title": "一批", "acts": [offer(path)]}),
        "GET /cases": given({"items": rows, "next": None}),
    }
    form = hidden((await browser.get(page)).text)
    typed = {"form.places": "1", "form.minutes_digest": "a" * 64}
    places = {"form.order.picked.n.1": "２", "form.order.picked.n.2": "", "form.order.picked.n.3": "1"}
    check = (await browser.post(page, {**form, **typed, **places})).text
    assert 0 < check.index("人选丙") < check.index("人选甲")
    assert "人选乙" not in check
    assert [one.params["parent"] for one in browser.api.of("GET", "/cases")] == ["r1", "r1"]
    browser.api.answers["POST /batches/r1/quota"] = given(DONE)
    await browser.post(f"{page}/sign", hidden(check))
    [sent] = browser.api.of("POST", "/batches/r1/quota")
    assert sent.body["order"] == ["n.3", "n.1"]


async def test_what_is_known_of_a_seat_is_sent_and_asked_by_nobody(browser: Browser) -> None:
    body = dict(EVERY)["/removals"]
    given_there = {
        "person_id": "p1",
        "district": "d01",
        "seat": "standing",
        "policy": POLICY,
        "lead.name": "张三",
    }
    other = {"owner": "federation", "district": "d02", "seat": "executive", "tenure": "t1"}
    known = {
        "given": {**given_there, "tenure": "r1"},
        "begun": {"other_seats": [other]},
        "begun_from": ["tenure"],
    }
    act = OfferView.of("open-removal", body, "/removals", POLICY, **known).model_dump(mode="json")
    browser.api.answers |= {
        "GET /cases/r1": given({**case(), "nominee": SEAT["nominee"], "acts": [act]}, ETag='"v1"'),
        "POST /removals": given({**DONE, "case_id": "r2"}, 201),
    }
    page = (await browser.get("/cases/r1/acts/open-removal")).text
    assert all(f"form.{path}" not in page for path in given_there)
    assert "测试·甲" in page
    form = hidden(page)
    typed = {"form.source": "absence", "form.lead.text": "无故缺席三次"}
    typed |= {f"form.other_seats.0.{name}": said for name, said in other.items()}
    check = await browser.post("/cases/r1/acts/open-removal", {**form, **typed})
    answer = await browser.post("/cases/r1/acts/open-removal/sign", hidden(check.text))
    assert answer.headers["location"] == "/cases/r2?done=open-removal"
    [sent] = browser.api.of("POST", "/removals")
    assert sent.body["lead"] == {"name": "张三", "text": "无故缺席三次"}
    assert (sent.body["person_id"], sent.body["tenure"], sent.body["other_seats"]) == ("p1", "r1", [other])
    assert "If-Match" not in sent.headers

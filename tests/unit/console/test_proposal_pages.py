"""What is proposed for the policy, what would differ, and the calendar, over a played API."""

import asyncio
import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from tests.console_rig import Browser, browsing, given, refused

POLICY = "2026.1"
MAY = [
    "GET /policies",
    "GET /policies/proposals",
    "POST /policies/proposals",
    "GET /policies/{version}/what-if",
]
PROPOSAL: dict[str, Any] = {
    "case_id": "pp1",
    "version": "2027.1",
    "digest": "d" * 64,
    "author": "p9",
    "transition": None,
    "state": "AWAITING_APPROVAL",
    "opened_at": "2026-03-02T02:00:00Z",
    "approval": {"task_id": "pp1.approve-policy.1", "seen": "e" * 64, "due": None},
}
RULE = {**PROPOSAL, "case_id": "pp2", "transition": {"batches": ["b1"], "items": []}, "approval": None}
PAGE = "/proposals"
DRAFT = "/proposals/drafts/2027.1"
DRAFTED = {"version": "2027.1", "digest": "d" * 64, "fault": ""}
FAULTY = {"version": "2027.2", "digest": None, "fault": "seats.yaml:1: 7 is no list"}
DONE = {"case_id": "pp1", "index": 7, "command_id": "k1"}
CASE = {"case_id": "c1", "kind": "nomination", "district": "d01", "ended": False, "differs": ["grade"]}
WHAT_IF = {
    "version": POLICY,
    "folded": 60,
    "cases": [{**CASE, "decided_by": None, "state": None, "differences": None}],
}


def changed() -> dict[str, Any]:
    """A version that says one name otherwise."""
    policy = loader.released(POLICY).model_dump(mode="json")
    policy["version"] = "2027.1"
    policy["districts"][0]["name"]["zh"] = "改过的区名"
    return policy


CONTENT: dict[str, Any] = {"version": "2027.1", "digest": "d" * 64, "policy": changed()}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(MAY)
        listed = [
            {"version": POLICY, "digest": "a" * 64, "released": "2026-01-01", "demonstration": False},
        ]
        found.api.answers |= {
            "GET /policies": given(listed),
            "GET /words": given({"policy": POLICY}),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "GET /policies/proposals": given([PROPOSAL, RULE]),
            "GET /policies/proposals/pp1": given(PROPOSAL),
            "GET /policies/proposals/pp2": given(RULE),
            "POST /policies/proposals": given(DONE, 201),
            "GET /policies/proposals/batches": given(
                [{"batch_id": "b1", "title": "2026 换届", "policy": POLICY}]
            ),
            "GET /policies/proposals/drafts": given([DRAFTED, FAULTY]),
            "GET /policies/proposals/drafts/2027.1": given(CONTENT),
            "GET /calendars": given(
                {
                    "utc_offset_hours": 8,
                    "years": [
                        {"year": 2026, "holidays": ["2026-10-01"], "make_up": [], "source": "国办发明电"}
                    ],
                }
            ),
            f"GET /policies/{POLICY}/what-if": given(WHAT_IF),
        }
        yield found


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


async def test_proposals_are_listed_and_lead_to_a_decision_of_another(browser: Browser) -> None:
    page = (await browser.get(PAGE)).text
    assert all(part in page for part in ("2027.1", "过渡办法", f'href="{PAGE}/pp1"', f'href="{PAGE}/new"'))
    one = (await browser.get(f"{PAGE}/pp1")).text
    assert all(part in one for part in ("d" * 64, f'href="{PAGE}/pp1/decide"'))
    browser.api.answers["GET /policies/proposals/pp1"] = given({**PROPOSAL, "author": "p1"})
    own = (await browser.get(f"{PAGE}/pp1")).text
    assert "/decide" not in own
    assert "提案人本人不能审批" in own


async def test_a_version_is_proposed_under_the_digest_of_what_was_shown(browser: Browser) -> None:
    listed = (await browser.get(f"{PAGE}/new")).text
    assert all(part in listed for part in (f'href="{PAGE}/drafts/2027.1"', "d" * 64, "seats.yaml:1"))
    assert f'href="{PAGE}/drafts/2027.2"' not in listed
    page = (await browser.get(DRAFT)).text
    assert all(part in page for part in ("改过的区名", "d" * 64))
    check = await browser.post(DRAFT, hidden(page))
    assert "d" * 64 in check.text
    assert browser.api.of("POST", "/policies/proposals") == []
    browser.api.answers["GET /policies/proposals/drafts/2027.1"] = given({**CONTENT, "digest": "c" * 64})
    done = await browser.post(DRAFT, {**hidden(check.text), "sign": "1"})
    assert done.headers["location"] == f"{PAGE}/pp1"
    [asked] = browser.api.of("POST", "/policies/proposals")
    assert asked.body == {"version": "2027.1", "digest": "d" * 64}
    assert asked.headers["Idempotency-Key"]


async def test_what_was_refused_of_a_version_is_said_where_it_was_proposed(browser: Browser) -> None:
    form = hidden((await browser.get(DRAFT)).text)
    browser.api.answers["POST /policies/proposals"] = refused(422, "policy-faulty", "内容不同")
    answer = await browser.post(DRAFT, {**form, "sign": "1"})
    assert (answer.status_code, "内容不同" in answer.text) == (422, True)
    browser.api.answers["POST /policies/proposals"] = refused(401, "stale-authentication")
    assert "/sign-in/again" in (await browser.post(DRAFT, {**form, "sign": "1"})).text
    assert (await browser.post(DRAFT, {**form, "change": "1"})).headers["location"] == DRAFT


async def test_whoever_only_reads_proposals_compares_and_does_not_propose(browser: Browser) -> None:
    await browser.sign_in([one for one in MAY if not one.startswith("POST")])
    page = (await browser.get(f"{DRAFT}?old={POLICY}")).text
    assert "改过的区名" in page
    assert f'action="{DRAFT}" ' not in page.replace('method="get"', "")
    assert (await browser.get(f"{DRAFT}?old=1999.1")).status_code == 404
    browser.api.answers["GET /policies/proposals/drafts"] = given([])
    assert "没有尚未发布的版本" in (await browser.get(f"{PAGE}/new")).text


async def test_a_rule_of_transition_names_batches_and_items_by_name(browser: Browser) -> None:
    page = (await browser.get(f"{PAGE}/transition")).text
    assert "2026 换届" in page
    typed = {"form.version": POLICY, "form.batches.picked.b1": "1", "form.items.picked.NL-D01": "1"}
    check = await browser.post(f"{PAGE}/transition", {**hidden(page), **typed})
    assert all(part in check.text for part in ("2026 换届", "NL-D01"))
    await browser.post(f"{PAGE}/transition", {**hidden(check.text), "sign": "1"})
    [asked] = browser.api.of("POST", "/policies/proposals")
    assert asked.body == {
        "version": POLICY,
        "digest": "a" * 64,
        "transition": {"batches": ["b1"], "items": ["NL-D01"]},
    }


async def test_a_rule_says_which_batches_by_their_titles(browser: Browser) -> None:
    assert "2026 换届" in (await browser.get(f"{PAGE}/pp2")).text
    assert browser.api.of("GET", "/batches") == []


async def test_another_decides_on_the_digest_that_the_page_showed(browser: Browser) -> None:
    form = hidden((await browser.get(f"{PAGE}/pp1/decide")).text)
    later = {**PROPOSAL, "approval": {**PROPOSAL["approval"], "seen": "f" * 64}}
    browser.api.answers |= {
        "GET /policies/proposals/pp1": given(later),
        "POST /tasks/pp1.approve-policy.1/outcome": refused(412, "stale-digest", "已变", "请重新查看。"),
    }
    typed = {"form.outcome": "APPROVED", "form.reason": "已核对摘要"}
    check = await browser.post(f"{PAGE}/pp1/decide", {**form, **typed})
    answer = await browser.post(f"{PAGE}/pp1/decide", {**hidden(check.text), "sign": "1"})
    assert answer.status_code == 412
    [asked] = browser.api.of("POST", "/tasks/pp1.approve-policy.1/outcome")
    assert (asked.body["seen"], asked.body["outcome"]) == ("e" * 64, "APPROVED")
    assert (await browser.get(f"{PAGE}/pp2/decide")).status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_would_differ_is_listed_once_it_is_known(browser: Browser, language: str) -> None:
    await browser.get(f"/language/{language}?to=/policies")
    assert f'action="/policies/{POLICY}/what-if"' in (await browser.get(f"/policies/{POLICY}")).text
    address = (await browser.post(f"/policies/{POLICY}/what-if", {})).headers["location"]
    for _ in range(200):
        page = await browser.get(address)
        if page.status_code != 202:
            break
        await asyncio.sleep(0)
    assert page.status_code == 200
    assert all(part in page.text for part in ("60", "c1"))
    assert 'href="/cases/c1"' not in page.text


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_is_read_in_both_languages(browser: Browser, language: str) -> None:
    await browser.get(f"/language/{language}?to=/policies")
    for path in ("", "/new", "/drafts/2027.1", "/transition", "/pp1", "/pp2", "/pp1/decide"):
        assert (await browser.get(PAGE + path)).status_code == 200, path
    assert "国办发明电" in (await browser.get("/calendars")).text
    browser.api.answers["GET /policies/proposals"] = given([])
    assert (await browser.get(PAGE)).status_code == 200

"""Malformed requests on every route of the API's own description: none is a fault of ours, each has its answer."""

import re
import threading
from typing import Any

import pytest

from contracts.actor import Grant
from services.officers.app import SMALL_BODY
from services.officers.web import strict
from tests.officers_rig import Rig
from tests.person import Person

JSON = "application/json"
SMALLEST_SURFACE = 35
"""Operations; fewer would mean that the description has lost some."""

NOT_JSON = {
    "cut off": b'{"a": ',
    "GBK": '{"a": "张三"}'.encode("gbk"),
    "UTF-16": '{"a": "张三"}'.encode("utf-16"),
    "BOM": '{"a": "张三"}'.encode("utf-8-sig"),
    "NUL": b'{"a": "\\u0000"}',
    "repeated": b'{"a": 1, "a": 2}',
    "a workbook": b"PK\x03\x04\x00\x00",
    "deep": b"[" * 100_000,
}
UNFIT = {"a list": b"[]", "a text": b'"x"', "a number": b"1", "an unknown key": b'{"slipped_in": 1}'}


async def operations(rig: Rig) -> list[tuple[str, str, dict[str, Any]]]:
    document = (await rig.client.get("/v1/openapi.json")).json()
    found = [
        (method.upper(), re.sub(r"\{[^}]+\}", "c1", path), described)
        for path, methods in document["paths"].items()
        for method, described in methods.items()
    ]
    assert len(found) > SMALLEST_SURFACE
    return found


async def ask(person: Person, method: str, path: str, **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": "k", **more.pop("headers", {})}
    return await person.client.request(method, path, headers=headers, **more)


async def reader(rig: Rig) -> Person:
    await rig.batch()
    await rig.case("c1")
    return await rig.account(Grant(role="ELECTION_OFFICE", unit="", district="*"))


def reads_json(method: str, described: dict[str, Any]) -> bool:
    """Every write does, those without a body included, but for uploads: a file is read by its own reader."""
    content = described.get("requestBody", {}).get("content", {JSON: {}})
    return method != "GET" and set(content) == {JSON}


async def test_what_is_no_json_is_400_on_every_route_that_writes(rig: Rig) -> None:
    person, counted = await reader(rig), 0
    for method, path, described in await operations(rig):
        if not reads_json(method, described):
            continue
        for name, body in NOT_JSON.items():
            answer = await ask(person, method, path, content=body, headers={"Content-Type": JSON})
            assert (answer.status_code, answer.json()["code"]) == (400, "not-json"), (method, path, name)
            assert answer.headers["content-language"] == "zh"
            assert answer.json()["detail"].isascii() is False
            counted += 1
    assert counted > 8 * 25


async def test_json_of_another_shape_is_422_on_every_route_that_writes(rig: Rig) -> None:
    askers = [await reader(rig), await rig.account(Grant(role="SYS_ADMIN"))]
    for method, path, described in await operations(rig):
        if not reads_json(method, described):
            continue
        for name, body in UNFIT.items():
            said = {"Content-Type": JSON}
            found = [(await ask(one, method, path, content=body, headers=said)).status_code for one in askers]
            # Whom a route is not for at all learns no more than that.
            assert 422 in found, (method, path, name, found)
            assert set(found) <= {422, 403}, (method, path, name, found)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json; charset=gbk"},
        {"Content-Type": ";"},
        {"Content-Type": JSON, "Content-Encoding": "gzip"},
    ],
)
async def test_what_does_not_say_that_it_is_json_is_415_on_every_route_that_writes(
    rig: Rig, said: dict[str, str]
) -> None:
    person = await reader(rig)
    for method, path, described in await operations(rig):
        if not reads_json(method, described):
            continue
        answer = await ask(person, method, path, content=b"{}", headers=said)
        assert (answer.status_code, answer.json()["code"]) == (415, "content-type"), (method, path)


async def test_a_roster_that_is_no_workbook_or_does_not_say_so_is_refused(rig: Rig) -> None:
    await rig.batch()
    nominator = await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"))
    for headers in ({}, {"Content-Type": JSON}):
        for dry_run in ("true", "false"):
            path = f"/v1/batches/b1/roster?dry_run={dry_run}"
            answer = await ask(nominator, "POST", path, content=b"PK\x03\x04", headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (415, "content-type")


async def test_head_is_answered_wherever_get_is_and_nowhere_else(rig: Rig) -> None:
    person = await reader(rig)
    every = await operations(rig)
    got = {path for method, path, _ in every if method == "GET"} | {"/healthz", "/v1/openapi.json"}
    for path in got:
        asked, headed = await ask(person, "GET", path), await ask(person, "HEAD", path)
        assert headed.status_code == asked.status_code, path
        assert headed.content == b""
        assert headed.headers.get("content-length") == asked.headers.get("content-length")
    for method, path, _ in every:
        if path not in got:
            answer = await ask(person, "HEAD", path)
            assert answer.status_code == 405
            assert method in answer.headers["allow"].split(", ")
    answer = await ask(person, "DELETE", "/v1/me")
    assert (answer.status_code, answer.headers["allow"]) == (405, "HEAD, GET")
    assert answer.json()["title"] == "不支持此方法"


async def test_a_slash_too_many_leads_nowhere(rig: Rig) -> None:
    person = await reader(rig)
    for method, path, _ in await operations(rig):
        answer = await ask(person, method, path + "/")
        assert answer.status_code == 404, path
        assert "location" not in answer.headers
        assert answer.json()["code"] == "not-found"


async def test_every_reply_is_for_no_cache_and_no_guess(rig: Rig) -> None:
    person = await reader(rig)
    every = [(method, path) for method, path, _ in await operations(rig)]
    for method, path in [*every, ("GET", "/healthz"), ("GET", "/nowhere"), ("PUT", "/v1/me")]:
        for answer in (await ask(person, method, path), await rig.client.request(method, path)):
            assert answer.headers["x-content-type-options"] == "nosniff", path
            assert "no-store" in answer.headers["cache-control"], path
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path
            assert answer.headers["referrer-policy"] == "no-referrer", path
    answer = await ask(person, "POST", "/v1/tasks/t/claim", content=b"x" * 300_000)
    assert (answer.status_code, answer.json()["title"]) == (413, "正文过大")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_fault_in_a_field_is_told_in_the_callers_language(rig: Rig) -> None:
    person = await reader(rig)
    for language, said in (("zh", "缺少此项"), ("en", "Field required")):
        headers = {"Accept-Language": language, "Content-Type": JSON}
        answer = await ask(person, "POST", "/v1/batches", content=b"{}", headers=headers)
        assert answer.status_code == 422
        assert said in answer.json()["detail"]
        assert {one["reason"] for one in answer.json()["errors"]} == {said}


async def test_a_large_body_is_read_for_whoever_shows_a_token_and_beside_everybody_else(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of megabytes of numbers it takes the better part of a second, and a stranger may send them again and again."""
    person, read_in = await reader(rig), list[str]()

    def parse(body: bytes) -> Any:
        read_in.append(threading.current_thread().name)
        return whole(body)

    whole = strict.parse
    monkeypatch.setattr(strict, "parse", parse)
    content = b"[" + b"0," * SMALL_BODY + b"0]"
    forged = f"{person.token.rsplit('.', 1)[0]}.{'A' * 43}"
    for authorization in ("", "Bearer x", f"Basic {person.token}", f"Bearer {forged}"):
        headers = {"Content-Type": JSON, "Idempotency-Key": "k1", "Authorization": authorization}
        answer = await rig.client.post("/v1/bundles", content=content, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert read_in == []
    read = await ask(person, "POST", "/v1/bundles", content=content, headers={"Content-Type": JSON})
    assert read.status_code == 422
    assert read_in
    assert threading.main_thread().name not in read_in

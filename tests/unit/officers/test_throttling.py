"""How often somebody may ask, and how much may be refused before an account rests."""

import httpx2
import pytest

from services.kit.gate import Gate
from services.kit.http import within_limits
from services.officers.app import Limits, make_app
from services.officers.desk.refusing import REST
from services.officers.web import throttling
from services.officers.web.problems import RefusedError
from services.officers.web.throttling import Rate, Throttle
from tests.officers_rig import Rig
from tests.screening import SCREENER, TASK, refusals, refusing, screener


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def let_in(rate: Rate, who: str, tries: int) -> int:
    return sum(rate.wait(who) == 0 for _ in range(tries))


def test_so_many_at_once_and_then_so_many_a_second() -> None:
    clock = Clock()
    rate = Rate(2.0, 5.0, clock)
    assert let_in(rate, "a", 50) == 10
    assert rate.wait("a") == pytest.approx(0.5)
    assert rate.wait("b") == 0
    clock.now += 3
    assert let_in(rate, "a", 50) == 6
    clock.now += 1000
    assert let_in(rate, "a", 50) == 10


def test_who_has_not_asked_for_longest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "MOST_REMEMBERED", 2)
    rate = Rate(1.0, 1.0, Clock())
    for who in ("a", "b", "c"):
        assert let_in(rate, who, 2) == 1
    assert rate.wait("b") > 0
    assert rate.wait("a") == 0


def test_one_person_has_one_costly_thing_in_hand() -> None:
    throttle = Throttle(1.0)
    refused = pytest.raises(RefusedError, match="too-many-requests")
    with throttle.alone("a"), throttle.alone("b"), refused, throttle.alone("a"):
        raise AssertionError("two at once")
    with throttle.alone("a"):
        pass


async def test_a_person_who_asks_too_often_is_told_when_to_ask_again(rig: Rig) -> None:
    person, other = await screener(rig), await rig.account(SCREENER)
    rig.office.throttle._rate = Rate(0.5, 8.0)
    answers = [await person.get("/v1/tasks") for _ in range(9)]
    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    assert (answers[8].status_code, answers[8].json()["code"]) == (429, "too-many-requests")
    assert 1 <= int(answers[8].headers["Retry-After"]) <= 2
    assert (await other.get("/v1/tasks")).status_code == 200


async def test_an_address_that_asks_too_often_waits_and_this_machine_does_not(rig: Rig) -> None:
    app = within_limits(
        Limits(make_app(rig.office, {}), 0.1, rig.office.standings.knows), Gate(frozenset({"test"}))
    )
    found = {}
    for address in ("203.0.113.9", "127.0.0.1"):
        inward = httpx2.ASGITransport(app=app, client=(address, 1))
        async with httpx2.AsyncClient(transport=inward, base_url="http://test") as client:
            found[address] = [await client.get("/v1/me", headers={"Accept-Language": "zh"}) for _ in range(8)]
    assert [answer.status_code for answer in found["127.0.0.1"]] == [401] * 8
    assert {answer.status_code for answer in found["203.0.113.9"][:6]} == {401}
    last = found["203.0.113.9"][7]
    assert (last.status_code, last.json()["title"]) == (429, "请求过于频繁")
    assert "frame-ancestors 'none'" in last.headers["content-security-policy"]


async def test_an_address_is_not_another_one_for_being_the_next_of_its_network(rig: Rig) -> None:
    app = within_limits(
        Limits(make_app(rig.office, {}), 0.1, rig.office.standings.knows), Gate(frozenset({"test"}))
    )
    codes = []
    for network in (2, 3):
        for number in range(8):
            inward = httpx2.ASGITransport(app=app, client=(f"2001:db8:1:{network}::{number}", 1))
            async with httpx2.AsyncClient(transport=inward, base_url="http://test") as client:
                codes.append((await client.get("/v1/me")).status_code)
    assert codes[7:9] == [429, 401]


async def test_too_many_refused_acts_are_recorded_to_a_point_and_then_not_attempted(rig: Rig) -> None:
    clock = Clock()
    person, other = await screener(rig), await rig.account(SCREENER)
    rig.office.refusals._now = clock
    rig.office.refusals._rate = Rate(1.0, 5.0, clock)
    rig.engine.answers = refusing("same-person")
    codes = [(await person.post(f"{TASK}/claim")).json()["code"] for _ in range(12)]
    # The last of those that are told stands beside the note that there were too many.
    assert codes == ["same-person"] * 6 + ["too-many-refusals"] * 6
    assert len(rig.engine.sent) == 6
    kept = [row["code"] for row in await refusals(rig)]
    assert sorted(kept) == ["same-person"] * 6 + ["too-many-refusals"]
    again = await person.post(f"{TASK}/claim")
    assert (again.status_code, int(again.headers["Retry-After"])) == (429, REST + 1)
    assert (await other.post(f"{TASK}/claim")).json()["code"] == "same-person"
    clock.now += REST
    assert (await person.post(f"{TASK}/claim")).json()["code"] == "same-person"

"""Whoever may not even try to sign in waits for the answer; nobody else does, and not everybody at once."""

import asyncio

import pytest

from contracts.actor import Grant
from services.officers.identity.signin import holding
from services.officers.identity.signin.holding import Holding
from services.officers.web.throttling import Rate
from tests.officers_rig import Rig

AGES = 3600.0
"""Seconds that no test waits."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of refusals that were handed to the holder, in order; none waits."""
    codes: list[str] = []

    async def back(_: Holding, code: str) -> None:
        codes.append(code)

    monkeypatch.setattr(Holding, "back", back)
    return codes


async def ended(*codes: str, held: Holding) -> list[bool]:
    """Of refusals of these codes that came one after the other: which were answered while the rest of them wait."""
    waits = [asyncio.ensure_future(held.back(code)) for code in codes]
    for _ in range(3):
        await asyncio.sleep(0)
    done = [one.done() for one in waits]
    for one in waits:
        one.cancel()
    await asyncio.gather(*waits, return_exceptions=True)
    return done


async def test_only_what_costs_no_work_is_held() -> None:
    held = Holding(AGES)
    cheap = ("too-many-attempts", "sign-in-busy", "too-many-refusals", "too-many-requests")
    others = ("credentials-wrong", "second-factor-needed", "wrong-role")
    assert await ended(*cheap, *others, held=held) == [False] * 4 + [True] * 3


async def test_no_more_are_held_than_leaves_room_for_everybody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "MOST", 2)
    held = Holding(AGES)
    assert await ended(*["sign-in-busy"] * 4, held=held) == [False, False, True, True]
    assert await ended("sign-in-busy", held=held) == [False]


async def test_a_sign_in_during_a_pause_is_answered_when_it_was_held(rig: Rig, told: list[str]) -> None:
    body = {"login": "nobody", "password": "a password that is wrong"}
    answers = [await rig.client.post("/v1/sessions", json=body) for _ in range(6)]
    assert [one.status_code for one in answers] == [401] * 5 + [429]
    assert told == ["credentials-wrong"] * 5 + ["too-many-attempts"]


async def test_whoever_may_not_even_try_an_act_waits_for_the_answer(rig: Rig, told: list[str]) -> None:
    person = await rig.account(Grant(role="SCREENER", district="d01"))
    rig.office.refusals._rate = Rate(0.001, 1.0)
    codes = [(await person.post("/v1/tasks/none/claim")).json()["code"] for _ in range(4)]
    assert codes == ["unknown-task"] + ["too-many-refusals"] * 3
    assert told == codes[1:]
    rig.office.throttle._rate = Rate(0.001, 0.0)
    assert (await person.get("/v1/me")).json()["code"] == told[-1] == "too-many-requests"

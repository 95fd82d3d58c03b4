"""Forty attackers at sign-in, each from an address of its own, while people sign in. Counted, not timed."""

import asyncio
from collections import Counter

import httpx2

from contracts.actor import Grant
from services.officers.identity.signin.slowdown import FREE
from tests.officers_rig import PASSWORD, Rig

SCREENER = Grant(role="SCREENER", district="d01")
ATTACKERS, TRIES, HONEST = 40, 12, 12


def at(rig: Rig, address: str) -> httpx2.AsyncClient:
    """The API as it is reached from this address."""
    transport = httpx2.ASGITransport(app=rig.client._transport.app, client=(address, 1))
    return httpx2.AsyncClient(transport=transport, base_url="http://test")


async def attack(rig: Rig, number: int, victim: str) -> Counter[int]:
    """One attacker: guesses at the victim's password, one after the other."""
    async with at(rig, f"10.66.0.{number}") as client:
        answers = [
            await client.post("/v1/sessions", json={"login": victim, "password": f"guess {number} {one}"})
            for one in range(TRIES)
        ]
    return Counter(answer.status_code for answer in answers)


async def test_a_flood_is_slowed_down_and_keeps_nobody_out(rig: Rig) -> None:
    people = [await rig.account(SCREENER) for _ in range(HONEST)]
    victim, passwords = people[0], rig.office.passwords
    tried: Counter[bool] = Counter()
    fits = passwords.fits

    async def counted(stored: str | None, password: str, *, doubted: bool = False) -> bool:
        tried[doubted and password == PASSWORD] += 1
        return await fits(stored, password, doubted=doubted)

    passwords.fits = counted  # type: ignore[method-assign]
    flood = [asyncio.create_task(attack(rig, number, victim.login)) for number in range(ATTACKERS)]
    async with at(rig, "10.1.0.1") as office:
        for person in people:
            signed = await office.post("/v1/sessions", json={"login": person.login, "password": PASSWORD})
            assert signed.status_code == 201, signed.text
    answers = sum(await asyncio.gather(*flood), Counter())
    assert set(answers) <= {401, 429, 503}
    # Of each attacker a few guesses were looked at, however many there were; nobody honest was taken for one of them.
    assert answers[401] <= ATTACKERS * FREE
    assert answers[429] + answers[503] >= ATTACKERS * (TRIES - FREE)
    assert tried[True] == 0
    assert tried[False] <= ATTACKERS * FREE + HONEST

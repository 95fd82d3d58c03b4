"""Attacks on passkeys: an answer of another place, another person, another time, or none at all."""

from collections.abc import Callable, Coroutine
from typing import Any

import httpx2

from services.officers.identity.factors.passkeys import Place
from tests.attacks.attack import Attack, Ground
from tests.attacks.of_sessions import disabled
from tests.person import PASSWORD, Person
from tests.soft_passkey import ORIGIN, PRESENT, SoftPasskey


def opened_for_passkeys(ground: Ground) -> None:
    """The installation names its pages."""
    ground.rig.office.passkeys._place = Place(ORIGIN)


async def taken_up(ground: Ground, person: Person, passkey: SoftPasskey) -> httpx2.Response:
    """The passkey taken up by the person."""
    opened_for_passkeys(ground)
    asked = (await person.post("/v1/factors/passkey/challenge", {"password": PASSWORD})).json()
    body = {"ticket": asked["ticket"], "credential": passkey.made(asked["options"])}
    return await person.post("/v1/factors/passkey", body)


async def challenge(ground: Ground) -> dict[str, Any]:
    """A challenge for a sign-in."""
    found: dict[str, Any] = (await ground.rig.client.post("/v1/sessions/passkey/challenge")).json()
    return found


async def answered(ground: Ground, ticket: str, credential: dict[str, Any]) -> httpx2.Response:
    """A sign-in by passkey."""
    body = {"ticket": ticket, "credential": credential}
    return await ground.rig.client.post("/v1/sessions/passkey", json=body)


async def own(ground: Ground) -> SoftPasskey:
    """The victim's own passkey."""
    passkey = SoftPasskey()
    done = await taken_up(ground, ground.victim, passkey)
    assert done.status_code == 201, done.text
    return passkey


def spoiled(**parts: Any) -> Callable[[Ground], Coroutine[Any, Any, httpx2.Response]]:
    """The victim's passkey, of which something is another."""

    async def run(ground: Ground) -> httpx2.Response:
        passkey = await own(ground)
        for name, value in parts.items():
            setattr(passkey, name, value)
        asked = await challenge(ground)
        return await answered(ground, asked["ticket"], passkey.shown(asked["options"]))

    return run


async def replay(ground: Ground) -> httpx2.Response:
    """An answer that was used."""
    passkey, asked = await own(ground), await challenge(ground)
    answer = passkey.shown(asked["options"])
    assert (await answered(ground, asked["ticket"], answer)).status_code == 201
    return await answered(ground, asked["ticket"], answer)


async def other_challenge(ground: Ground) -> httpx2.Response:
    """An answer to another challenge than the ticket's."""
    passkey = await own(ground)
    one, other = await challenge(ground), await challenge(ground)
    return await answered(ground, other["ticket"], passkey.shown(one["options"]))


async def ticket_of_another_kind(ground: Ground) -> httpx2.Response:
    """A sign-in token in the place of a ticket."""
    passkey, asked = await own(ground), await challenge(ground)
    return await answered(ground, ground.attacker.token, passkey.shown(asked["options"]))


async def ticket_as_token(ground: Ground) -> httpx2.Response:
    """A ticket in the place of a sign-in token."""
    opened_for_passkeys(ground)
    return await ground.shown((await challenge(ground))["ticket"])


async def ticket_for_taking_up(ground: Ground) -> httpx2.Response:
    """A ticket for a new passkey, used to sign in."""
    passkey = await own(ground)
    await ground.attacker.post("/v1/factors/passkey/challenge", {"password": PASSWORD})
    body = {"password": PASSWORD}
    asked = (await ground.attacker.post("/v1/factors/passkey/challenge", body)).json()
    return await answered(ground, asked["ticket"], passkey.shown(asked["options"]))


async def taken_up_for_another(ground: Ground) -> httpx2.Response:
    """The attacker's passkey under a ticket of the victim's."""
    opened_for_passkeys(ground)
    asked = (await ground.victim.post("/v1/factors/passkey/challenge", {"password": PASSWORD})).json()
    body = {"ticket": asked["ticket"], "credential": SoftPasskey().made(asked["options"])}
    return await ground.attacker.post("/v1/factors/passkey", body)


async def taken_up_elsewhere(ground: Ground) -> httpx2.Response:
    """A passkey made on a page that looks like ours."""
    return await taken_up(ground, ground.victim, SoftPasskey(origin="https://vetting.example.evil"))


async def taken_up_unverified(ground: Ground) -> httpx2.Response:
    """A passkey of a device that did not look who is there."""
    return await taken_up(ground, ground.victim, SoftPasskey(flags=PRESENT))


async def taken_up_under_an_id(ground: Ground) -> httpx2.Response:
    """The attacker's passkey under the id of the victim's, which would be found in place of it."""
    return await taken_up(ground, ground.attacker, SoftPasskey(ident=(await own(ground)).ident))


async def unknown(ground: Ground) -> httpx2.Response:
    """A passkey that nobody took up."""
    await own(ground)
    asked = await challenge(ground)
    return await answered(ground, asked["ticket"], SoftPasskey().shown(asked["options"]))


async def unknown_again(ground: Ground, ident: bytes) -> httpx2.Response:
    """A passkey that nobody took up, under the same id each time."""
    opened_for_passkeys(ground)
    asked = await challenge(ground)
    return await answered(ground, asked["ticket"], SoftPasskey(ident=ident).shown(asked["options"]))


async def another_key(ground: Ground) -> httpx2.Response:
    """The victim's passkey by its id, signed with another key."""
    passkey, asked = await own(ground), await challenge(ground)
    forged = SoftPasskey(ident=passkey.ident, user=passkey.user)
    return await answered(ground, asked["ticket"], forged.shown(asked["options"]))


async def counted_back(ground: Ground) -> httpx2.Response:
    """A copy of the passkey that was left behind."""
    passkey, asked = await own(ground), await challenge(ground)
    passkey.counter = 7
    assert (await answered(ground, asked["ticket"], passkey.shown(asked["options"]))).status_code == 201
    passkey.counter = 3
    again = await challenge(ground)
    return await answered(ground, again["ticket"], passkey.shown(again["options"]))


async def no_answer(ground: Ground) -> httpx2.Response:
    """What no browser sends."""
    await own(ground)
    asked = await challenge(ground)
    return await answered(ground, asked["ticket"], {"id": 7, "response": [None]})


async def password_alone(ground: Ground) -> httpx2.Response:
    """The password of whoever has a passkey."""
    await own(ground)
    body = {"login": ground.victim.login, "password": PASSWORD}
    return await ground.rig.client.post("/v1/sessions", json=body)


async def closed(ground: Ground) -> httpx2.Response:
    """The passkey of a closed account."""
    passkey, asked = await own(ground), await challenge(ground)
    await disabled(ground)
    return await answered(ground, asked["ticket"], passkey.shown(asked["options"]))


async def switched_off(ground: Ground) -> httpx2.Response:
    """A sign-in by passkey where there are none."""
    return await ground.rig.client.post("/v1/sessions/passkey/challenge")


WRONG = {"code": "passkey-wrong"}

PASSKEYS = (
    Attack("a passkey's answer from another page", spoiled(origin="https://vetting.example.evil"), **WRONG),
    Attack("a passkey's answer for another domain", spoiled(domain="evil.example"), **WRONG),
    Attack("a passkey without the person verified", spoiled(flags=PRESENT), **WRONG),
    Attack("a passkey with nobody present", spoiled(flags=0), **WRONG),
    Attack("a passkey under another's name", spoiled(user=b"a0"), **WRONG),
    Attack("a passkey's answer used twice", replay, **WRONG),
    Attack("a passkey's answer to another challenge", other_challenge, **WRONG),
    Attack("a sign-in token as a ticket", ticket_of_another_kind, **WRONG),
    Attack("a ticket as a sign-in token", ticket_as_token),
    Attack("a ticket for taking up used to sign in", ticket_for_taking_up, **WRONG),
    Attack("a passkey taken up under another's ticket", taken_up_for_another, **WRONG),
    Attack("a passkey made on another page", taken_up_elsewhere, **WRONG),
    Attack("a passkey made without the person verified", taken_up_unverified, **WRONG),
    Attack("a passkey taken up under another's id", taken_up_under_an_id, **WRONG),
    Attack("a passkey that nobody took up", unknown, **WRONG),
    Attack("a passkey's id with another key", another_key, **WRONG),
    Attack("a copy of a passkey that was left behind", counted_back, **WRONG),
    Attack("what no browser sends", no_answer, **WRONG),
    Attack("the password alone beside a passkey", password_alone, code="second-factor-needed"),
    Attack("the passkey of a closed account", closed, **WRONG),
    Attack("a passkey where there are none", switched_off, 409, "passkeys-off"),
)

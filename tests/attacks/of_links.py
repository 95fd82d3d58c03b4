"""Attacks on what links an account with the provider's people, and on being shown again through it."""

from typing import Any

import httpx2

from tests.attacks.attack import Attack, Ground, Run
from tests.attacks.of_provider import (
    ATTACKER,
    REFUSED,
    UNLINKED,
    VICTIM,
    begun,
    brought,
    linked,
    own,
    served,
    signed_in,
)
from tests.authenticator import Authenticator
from tests.person import PASSWORD, Person
from tests.soft_provider import SoftProvider

AGAIN = "/v1/sessions/fresh/provider"
LINK = "/v1/provider-link"


async def asked_of(person: Person, path: str) -> dict[str, Any]:
    """Somebody who is signed in is about to be sent to the provider."""
    body = {"password": PASSWORD} if path == LINK else None
    found: dict[str, Any] = (await person.post(f"{path}/challenge", body)).json()
    return found


async def shown_again(
    ground: Ground, provider: SoftProvider, who: Person, subject: str = VICTIM
) -> httpx2.Response:
    """Somebody shows again who they are, through the provider."""
    asked = await asked_of(who, AGAIN)
    return await who.post(
        AGAIN, {"ticket": asked["ticket"], **provider.comes_back(asked["address"], subject)}
    )


async def by_open_session(ground: Ground) -> httpx2.Response:
    """A thief at an open session links the account with themselves."""
    served(ground)
    return await ground.victim.post(f"{LINK}/challenge", {"password": "not this one"})


async def by_password_alone(ground: Ground) -> httpx2.Response:
    """The password of whoever has a second factor."""
    served(ground)
    await Authenticator(ground.rig).enrol(ground.victim)
    return await ground.victim.post(f"{LINK}/challenge", {"password": PASSWORD})


async def removed_by_open_session(ground: Ground) -> httpx2.Response:
    """A thief at an open session undoes the link."""
    await own(ground)
    return await ground.victim.post(f"{LINK}/removal", {"password": "not this one"})


async def two_accounts(ground: Ground) -> httpx2.Response:
    """One of the provider's people for two accounts: two signatures of one person."""
    return await linked(ground, await own(ground), ground.attacker, VICTIM)


async def two_people(ground: Ground) -> httpx2.Response:
    """A second one of the provider's people for an account that has one."""
    return await linked(ground, await own(ground), ground.victim, ATTACKER)


async def under_anothers_ticket(ground: Ground) -> httpx2.Response:
    """The victim's ticket and the attacker's session."""
    provider = served(ground)
    asked = await asked_of(ground.victim, LINK)
    answer = provider.comes_back(asked["address"], VICTIM)
    return await ground.attacker.post(LINK, {"ticket": asked["ticket"], **answer})


def for_something_else(begins: str, ends: str) -> Run:
    """What was asked for one purpose, brought for another."""

    async def run(ground: Ground) -> httpx2.Response:
        provider = await own(ground)
        asked = await (asked_of(ground.victim, begins) if begins else begun(ground))
        answer = {"ticket": asked["ticket"], **provider.comes_back(asked["address"], VICTIM)}
        if not ends:
            return await brought(ground, answer.pop("ticket"), answer)
        return await ground.victim.post(ends, answer)

    return run


async def by_another(ground: Ground) -> httpx2.Response:
    """The attacker at the victim's open session, as themselves at the provider."""
    provider = await own(ground)
    await linked(ground, provider, ground.attacker, ATTACKER)
    return await shown_again(ground, provider, ground.victim, ATTACKER)


async def not_asked_anew(ground: Ground) -> httpx2.Response:
    """A provider that did not ask anew: whoever sits there was signed in to it."""
    provider = await own(ground)
    asked = await asked_of(ground.victim, AGAIN)
    answer = provider.comes_back(asked["address"], VICTIM)
    provider.codes[answer["code"]]["auth_time"] -= 120
    return await ground.victim.post(AGAIN, {"ticket": asked["ticket"], **answer})


async def with_factor(ground: Ground, **vouches: Any) -> tuple[SoftProvider, Authenticator]:
    """The victim, linked and with an authenticator program."""
    provider, program = SoftProvider().serve(ground.rig.office, **vouches), Authenticator(ground.rig)
    assert (await linked(ground, provider)).status_code == 204
    await program.enrol(ground.victim)
    return provider, program


async def no_second_factor(ground: Ground) -> httpx2.Response:
    """The provider's word alone, where there is a second factor of ours."""
    provider, _ = await with_factor(ground)
    return await signed_in(ground, provider)


async def weaker_second_factor(ground: Ground) -> httpx2.Response:
    """A method that does not stand for ours."""
    provider, _ = await with_factor(ground, amr=frozenset({"hwk"}))
    provider.claims["amr"] = ["pwd", "sms"]
    return await signed_in(ground, provider)


async def again_without_factor(ground: Ground) -> httpx2.Response:
    """An open session made fresh by the provider's word alone."""
    provider, _ = await with_factor(ground)
    return await shown_again(ground, provider, ground.victim)


async def second_ticket(ground: Ground, code: str = "000000") -> httpx2.Response:
    """A wrong code after the provider's word."""
    provider, _ = await with_factor(ground)
    ticket = (await signed_in(ground, provider)).json()["ticket"]
    return await ground.rig.client.post("/v1/sessions/provider/second", json={"ticket": ticket, "code": code})


async def second_ticket_twice(ground: Ground) -> httpx2.Response:
    """The provider's word used twice, with two codes."""
    provider, program = await with_factor(ground)
    ticket = (await signed_in(ground, provider)).json()["ticket"]
    body = {"ticket": ticket, "code": program.code()}
    assert (await ground.rig.client.post("/v1/sessions/provider/second", json=body)).status_code == 201
    program.later()
    body["code"] = program.code()
    return await ground.rig.client.post("/v1/sessions/provider/second", json=body)


async def second_ticket_of_another(ground: Ground) -> httpx2.Response:
    """The victim's ticket at the attacker's session."""
    provider, program = await with_factor(ground)
    ticket = (await signed_in(ground, provider)).json()["ticket"]
    return await ground.attacker.post(f"{AGAIN}/second", {"ticket": ticket, "code": program.code()})


async def first_ticket_as_second(ground: Ground) -> httpx2.Response:
    """A ticket that nobody was answered for yet, and a code."""
    _, program = await with_factor(ground)
    body = {"ticket": (await begun(ground))["ticket"], "code": program.code()}
    return await ground.rig.client.post("/v1/sessions/provider/second", json=body)


NEEDED = {"code": "second-factor-needed"}

LINKS = (
    Attack("a link by an open session alone", by_open_session, code="credentials-wrong"),
    Attack("a link by the password alone", by_password_alone, **NEEDED),
    Attack("a link undone by an open session alone", removed_by_open_session, code="credentials-wrong"),
    Attack("one of the provider's people for two accounts", two_accounts, 409, "provider-linked"),
    Attack("two of the provider's people for one account", two_people, 409, "provider-linked"),
    Attack("a link under another's ticket", under_anothers_ticket, **REFUSED),
    Attack("a ticket for linking used to sign in", for_something_else(LINK, ""), **REFUSED),
    Attack("a ticket for signing in used to link", for_something_else("", LINK), **REFUSED),
    Attack("a ticket for signing in used to show again", for_something_else("", AGAIN), **REFUSED),
    Attack("a ticket for showing again used to link", for_something_else(AGAIN, LINK), **REFUSED),
    Attack("shown again by another of the provider's people", by_another, **UNLINKED),
    Attack("shown again without being asked anew", not_asked_anew, **REFUSED),
    Attack("the provider's word without our second factor", no_second_factor, **NEEDED),
    Attack("a second factor of the provider's that is weaker than ours", weaker_second_factor, **NEEDED),
    Attack("shown again through the provider without our second factor", again_without_factor, **NEEDED),
    Attack("a wrong code after the provider's word", second_ticket, code="second-factor-wrong"),
    Attack("the provider's word used twice, with two codes", second_ticket_twice, **REFUSED),
    Attack("the provider's word at another's session", second_ticket_of_another, **REFUSED),
    Attack("a code after no word of the provider", first_ticket_as_second, **REFUSED),
)

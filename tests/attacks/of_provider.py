"""Attacks on sign-in by the office's provider: the answer is another's, of another time, or for something else."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from services.officers.identity.provider.answering import LIFE
from services.officers.identity.signin.slowdown import FREE_LOGINS
from tests.attacks.attack import Attack, Ground, Run
from tests.attacks.of_sessions import disabled
from tests.person import PASSWORD, Person
from tests.soft_provider import SoftProvider

Said = dict[str, Any]
VICTIM, ATTACKER = "p-17", "p-66"


def served(ground: Ground, **parts: Any) -> SoftProvider:
    """The installation's provider."""
    return SoftProvider(**parts).serve(ground.rig.office)


async def begun(ground: Ground, path: str = "/v1/sessions/provider/challenge") -> Said:
    """Somebody is about to be sent to the provider."""
    found: Said = (await ground.rig.client.post(path)).json()
    return found


async def brought(ground: Ground, ticket: str, answer: Said) -> httpx2.Response:
    """Somebody comes back."""
    return await ground.rig.client.post("/v1/sessions/provider", json={"ticket": ticket, **answer})


async def linked(
    ground: Ground, provider: SoftProvider, person: Person | None = None, subject: str = VICTIM
) -> httpx2.Response:
    """The person, linked with one of the provider's people."""
    whose = person or ground.victim
    asked = (await whose.post("/v1/provider-link/challenge", {"password": PASSWORD})).json()
    answer = provider.comes_back(asked["address"], subject)
    return await whose.post("/v1/provider-link", {"ticket": asked["ticket"], **answer})


async def own(ground: Ground) -> SoftProvider:
    """The provider, with the victim linked."""
    provider = served(ground)
    assert (await linked(ground, provider)).status_code == 204
    return provider


async def signed_in(ground: Ground, provider: SoftProvider, **answer: Any) -> httpx2.Response:
    """A sign-in of the victim, of whose answer something is another."""
    asked = await begun(ground)
    came = {**provider.comes_back(asked["address"], VICTIM), **answer}
    said = {name: value for name, value in came.items() if value is not None}
    return await brought(ground, asked["ticket"], said)


def answering(**answer: Any) -> Run:
    """The victim's sign-in with another answer."""

    async def run(ground: Ground) -> httpx2.Response:
        return await signed_in(ground, await own(ground), **answer)

    return run


def spoiled(**parts: Any) -> Run:
    """The victim's sign-in at a provider of which something is another than when they were linked."""

    async def run(ground: Ground) -> httpx2.Response:
        provider = await own(ground)
        for name, value in parts.items():
            setattr(provider, name, value)
        return await signed_in(ground, provider)

    return run


def described(**metadata: Any) -> Run:
    """A provider that describes itself so."""

    async def run(ground: Ground) -> httpx2.Response:
        served(ground, metadata=metadata)
        return await ground.rig.client.post("/v1/sessions/provider/challenge")

    return run


async def other_ticket(ground: Ground) -> httpx2.Response:
    """The victim's answer in the attacker's browser: the code was asked for under another verifier."""
    provider = await own(ground)
    victims, attackers = await begun(ground), await begun(ground)
    code = provider.comes_back(victims["address"], VICTIM)["code"]
    state = provider.comes_back(attackers["address"], ATTACKER)["state"]
    return await brought(ground, attackers["ticket"], {"code": code, "state": state, "iss": provider.issuer})


async def other_state(ground: Ground) -> httpx2.Response:
    """The attacker's answer in the victim's browser, to have them work under the attacker's name."""
    provider = await own(ground)
    victims, attackers = await begun(ground), await begun(ground)
    return await brought(ground, victims["ticket"], provider.comes_back(attackers["address"], ATTACKER))


async def replay(ground: Ground) -> httpx2.Response:
    """An answer that was used."""
    provider, asked = await own(ground), await begun(ground)
    answer = provider.comes_back(asked["address"], VICTIM)
    assert (await brought(ground, asked["ticket"], answer)).status_code == 201
    asks = len(provider.asked)
    refused = await brought(ground, asked["ticket"], answer)
    assert len(provider.asked) == asks, "the provider is not asked for what was brought before"
    return refused


async def used_code(ground: Ground) -> httpx2.Response:
    """A code that the provider has taken, once more."""
    provider, asked = await own(ground), await begun(ground)
    answer = provider.comes_back(asked["address"], VICTIM)
    provider.codes.clear()
    return await brought(ground, asked["ticket"], answer)


async def without_challenge(ground: Ground) -> httpx2.Response:
    """A code that was asked for without our challenge."""
    provider, asked = await own(ground), await begun(ground)
    answer = provider.comes_back(asked["address"], VICTIM)
    provider.codes[answer["code"]]["code_challenge"] = ""
    return await brought(ground, asked["ticket"], answer)


async def elsewhere(ground: Ground) -> httpx2.Response:
    """A code that the provider sent to another page."""
    provider, asked = await own(ground), await begun(ground)
    answer = provider.comes_back(asked["address"], VICTIM)
    provider.codes[answer["code"]]["redirect_uri"] += "/../elsewhere"
    return await brought(ground, asked["ticket"], answer)


async def nonce_of_another(ground: Ground) -> httpx2.Response:
    """A token that was made for another sign-in."""
    provider = await own(ground)
    provider.claims["nonce"] = "n-" + secrets.token_hex(8)
    return await signed_in(ground, provider)


async def late(ground: Ground) -> httpx2.Response:
    """An answer to what was asked long ago."""
    provider, asked = await own(ground), await begun(ground)
    answer = provider.comes_back(asked["address"], VICTIM)
    ground.rig.office.provider._now = lambda: datetime.now(UTC) + LIFE + timedelta(seconds=5)
    return await brought(ground, asked["ticket"], answer)


async def token_as_ticket(ground: Ground) -> httpx2.Response:
    """A sign-in token in the place of a ticket."""
    provider, asked = await own(ground), await begun(ground)
    return await brought(ground, ground.attacker.token, provider.comes_back(asked["address"], VICTIM))


async def ticket_as_token(ground: Ground) -> httpx2.Response:
    """A ticket in the place of a sign-in token."""
    served(ground)
    return await ground.shown((await begun(ground))["ticket"])


async def closed(ground: Ground) -> httpx2.Response:
    """The provider's word for a closed account."""
    provider = await own(ground)
    await disabled(ground)
    return await signed_in(ground, provider)


async def unlinked(ground: Ground) -> httpx2.Response:
    """Somebody whom the provider knows and nobody linked: no account is opened for them."""
    provider, asked = await own(ground), await begun(ground)
    return await brought(ground, asked["ticket"], provider.comes_back(asked["address"], ATTACKER))


async def link_undone(ground: Ground) -> httpx2.Response:
    """The provider's word after its holder took the link back."""
    provider = await own(ground)
    done = await ground.victim.post("/v1/provider-link/removal", {"password": PASSWORD})
    assert done.status_code == 204
    return await signed_in(ground, provider)


async def guesses(ground: Ground) -> httpx2.Response:
    """Codes made up, each under a ticket of its own."""
    provider = await own(ground)
    for _ in range(FREE_LOGINS):
        assert (await signed_in(ground, provider, code="made-up")).status_code == 401
    return await signed_in(ground, provider, code="made-up")


async def off(ground: Ground) -> httpx2.Response:
    """A sign-in by the provider where there is none."""
    return await ground.rig.client.post("/v1/sessions/provider/challenge")


async def away(ground: Ground) -> httpx2.Response:
    """A provider that does not answer: nobody comes in by what was known of it."""
    provider, asked = await own(ground), await begun(ground)
    provider.away = "/token"
    return await brought(ground, asked["ticket"], provider.comes_back(asked["address"], VICTIM))


REFUSED = {"code": "provider-refused"}
UNLINKED = {"code": "provider-unlinked"}
AWAY: Said = {"status": 503, "code": "provider-away"}

ANSWERS = (
    Attack("the answer to another's question", other_state, **REFUSED),
    Attack("a code in another browser than asked for it", other_ticket, **REFUSED),
    Attack("a made-up state", answering(state="s" * 43), **REFUSED),
    Attack("an answer of another provider (mix-up)", answering(iss="https://login.evil.example"), **REFUSED),
    Attack("an answer that does not say from whom it is", answering(iss=None), **REFUSED),
    Attack("a provider's answer used twice", replay, **REFUSED),
    Attack("a code that was redeemed before", used_code, **REFUSED),
    Attack("a code that was asked for without a challenge", without_challenge, **REFUSED),
    Attack("a code that was sent to another page", elsewhere, **REFUSED),
    Attack("codes made up", guesses, 429, "too-many-attempts"),
    Attack("an answer that comes too late", late, **REFUSED),
    Attack("a sign-in token as the provider's ticket", token_as_ticket, **REFUSED),
    Attack("the provider's ticket as a sign-in token", ticket_as_token),
    Attack("one of the provider's people whom nobody linked", unlinked, **UNLINKED),
    Attack("the provider's word for a closed account", closed, **UNLINKED),
    Attack("the provider's word after the link was undone", link_undone, **UNLINKED),
    Attack("a provider that does not answer", away, **AWAY),
    Attack("a provider where there is none", off, 409, "provider-off"),
)

DESCRIPTIONS = (
    Attack("a description of another issuer", described(issuer="https://login.evil.example"), **AWAY),
    Attack("a token endpoint in clear", described(token_endpoint="http://login.example/token"), **AWAY),
    Attack("keys on this machine", described(jwks_uri="http://127.0.0.1:9/keys"), **AWAY),
    Attack(
        "a provider that signs with shared secrets only",
        described(id_token_signing_alg_values_supported=["HS256", "none"]),
        **AWAY,
    ),
    Attack(
        "a provider that takes challenges in clear only",
        described(code_challenge_methods_supported=["plain"]),
        **AWAY,
    ),
)

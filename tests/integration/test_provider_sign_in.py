"""Signing in through a provider program that is not ours: discovery, codes, keys and tokens as it makes them."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx2
import pytest

from services.officers.identity.provider import fetching as provider_fetching
from services.officers.identity.provider.fetching import BETWEEN_LOOKS, Fetching
from services.officers.identity.provider.registration import LANDING, Registration
from tests.attacks.attack import Ground
from tests.attacks.of_provider import begun, brought
from tests.authenticator import Authenticator
from tests.officers_rig import PASSWORD, officers
from tests.provider_program import PAGES, ProviderProgram, provider_program, serve

SUBJECT = "officer-17"


@contextlib.contextmanager
def started(directory: Path, *options: str) -> Iterator[ProviderProgram]:
    """The program, ended by whoever started it."""
    program = provider_program(directory, *options)
    try:
        yield program
    finally:
        program.stop()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProviderProgram]:
    """The program, for clients that it registered."""
    with started(
        tmp_path_factory.mktemp("provider"), "--require-registration", "true", "--require-nonce"
    ) as one:
        yield one


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is no provider that is away."""
    monkeypatch.setattr(provider_fetching, "SECONDS", 60.0)


@pytest.fixture
async def outside() -> AsyncIterator[httpx2.AsyncClient]:
    """What asks the program."""
    async with httpx2.AsyncClient() as client:
        yield client


@pytest.fixture
async def ground(tmp_path: Path) -> AsyncIterator[Ground]:
    """The API with two people signed in."""
    async with officers(tmp_path) as rig:
        yield await Ground.of(rig)


async def linked(ground: Ground, program: ProviderProgram, subject: str = SUBJECT, **claims: Any) -> None:
    """The victim, linked with one of the program's people."""
    asked = (await ground.victim.post("/v1/provider-link/challenge", {"password": PASSWORD})).json()
    program.knows(subject, **claims)
    answer = program.comes_back(asked["address"], subject)
    done = await ground.victim.post("/v1/provider-link", {"ticket": asked["ticket"], **answer})
    assert done.status_code == 204, done.text


async def signed_in(ground: Ground, program: ProviderProgram, **other: str) -> httpx2.Response:
    """A sign-in of the victim through the program."""
    asked = await begun(ground)
    return await brought(ground, asked["ticket"], {**program.comes_back(asked["address"], SUBJECT), **other})


async def test_whoever_is_linked_signs_in_and_whoever_is_not_does_not(
    ground: Ground, program: ProviderProgram, outside: httpx2.AsyncClient
) -> None:
    serve(ground.rig.office, program.registered(), outside)
    await linked(ground, program)
    said = (await signed_in(ground, program)).json()
    assert said["account_id"] == ground.victim.account_id
    assert (await ground.shown(said["token"])).status_code == 200
    program.knows("somebody-else")
    asked = await begun(ground)
    refused = await brought(ground, asked["ticket"], program.comes_back(asked["address"], "somebody-else"))
    assert refused.json()["code"] == "provider-unlinked"


async def test_what_is_not_the_answer_to_the_question_is_refused(
    ground: Ground, program: ProviderProgram, outside: httpx2.AsyncClient
) -> None:
    serve(ground.rig.office, program.registered(), outside)
    await linked(ground, program)
    asked, others = await begun(ground), await begun(ground)
    answer = program.comes_back(asked["address"], SUBJECT)
    # Of this program a code is redeemed whatever verifier is shown: the nonce alone gives it away, and is enough.
    in_another_browser = {**program.comes_back(others["address"], SUBJECT), "code": answer["code"]}
    for ticket, brings in (
        (asked["ticket"], {**answer, "state": "made-up"}),
        (asked["ticket"], {**answer, "iss": "https://login.evil.example"}),
        (others["ticket"], in_another_browser),
        (asked["ticket"], answer),
    ):
        refused = await brought(ground, ticket, brings)
        assert (refused.status_code, refused.json()["code"]) == (401, "provider-refused")


async def test_a_code_of_another_client_is_refused_and_one_is_redeemed_once(
    ground: Ground, program: ProviderProgram, outside: httpx2.AsyncClient
) -> None:
    ours, theirs = program.registered(), program.registered()
    serve(ground.rig.office, ours, outside)
    await linked(ground, program)
    asked = await begun(ground)
    address = with_query(asked["address"], client_id=theirs.client_id)
    refused = await brought(ground, asked["ticket"], program.comes_back(address, SUBJECT))
    assert refused.json()["code"] == "provider-refused"
    asked = await begun(ground)
    answer = program.comes_back(asked["address"], SUBJECT)
    assert (await brought(ground, asked["ticket"], answer)).status_code == 201
    assert (await brought(ground, asked["ticket"], answer)).json()["code"] == "provider-refused"


async def test_the_program_sends_nobody_to_another_page(
    ground: Ground, program: ProviderProgram, outside: httpx2.AsyncClient
) -> None:
    serve(ground.rig.office, program.registered(), outside)
    asked = await begun(ground)
    elsewhere = with_query(asked["address"], redirect_uri=PAGES + LANDING + "/elsewhere")
    assert httpx2.post(elsewhere, data={"sub": SUBJECT}).status_code == 400


async def test_a_wrong_secret_lets_nobody_in(
    ground: Ground, program: ProviderProgram, outside: httpx2.AsyncClient
) -> None:
    good = program.registered()
    serve(ground.rig.office, good, outside)
    await linked(ground, program)
    serve(ground.rig.office, Registration(good.issuer, good.client_id, "another", good.redirect), outside)
    refused = await signed_in(ground, program)
    assert (refused.status_code, refused.json()["code"]) == (503, "provider-away")


async def test_a_second_factor_that_the_program_tells_of_stands_for_ours(
    ground: Ground, program: ProviderProgram, outside: httpx2.AsyncClient
) -> None:
    serve(ground.rig.office, program.registered(amr=frozenset({"mfa"})), outside)
    await linked(ground, program, amr=["pwd"])
    await Authenticator(ground.rig).enrol(ground.victim)
    assert (await signed_in(ground, program)).json()["code"] == "second-factor-needed"
    program.knows(SUBJECT, amr=["pwd", "mfa"])
    assert (await signed_in(ground, program)).status_code == 201


async def test_with_another_key_it_goes_on_and_while_it_is_away_nobody_comes_in(
    ground: Ground, tmp_path: Path, outside: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Restarted, the program has another key. It knows no client then, so here it takes every one."""
    with started(tmp_path) as program:
        registered = Registration(program.issuer, "qingxuan", "s3cret", PAGES + LANDING)
        fetching: Fetching = serve(ground.rig.office, registered, outside)
        await linked(ground, program)
        assert (await signed_in(ground, program)).status_code == 201
        program.stop()
        program.restart()
        program.knows(SUBJECT)
        now = fetching._clock() + BETWEEN_LOOKS
        fetching._clock = lambda: now
        assert (await signed_in(ground, program)).status_code == 201
        asked = await begun(ground)
        answer = program.comes_back(asked["address"], SUBJECT)
        monkeypatch.setattr(provider_fetching, "SECONDS", 0.5)
        program.pause()
        silent = await brought(ground, asked["ticket"], answer)
        program.resume()
        assert (silent.status_code, silent.json()["code"]) == (503, "provider-away")
        program.kill()
        asked = await begun(ground)
        gone = await brought(ground, asked["ticket"], {**answer, "state": _state(asked)})
        assert (gone.status_code, gone.json()["code"]) == (503, "provider-away")


def with_query(address: str, **other: str) -> str:
    """The address with something else in it."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), **other})))


def _state(asked: dict[str, Any]) -> str:
    return dict(parse_qsl(urlsplit(asked["address"]).query))["state"]

"""A code is good in the browser that asked for it: against a provider that checks challenges and names itself."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import httpx2
import pytest

from services.officers.identity.provider import fetching
from services.officers.identity.provider.registration import LANDING, Registration
from tests.attacks.attack import Ground
from tests.attacks.of_provider import begun, brought
from tests.officers_rig import PASSWORD, officers
from tests.provider_program import PAGES, ProviderProgram, serve, strict_provider

CLIENT = ("qingxuan", "with / and + and :", PAGES + LANDING)
SUBJECT = "officer-17"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProviderProgram]:
    """The provider, ended by whoever started it."""
    one = strict_provider(tmp_path_factory.mktemp("strict"), CLIENT)
    yield one
    one.stop()


@pytest.fixture
async def ground(
    tmp_path: Path, provider: ProviderProgram, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Ground]:
    """The API with two people signed in, of whom one is linked. A busy machine is no provider that is away."""
    monkeypatch.setattr(fetching, "SECONDS", 60.0)
    async with officers(tmp_path) as rig, httpx2.AsyncClient() as outside:
        serve(rig.office, Registration(provider.issuer, *CLIENT), outside)
        ground = await Ground.of(rig)
        asked = (await ground.victim.post("/v1/provider-link/challenge", {"password": PASSWORD})).json()
        answer = provider.comes_back(asked["address"], SUBJECT)
        done = await ground.victim.post("/v1/provider-link", {"ticket": asked["ticket"], **answer})
        assert done.status_code == 204, done.text
        yield ground


async def test_it_is_redeemed_with_its_verifier_only(ground: Ground, provider: ProviderProgram) -> None:
    asked = await begun(ground)
    answer = provider.comes_back(asked["address"], SUBJECT)
    form = {"grant_type": "authorization_code", "code": answer["code"], "redirect_uri": CLIENT[2]}
    for verifier in ({}, {"code_verifier": "v" * 43}):
        auth = httpx2.BasicAuth(CLIENT[0], quote(CLIENT[1], safe=""))
        stolen = httpx2.post(f"{provider.issuer}/token", data={**form, **verifier}, auth=auth)
        assert stolen.json()["error"] in {"invalid_request", "invalid_grant"}, (
            "not even with the client's secret"
        )
    assert answer["iss"] == provider.issuer
    assert (await brought(ground, asked["ticket"], answer)).status_code == 201


@pytest.mark.parametrize(
    "how", ["in another browser", "without a challenge", "without its issuer", "once more"]
)
async def test_else_nobody_comes_in(ground: Ground, provider: ProviderProgram, how: str) -> None:
    asked, other = await begun(ground), await begun(ground)
    address = asked["address"]
    if how == "without a challenge":
        parts = urlsplit(address)
        said = {name: value for name, value in parse_qsl(parts.query) if "challenge" not in name}
        address = urlunsplit(parts._replace(query=urlencode(said)))
    answer = provider.comes_back(address, SUBJECT)
    if how == "in another browser":
        asked, answer = other, {**provider.comes_back(other["address"], SUBJECT), "code": answer["code"]}
    if how == "without its issuer":
        del answer["iss"]
    if how == "once more":
        assert (await brought(ground, asked["ticket"], answer)).status_code == 201
    refused = await brought(ground, asked["ticket"], answer)
    assert (refused.status_code, refused.json()["code"]) == (401, "provider-refused")

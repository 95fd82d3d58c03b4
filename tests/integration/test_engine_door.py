"""The engine's rights on the page, at a door that keeps the rules of the server's own authorizer."""

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from temporalio.client import Client
from temporalio.service import RPCError, TLSConfig

from services.kit.sealing import Keyring
from services.kit.temporal import connect
from services.officers.desk.gateway import TemporalEngine
from services.officers.web.problems import RefusedError
from tests.access import door, engine
from tests.certificates import login_of, with_tokens
from tests.claims import KeySet
from tests.matrix import differences, matrix
from tests.servers import HOST, TemporalServer, start_temporal

NAMESPACE = "qingxuan"
HOLDERS = ("onlooker", "officers", "worker", "operator")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_tokens(tmp_path_factory.mktemp("secrets"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TemporalServer]:
    started = start_temporal(tmp_path_factory.mktemp("temporal"), None, "--namespace", NAMESPACE)
    yield started
    started.stop()


@pytest.fixture(scope="module")
async def address(certificates: Path, server: TemporalServer) -> AsyncIterator[str]:
    opened, port = await door.opened(certificates, f"{HOST}:0", server.address)
    yield f"{HOST}:{port}"
    await opened.stop(None)


def certified(certificates: Path, holder: str) -> TLSConfig:
    tls = login_of(certificates, holder).tls
    return TLSConfig(
        server_root_ca_cert=tls.authority.read_bytes(),
        client_cert=tls.certificate.read_bytes(),
        client_private_key=tls.key.read_bytes(),
    )


async def test_each_holder_may_do_what_the_page_says(address: str, certificates: Path) -> None:
    holders = {
        "no certificate": engine.Holder(),
        "certificate alone": engine.Holder(certified(certificates, "officers")),
        **{
            name: engine.Holder(certified(certificates, name), login_of(certificates, name).token)
            for name in HOLDERS
        },
    }
    said = {act: {name: cells[name] for name in holders} for act, cells in matrix("The engine").items()}
    found = await engine.found(address, NAMESPACE, holders, holders["officers"], said)
    assert differences(said, found) == []


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(KeySet.make(tmp_path).keys.keyring("engine"))


@pytest.mark.parametrize("holder", ["officers", "worker"])
async def test_a_service_shows_its_token_with_every_call(
    address: str, certificates: Path, keyring: Keyring, holder: str
) -> None:
    ours = await connect(address, NAMESPACE, keyring, login=login_of(certificates, holder))
    handle = await ours.start_workflow("none", "said", id=f"shown/{holder}", task_queue="nobody")
    assert (await handle.describe()).status is not None
    bare = await Client.connect(address, namespace=NAMESPACE, tls=certified(certificates, holder))
    with pytest.raises(RPCError, match="unauthorized"):
        await bare.get_workflow_handle(handle.id).terminate()
    await handle.terminate()


async def test_without_a_token_the_officers_service_is_not_well(
    address: str, certificates: Path, keyring: Keyring
) -> None:
    login = login_of(certificates, "officers")
    good = TemporalEngine(address, NAMESPACE, keyring, 5, login)
    await good.check()
    with pytest.raises(RefusedError):
        await TemporalEngine(address, NAMESPACE, keyring, 5).check()


def _signed(certificates: Path, claims: dict[str, object], key: RSAKey | None = None) -> str:
    ours = RSAKey.import_key((certificates / "authority" / "engine-tokens.key").read_text())
    [public] = json.loads((certificates / "temporal" / "engine-tokens.json").read_text())["keys"]
    return jwt.encode({"alg": "RS256", "kid": public["kid"]}, claims, key or ours)


async def test_a_forged_an_old_and_a_foreign_token_are_refused(address: str, certificates: Path) -> None:
    now, everything = int(time.time()), {"sub": "worker", "permissions": ["temporal-system:admin"]}
    tls = certified(certificates, "worker")

    async def ends_one(token: str) -> None:
        client = await Client.connect(address, namespace=NAMESPACE, tls=tls, api_key=token)
        await client.get_workflow_handle("none/there").terminate()

    for token in (
        _signed(certificates, {**everything, "exp": now - 3600}),
        _signed(certificates, {**everything, "exp": now + 3600}, RSAKey.generate_key(2048)),
        _signed(certificates, {**everything, "permissions": ["another:admin"], "exp": now + 3600}),
        "none.at.all",
    ):
        with pytest.raises((RPCError, RuntimeError), match=r"(?i)unauthorized|does not hold|permission"):
            await ends_one(token)
    with pytest.raises(RPCError, match="not found"):
        await ends_one(_signed(certificates, {**everything, "exp": now + 3600}))

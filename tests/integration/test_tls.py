"""The certificates of deploy/certs.sh at each kind of listener: nobody in clear, nobody of another authority."""

import asyncio
import contextlib
import ssl
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI
from temporalio.client import Client

from services.kit.gate import Gate
from services.kit.http import serve_app
from services.kit.sealing import Keyring
from services.kit.temporal import connect
from services.kit.tls import EngineLogin, Tls
from tests.certificates import login_of, tls_of, with_tokens
from tests.claims import KeySet
from tests.ports import free_port
from tests.servers import HOST, TemporalServer
from tests.waiting import reachable


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_tokens(tmp_path_factory.mktemp("secrets"), "vetting.example.org")


@pytest.fixture
async def port(certificates: Path) -> AsyncIterator[int]:
    """A service of ours."""
    number, stop, app = free_port(), asyncio.Event(), FastAPI()

    @app.get("/it")
    async def it() -> str:
        return "is"

    gate = Gate(frozenset({"vetting.example.org"}), tls=tls_of(certificates, "officers"))
    serving = asyncio.create_task(serve_app(app, HOST, number, stop, gate))
    await reachable(f"https://{HOST}:{number}/it", serving, verify=tls_of(certificates, "registry").asking)
    yield number
    stop.set()
    await serving


async def test_a_service_is_asked_by_tls(port: int, certificates: Path) -> None:
    async with httpx2.AsyncClient(verify=tls_of(certificates, "registry").asking) as client:
        answer = await client.get(f"https://{HOST}:{port}/it")
    assert answer.json() == "is"
    assert answer.headers["strict-transport-security"].startswith("max-age=")


async def test_a_service_says_nothing_in_clear(port: int) -> None:
    async with httpx2.AsyncClient() as client:
        with pytest.raises(httpx2.TransportError):
            await client.get(f"http://{HOST}:{port}/it")


async def test_whoever_asks_believes_no_other_authority_and_no_other_name(
    port: int, certificates: Path
) -> None:
    stranger = ssl.create_default_context(cafile=str(certificates / "engine-ca.crt"))
    async with httpx2.AsyncClient(verify=stranger) as client:
        with pytest.raises(httpx2.ConnectError, match=r"(?i)certificate"):
            await client.get(f"https://{HOST}:{port}/it")
    context = tls_of(certificates, "registry").asking
    for name, good in (("officers", True), ("vetting.example.org", True), ("registry", False)):
        opening = asyncio.open_connection(HOST, port, ssl=context, server_hostname=name)
        if good:
            _, writer = await opening
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
        else:
            with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
                await opening


@pytest.mark.parametrize(("newest", "heard"), [("TLSv1_1", False), ("TLSv1_2", True)])
async def test_old_tls_is_refused(port: int, certificates: Path, newest: str, heard: bool) -> None:
    context = ssl.create_default_context(cafile=str(certificates / "ca.crt"))
    # So old that it has to be asked for; without this the caller itself would not try.
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion[newest]
    try:
        _, writer = await asyncio.open_connection(HOST, port, ssl=context, server_hostname="officers")
    except OSError:
        assert not heard
        return
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    assert heard


@pytest.fixture
async def engine(certificates: Path, temporal_server: TemporalServer) -> AsyncIterator[str]:
    """The engine behind what its server does with these certificates: TLS, and a certificate of its authority."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(certificates / "engine-ca.crt"))
    context.verify_mode = ssl.CERT_REQUIRED
    context.set_alpn_protocols(["h2"])
    folder = certificates / "temporal"
    context.load_cert_chain(folder / "engine.crt", folder / "engine.key")

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(65536):
                writer.write(piece)
                await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inward, outward = await asyncio.open_connection(HOST, temporal_server.port)
        await asyncio.gather(pipe(reader, outward), pipe(inward, writer))

    server = await asyncio.start_server(serve, HOST, 0, ssl=context)
    yield f"{HOST}:{server.sockets[0].getsockname()[1]}"
    server.close()


@pytest.mark.parametrize("holder", ["officers", "worker", "operator", "onlooker"])
async def test_who_must_come_in_at_the_engine_does(
    engine: str, certificates: Path, holder: str, tmp_path: Path
) -> None:
    keyring = Keyring(KeySet.make(tmp_path).keys.keyring("engine"))
    client = await connect(engine, "default", keyring, login=login_of(certificates, holder))
    assert await client.service_client.check_health()


async def test_nobody_else_comes_in_at_the_engine(engine: str, certificates: Path, tmp_path: Path) -> None:
    keyring = Keyring(KeySet.make(tmp_path).keys.keyring("engine"))
    # Known to the broker and to PostgreSQL, and not to the engine.
    ours = tls_of(certificates, "registry")
    stranger = Tls(certificates / "engine-ca.crt", ours.certificate, ours.key)
    token = login_of(certificates, "operator").token
    with pytest.raises(RuntimeError):
        await connect(engine, "default", keyring, login=EngineLogin(stranger, token))
    with pytest.raises(RuntimeError):
        await Client.connect(engine)

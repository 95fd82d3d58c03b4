"""A process of ours ends with its own exit code, and a Temporal client meets a real server."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from services.kit.errors import UnavailableError
from services.kit.sealing import Keyring
from services.kit.temporal import connect, connect_when_up
from tests.ports import free_port
from tests.servers import TemporalServer, start_temporal
from tests.waiting import PATIENCE

MAIN = """
import asyncio, sys
from services.kit.process import run
from services.kit.settings import SettingsError

async def main(stop):
    print("ready", flush=True)
    {body}

run(main)
"""


async def started(body: str) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MAIN.format(body=body), stdout=-1, stderr=-1
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("return 3", 3, ""),
        ("raise SettingsError('QX_X is not set')", 2, "QX_X is not set"),
        ("raise ValueError('secret')", 1, "ValueError"),
        ("sys.stdout.write('late'); return 0", 0, ""),
    ],
)
async def test_a_process_ends_with_what_its_main_says(body: str, code: int, said: str) -> None:
    process = await started(body)
    out, err = await process.communicate()
    assert process.returncode == code
    assert said in err.decode()
    assert "secret" not in err.decode()
    assert out == (b"late" if "late" in body else b"")


@pytest.mark.parametrize(
    ("service", "usage"),
    [
        ("worker", "python -m services.worker [resume | what-if]\n"),
        (
            "officers",
            "services.officers [migrate | bootstrap | rebuild | figures | restore | rotate-people-keys]\n",
        ),
    ],
)
async def test_a_service_told_to_do_something_else_says_what_it_can_do(service: str, usage: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"services.{service}", "serve-all", stderr=-1
    )
    _, err = await process.communicate()
    assert (process.returncode, err.decode().endswith(usage)) == (2, True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_lets_the_process_finish(number: signal.Signals) -> None:
    process = await started("await stop.wait(); print('finished'); return 0")
    process.send_signal(number)
    out, _ = await process.communicate()
    assert (process.returncode, out) == (0, b"finished\n")


async def test_a_second_signal_ends_it_at_once() -> None:
    process = await started("await stop.wait(); print('stopping', flush=True); await asyncio.sleep(60)")
    process.send_signal(signal.SIGTERM)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"stopping\n"
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        await process.communicate()
    assert process.returncode == 128 + signal.SIGTERM


async def test_a_client_reaches_the_server(temporal_server: TemporalServer, tmp_path: Path) -> None:
    client = await connect(temporal_server.address, "default", Keyring.create(tmp_path))
    assert client.namespace == "default"


async def test_a_client_waits_for_a_server_that_is_not_up_yet(tmp_path: Path) -> None:
    port = free_port()
    keyring = Keyring.create(tmp_path / "keys")
    waiting = asyncio.create_task(connect_when_up(f"127.0.0.1:{port}", "default", keyring, asyncio.Event()))
    await asyncio.sleep(0.3)
    assert not waiting.done(), "nobody listens there yet"
    server = await asyncio.to_thread(start_temporal, tmp_path / "temporal", port)
    try:
        async with asyncio.timeout(PATIENCE):
            assert (await waiting).namespace == "default"
    finally:
        server.kill()


async def test_a_namespace_that_the_server_has_not_is_waited_for_until_told_to_stop(
    temporal_server: TemporalServer, tmp_path: Path
) -> None:
    stop = asyncio.Event()
    keyring = Keyring.create(tmp_path)
    waiting = asyncio.create_task(connect_when_up(temporal_server.address, "not-made-yet", keyring, stop))
    await asyncio.sleep(0.5)
    assert not waiting.done()
    stop.set()
    with pytest.raises(UnavailableError, match="stopped before the engine answered"):
        await waiting

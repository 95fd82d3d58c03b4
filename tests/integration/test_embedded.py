"""The embedded system as an operator meets it: one command, a sentence for what is wrong, and nothing lost."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest

from contracts.actor import Grant
from services.ctl import embedded
from services.ctl.demo.cast import Member
from services.ctl.demo.client import Account, Api
from services.ctl.demo.opening import first_administrators, open_accounts
from services.ctl.demo.roster import officer
from services.ctl.errors import OperatorError
from services.ctl.lock import held
from services.ctl.probes import free_ports
from services.ctl.settings import Settings
from services.ctl.vault import FIRST_CODES, Vault, loose
from tests.waiting import PATIENCE

PROCESSES = {"temporal", "nats", "services"}


def settings() -> dict[str, str]:
    return {f"QX_PORT_{name.upper()}": str(port) for name, port in asdict(free_ports()).items()}


async def ctl(*arguments: str, env: dict[str, str]) -> tuple[int, str]:
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.ctl", *arguments, env={**os.environ, **env}, stdout=PIPE, stderr=PIPE
    )
    out, err = await run.communicate()
    assert run.returncode is not None
    return run.returncode, out.decode() + err.decode()


@asynccontextmanager
async def started(var: Path, env: dict[str, str]) -> AsyncIterator[tuple[Process, str]]:
    """`up`, once it has said everything it says at the start."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.ctl", "up", "--var", str(var), env={**os.environ, **env}, stdout=PIPE
    )
    try:
        assert process.stdout is not None
        said = ""
        async with asyncio.timeout(150):
            while "Ctrl-C stops everything" not in said:
                line = await process.stdout.readline()
                assert line, f"`up` ended: {said}"
                said += line.decode()
        yield process, said
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def running(var: Path) -> dict[str, int]:
    return {path.stem: int(path.read_text()) for path in (var / "run").glob("*.pid")}


def alive(pids: dict[str, int]) -> set[str]:
    return {name for name, pid in pids.items() if os.path.exists(f"/proc/{pid}")}


async def gone(pids: dict[str, int]) -> None:
    async with asyncio.timeout(PATIENCE):
        while alive(pids):
            await asyncio.sleep(0.05)


@contextmanager
def held_open() -> Iterator[int]:
    """A port that is taken inside the block."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


async def test_a_taken_port_is_named_with_its_setting_and_nothing_is_started(tmp_path: Path) -> None:
    with held_open() as port:
        code, said = await ctl(
            "up", "--var", str(tmp_path), env={**settings(), "QX_PORT_REGISTRY": str(port)}
        )
    assert code == 1
    assert f"Port {port} for the record's internal API (QX_PORT_REGISTRY) is taken." in said
    assert "or start with: QX_PORT_REGISTRY=<a free port>. Nothing was started." in said
    assert running(tmp_path) == {}
    assert not (tmp_path / "log" / "nats.log").exists()


async def test_whoever_runs_a_system_writes_its_own_files_afterwards_as_before(tmp_path: Path) -> None:
    mine = os.umask(0o022)
    try:
        with held_open() as port, pytest.raises(OperatorError, match="is taken"):
            async with embedded.running(Settings(var=tmp_path, port_registry=port), {}, lambda _: None):
                raise AssertionError("a system was started on a port that is taken")
        assert os.umask(mine) == 0o022
    finally:
        os.umask(mine)


async def test_a_second_start_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with held(tmp_path / "run" / "lock"):
        code, said = await ctl("up", "--var", str(tmp_path), env=settings())
    assert code == 1
    assert f"{tmp_path} is already in use by process {os.getpid()}" in said


async def test_the_doctor_names_a_taken_port_and_a_secret_that_others_may_read(tmp_path: Path) -> None:
    env = settings()
    vault = Vault(tmp_path / "secrets")
    vault.make()
    code, said = await ctl("doctor", "--var", str(tmp_path), env=env)
    assert (code, said.splitlines()[-1]) == (0, "nothing is wrong")
    assert said.startswith("papers are set in ")
    vault.path("match-key").chmod(0o644)
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(env["QX_PORT_TEMPORAL"])))
        other.listen()
        code, said = await ctl("doctor", "--var", str(tmp_path), env=env)
    assert code == 1
    assert (
        f"fault: port {env['QX_PORT_TEMPORAL']} for Temporal is taken by another program: set QX_PORT_TEMPORAL"
        in said
    )
    assert f"fault: others may read or write {vault.path('match-key')}: chmod go-rwx it" in said


async def test_a_setting_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    code, said = await ctl("up", "--var", str(tmp_path), env={"QX_PORT_API": "70000", "QX_PROCESSES": "some"})
    assert code == 2
    assert "QX_PORT_API: Input should be less than or equal to 65535" in said
    assert "QX_PROCESSES: Input should be 'together' or 'apart'" in said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a child die with its parent")
async def test_stopped_or_killed_and_started_again_it_goes_on_where_it_was(tmp_path: Path) -> None:
    env = settings()
    # A name in which every sign means something to an engine's address or configuration.
    var = tmp_path / 'of #1? 50%20 "a" \\b 清选'
    async with started(var, env) as (process, said):
        first = running(var)
        assert set(first) == PROCESSES
        for name in FIRST_CODES:
            assert str(var / "secrets" / name) in said, "three people are told where their codes are"
            assert (var / "secrets" / name).read_text().strip() not in said
        password = await begin(env, var)
        assert (await ctl("doctor", "--var", str(var), env=env))[0] == 0
        assert loose(var) == [], "what it writes is for its owner only"
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert alive(first) == set(), "a clean stop leaves no process"
    assert running(var) == {}

    async with started(var, env) as (process, said):
        assert "admin-code" not in said, "codes are for the first start"
        await sign_in(env, password)
        second = running(var)
        process.kill()
    await gone(second)

    async with started(var, env) as (process, said):
        await sign_in(env, password)
        code, told = await ctl("resume-from-record", "--var", str(var), env=env)
        assert (code, json.loads(told)) == (0, {"open": 1, "resumed": 0, "stuck": 0, "begun": 0})
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0
    assert os.listdir(tmp_path) == [var.name], "all of it is in its folder"
    code, said = await ctl("verify", "--var", str(var), env=env)
    assert (code, json.loads(said)["status"]) == (0, "verified")


async def begin(env: dict[str, str], var: Path) -> str:
    """The first three people set their passwords and open an account; the password of the one who asks."""
    api = Api(f"http://127.0.0.1:{env['QX_PORT_API']}")
    try:
        admins = await first_administrators(api, Vault(var / "secrets"))
        await open_accounts(api, admins, [Member("auditor", officer(1), Grant(role="AUDITOR"))])
        return admins.asks.password
    finally:
        await api.close()


async def sign_in(env: dict[str, str], password: str) -> None:
    """Sign in as the first administrator, and see the account that was opened in the first run."""
    api = Api(f"http://127.0.0.1:{env['QX_PORT_API']}")
    try:
        admin = Account(api, "admin", password)
        logins = {account["login"] for account in await admin.pages("/v1/accounts")}
        assert logins == {"admin", "security", "audit", "auditor"}
    finally:
        await api.close()

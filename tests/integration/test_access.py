"""docs/access-matrix.md against a running system: with no credential and with each, each cell is what the page says."""

import asyncio
import base64
import contextlib
import json
import os
import subprocess
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from temporalio.client import Client

from contracts.names import workflow_id
from services.ctl import embedded
from services.ctl.environment import ON_THE_BROKER
from services.ctl.keys import Keys
from services.ctl.layout import HOST, Layout
from services.ctl.probes import free_ports
from services.ctl.settings import Settings
from services.ctl.vault import Vault, loose
from services.kit.sealing import Keyring
from services.kit.temporal import connect
from tests.access import broker, engine, listeners
from tests.matrix import differences, matrix
from tests.servers import executable

BROKER, HTTP, ENGINE = (matrix(heading) for heading in ("The broker", "What answers over HTTP", "The engine"))
OPEN = "anybody on one machine"

SECRET = "what-nobody-else-may-read"


@dataclass(frozen=True)
class Place:
    """A system of one machine."""

    settings: Settings
    vault: Vault

    def url(self, listener: str) -> str:
        """Where one of its listeners is."""
        return f"http://{HOST}:{getattr(self.settings, f'port_{listener}')}"


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    var = tmp_path_factory.mktemp("system") / "var"
    ports = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
    settings = Settings(var=var, **ports)  # type: ignore[arg-type]
    async with embedded.running(settings, os.environ, lambda _: None) as system:
        yield Place(settings, system.vault)


async def test_the_broker_lets_each_login_do_its_own_work_and_nothing_else(place: Place) -> None:
    logins = {name: broker.Login(name, place.vault.read(f"nats-{name}")) for name in ON_THE_BROKER}
    url = f"nats://{HOST}:{place.settings.port_nats}"
    found = await broker.found(url, {"nobody": broker.Login(), **logins}, BROKER)
    assert differences(BROKER, found) == []


async def test_every_listener_answers_who_presents_what_it_asks_for(place: Place) -> None:
    tokens = {name: place.vault.read(name) for name in ("registry-token", "notices-token")}
    tokens["sign-in"] = await listeners.administrator(place.url("api"), place.vault.read("admin-code"))
    urls = {act.split(" ")[0]: place.url(act.split(" ")[0]) for act in HTTP}
    assert differences(HTTP, await listeners.found(urls, tokens, HTTP)) == []


async def test_whoever_reaches_the_engine_commands_it_and_reads_nothing(place: Place) -> None:
    address = f"{HOST}:{place.settings.port_temporal}"
    anybody = engine.Holder()
    found = await engine.found(address, "default", {OPEN: anybody}, anybody, ENGINE)
    assert differences({act: {OPEN: cells[OPEN]} for act, cells in ENGINE.items()}, found) == []
    keys = Keyring(Keys(Layout(place.settings.var).keys).keyring("engine"))
    ours = await connect(address, "default", keys)
    await ours.start_workflow("nomination", SECRET, id="nomination/x", task_queue="nobody")
    history = (
        await (await Client.connect(address)).get_workflow_handle("nomination/x").fetch_history()
    ).to_json()
    assert "WORKFLOW_EXECUTION_STARTED" in history
    assert SECRET not in history
    assert _packed(SECRET) not in history


async def test_temporals_own_command_asks_for_shapes_and_is_told_no_more(place: Place) -> None:
    api = place.url("api")
    token = await listeners.administrator(api, place.vault.read("admin-code"))
    address, workflow = f"{HOST}:{place.settings.port_temporal}", workflow_id("nomination", "shown")
    keys = Keyring(Keys(Layout(place.settings.var).keys).keyring("engine"))
    ours = await connect(address, "default", keys)
    await ours.start_workflow("nomination", SECRET, id=workflow, task_queue="nobody")
    command = [executable("temporal"), "workflow", "show", "--address", address, "--workflow-id", workflow]
    command += ["--output", "json", "--codec-endpoint", f"{api}/v1/codec", "--codec-auth", f"Bearer {token}"]
    command += ["--codec-header", f"X-Workflow-Id={workflow}"]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    begun = json.loads(done.stdout)["events"][0]["workflowExecutionStartedEventAttributes"]
    [payload] = begun["input"]["payloads"]
    assert json.loads(base64.b64decode(payload["data"]))["made_of"] == {"texts": 1}
    assert SECRET not in done.stdout


def _packed(text: str) -> str:
    """How a history would show the text if it were not sealed."""
    return base64.b64encode(f'"{text}"'.encode()).decode()


def test_nothing_listens_to_other_machines_and_all_that_we_chose_is_on_the_page(place: Place) -> None:
    pids = [int(path.read_text()) for path in Layout(place.settings.var).run.glob("*.pid")]
    listening = {found for pid in pids for found in _listening(pid)}
    assert {address for address, _ in listening} == {HOST}
    chosen = asdict(place.settings.ports)
    assert set(chosen.values()) <= {port for _, port in listening}
    ours = {"api", "registry", "notices", "worker", "console", "temporal_http", "nats_monitor"}
    assert {act.split(" ")[0] for act in HTTP} == ours == chosen.keys() - {"temporal", "nats"}


def test_every_file_of_a_running_system_is_its_owners_alone(place: Place) -> None:
    assert loose(place.settings.var) == []
    assert len(list(place.settings.var.rglob("*.db"))) >= 4


def _listening(pid: int) -> set[tuple[str, int]]:
    """Addresses and ports on which a process waits for callers, out of /proc."""
    inodes = set()
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            inodes.add(os.readlink(handle))
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in inodes:
                address, _, port = fields[1].partition(":")
                found.add((_readable(address), int(port, 16)))
    return found


def _readable(address: str) -> str:
    if len(address) == 8:
        return ".".join(str(part) for part in reversed(bytes.fromhex(address)))
    return address


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("| a | yes | no |", "not tried"),
        ("| b | no | no |", "the page says no, found yes"),
    ],
)
def test_a_page_that_says_otherwise_is_named(fault: str, told: str) -> None:
    page = f"\n## T\n\n| Act | x | y |\n| --- | --- | --- |\n{fault}\n"
    assert told in " ".join(
        differences(matrix("T", page), {"b": {"x": "yes", "y": "no"}} if "b" in fault else {})
    )
    with pytest.raises(ValueError, match="stands twice"):
        matrix("T", page + fault + "\n")

"""docs/access-matrix.md against a running system: with no credential and with each, each cell is what the page says."""

import base64
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx2
import pytest
from nats.aio.client import Client as NatsClient
from nats.errors import Error as NatsError
from temporalio.client import Client, WorkflowExecutionStatus

from services.ctl import embedded
from services.ctl.keys import Keys
from services.ctl.layout import HOST, Layout
from services.ctl.probes import free_ports
from services.ctl.settings import Settings
from services.ctl.vault import Vault, loose
from services.kit.sealing import Keyring
from services.kit.temporal import connect
from tests.matrix import Matrix, differences, matrix

BROKER, HTTP, ENGINE = (matrix(heading) for heading in ("The broker", "What answers over HTTP", "The engine"))

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
    found: Matrix = {act: {} for act in BROKER}
    for login in next(iter(BROKER.values())):
        async with _broker(place, login) as (client, refusals):
            for act in BROKER:
                found[act][login] = "no" if client is None else await _tried(client, refusals, act)
    assert differences(BROKER, found) == []


@contextlib.asynccontextmanager
async def _broker(place: Place, login: str) -> AsyncIterator[tuple[NatsClient | None, list[str]]]:
    """A bare connection and what the server complains of; None where nobody is let in."""
    refusals: list[str] = []

    async def told(error: Exception) -> None:
        refusals.append(str(error))

    known = {} if login == "nobody" else {"user": login, "password": place.vault.read(f"nats-{login}")}
    client = NatsClient()
    url = f"nats://{HOST}:{place.settings.port_nats}"
    try:
        await client.connect(url, error_cb=told, allow_reconnect=False, connect_timeout=10, **known)
    except NatsError:
        await client.close()
        yield None, refusals
        return
    try:
        yield client, refusals
    finally:
        await client.close()


async def _tried(client: NatsClient, refusals: list[str], act: str) -> str:
    verb, subject = act.split(" ")
    refusals.clear()
    if verb == "publish":
        await client.publish(subject, b"{}")
    else:
        await client.subscribe(subject)
    # A refusal is said before the answer to what was sent after it. The library's first question overtakes what it has
    # still to send; by its answer that is sent, and so is heard before the second.
    for _ in range(2):
        await client.flush(timeout=10)
    assert all("permissions violation" in one for one in refusals), refusals
    return "no" if refusals else "yes"


async def test_every_listener_answers_who_presents_what_it_asks_for(place: Place) -> None:
    tokens = {name: place.vault.read(name) for name in ("registry-token", "notices-token")}
    found: Matrix = {act: {} for act in HTTP}
    async with httpx2.AsyncClient(timeout=60) as http:
        signing_in = {"login": "admin", "password": "what only this test knows"}
        code = {**signing_in, "code": place.vault.read("admin-code")}
        await http.post(f"{place.url('api')}/v1/credentials", json=code)
        signed = await http.post(f"{place.url('api')}/v1/sessions", json=signing_in)
        tokens["sign-in"] = signed.json()["token"]
        for act, said in HTTP.items():
            listener, method, path = act.split(" ")
            for who in said:
                headers = {"Authorization": f"Bearer {tokens[who]}"} if who in tokens else {}
                if who == "stranger":
                    headers["Host"] = "stranger.example"
                answer = await http.request(method, place.url(listener) + path, headers=headers)
                found[act][who] = str(answer.status_code)
    assert differences(HTTP, found) == []


async def test_whoever_reaches_the_engine_ends_workflows_and_reads_nothing(place: Place) -> None:
    address = f"{HOST}:{place.settings.port_temporal}"
    keys = Keyring(Keys(Layout(place.settings.var).keys).keyring("engine"))
    ours = await connect(address, "default", keys)
    await ours.start_workflow("nomination", SECRET, id="nomination/x", task_queue="nobody")
    stranger = await Client.connect(address)
    handle = stranger.get_workflow_handle("nomination/x")
    history = await handle.fetch_history()
    await handle.terminate()
    ended = (await handle.describe()).status
    found = {
        "see that a workflow runs": history.events != [],
        "read what was sent to a workflow": SECRET in history.to_json()
        or _packed(SECRET) in history.to_json(),
        "end a workflow": ended is WorkflowExecutionStatus.TERMINATED,
    }
    said = {act: cells["anybody on the machine"] == "yes" for act, cells in ENGINE.items()}
    assert found == said


def _packed(text: str) -> str:
    """How a history would show the text if it were not sealed."""
    return base64.b64encode(f'"{text}"'.encode()).decode()


def test_nothing_listens_to_other_machines_and_all_that_we_chose_is_on_the_page(place: Place) -> None:
    pids = [int(path.read_text()) for path in Layout(place.settings.var).run.glob("*.pid")]
    listening = {found for pid in pids for found in _listening(pid)}
    assert {address for address, _ in listening} == {HOST}
    chosen = asdict(place.settings.ports)
    assert set(chosen.values()) <= {port for _, port in listening}
    ours = {"api", "registry", "notices", "worker", "temporal_http", "nats_monitor"}
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

"""A whole system under attack, an honest officer beside it, and what both notice."""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx2

from services.ctl import embedded
from services.ctl.demo.cast import cast
from services.ctl.demo.client import Account, Api
from services.ctl.demo.opening import first_administrators, open_accounts
from services.ctl.demo.roster import DISTRICTS, nominations
from services.ctl.demo.stage import POLICY
from services.ctl.layout import ROOT
from services.ctl.probes import free_ports
from services.ctl.settings import Settings
from tests.abuse.attacks import UNDER_WAY
from tests.bench.processes import Watched, of_children, recorded, resident

PATHS = ("/v1/me", "/v1/tasks", "/v1/batches")
NEW_EVERY = 5
"""So many requests use one connection; then the officer comes anew."""


@dataclass
class Round:
    """What the honest officer was answered, and what the API's process used and held meanwhile."""

    taken: list[float] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)
    cores: float = 0.0
    children: float = 0.0
    """Cores of the processes that open workbooks for it."""
    memory: float = 0.0
    sockets: int = 0


@dataclass(frozen=True)
class House:
    """The system; `office` and `nominator` are tokens of an honest officer and of one who attacks from inside."""

    port: int
    pid: int
    office: str
    nominator: str
    batch: str

    async def honest(self, count: int) -> Round:
        """So many requests one after the other, timed in milliseconds."""
        seen, watched, before = Round(), Watched({"api": self.pid}), of_children(self.pid)
        headers = {"Authorization": f"Bearer {self.office}"}
        for first in range(0, count, NEW_EVERY):
            async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=60) as client:
                for number in range(first, min(first + NEW_EVERY, count)):
                    begin = time.perf_counter()
                    answer = await client.get(PATHS[number % len(PATHS)], headers=headers)
                    seen.taken.append((time.perf_counter() - begin) * 1000)
                    seen.statuses.add(answer.status_code)
            seen.memory = max(seen.memory, resident(self.pid))
            seen.sockets = max(seen.sockets, self.sockets())
        used = watched.used()
        seen.cores = used.cpu["api"] / used.seconds
        seen.children = (of_children(self.pid) - before) / used.seconds
        return seen

    def sockets(self) -> int:
        """Descriptors that the API's process has open: its connections, and a few besides."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    @contextlib.asynccontextmanager
    async def attacked(self, name: str) -> AsyncIterator[None]:
        """The attack goes on inside the block, by everybody who takes part in it."""
        given = [self.nominator, self.batch] if name in {"workbook", "refused"} else []
        command = [sys.executable, "-m", "tests.abuse.attacks", name, str(self.port), *given]
        quiet, pipe = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
        attack = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=pipe, stderr=quiet)
        try:
            assert attack.stdout is not None
            said = await attack.stdout.readline()
            assert said.decode().strip() == UNDER_WAY, f"the attack {name} did not begin"
            await asyncio.sleep(1)
            yield
            assert attack.returncode is None, f"the attack {name} ended by itself"
        finally:
            attack.kill()
            await attack.wait()


@contextlib.asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    """A system of its own below the folder, our services apart, with an open batch."""
    ports = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
    settings = Settings(var=folder, processes="apart", **ports)  # type: ignore[arg-type]
    async with embedded.running(settings, {"QX_OFFICERS_TOKEN_MINUTES": "60"}, lambda _: None) as system:
        api = Api(system.api)
        try:
            admins = await first_administrators(api, system.vault)
            policy = await admins.asks.get(f"/v1/policies/{POLICY}")
            everybody = cast(nominations(1), tuple(one["code"] for one in policy["departments"]))
            accounts = await open_accounts(api, admins, everybody)
            office, nominator = accounts["election-office"].account, accounts[_nominator(accounts)].account
            body = {"title": "abuse", "districts": list(DISTRICTS), "policy": POLICY}
            batch = str((await office.post("/v1/batches", "abuse", body))["case_id"])
            tokens = [await _token(api, one) for one in (office, nominator)]
            yield House(settings.port_api, recorded(folder)["officers"], *tokens, batch)
        finally:
            await api.close()


def _nominator(logins: Sequence[str] | dict[str, object]) -> str:
    return next(login for login in logins if login.startswith("nominator-"))


async def _token(api: Api, account: Account) -> str:
    signing_in = {"login": account.login, "password": account.password}
    return str((await api.send("POST", "/v1/sessions", headers={}, json=signing_in)).json()["token"])

"""An API over stored cases and a console before it, both real processes, and twelve people who look at pages.

Each of them has a session and an address of their own, so that no limit of the gate is met.
"""

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.bench.processes import Watched
from tests.person import PASSWORD
from tests.ports import free_port
from tests.servers import HOST
from tests.waiting import reachable

PATIENCE = 1800.0
"""Seconds until 100,000 cases are stored."""
PAGES = {
    "screener": (
        "/tasks?view=all",
        "/tasks",
        "/cases",
        "/cases/{case}",
        "/cases/{case}/timeline",
        "/letters",
    ),
    "office": ("/cases?parent={batch}", "/batches/{batch}", "/tasks?view=all"),
}
"""What is looked at, by the first word of who looks. Lists have fifty rows."""


@dataclass
class Side:
    """So many cases, and the people who look at them."""

    people: Mapping[str, httpx2.AsyncClient]
    places: Mapping[str, str]
    processes: Mapping[str, int]
    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """By page how many milliseconds it took."""
    rows: dict[str, int] = field(default_factory=dict)
    """By page how many rows it had."""
    used: Counter[str] = field(default_factory=Counter)
    """By process the milliseconds of CPU that all pages took."""

    def forget(self) -> None:
        """What was looked at so far does not count."""
        self.taken.clear()
        self.used.clear()

    def cost(self) -> str:
        """What a page cost, for people."""
        pages = sum(map(len, self.taken.values()))
        each = ", ".join(f"{name} {used / pages:.1f}" for name, used in self.used.items())
        return f"{each}; sum {self.used.total() / pages:.1f} ms of CPU a page"

    async def looked(self, seconds: float, pause: float, chance: random.Random) -> None:
        """Everybody looks at pages for so long."""
        until, watched = time.monotonic() + seconds, Watched(self.processes)
        await asyncio.gather(
            *(
                self._look(name, client, until, pause, random.Random(chance.random()))
                for name, client in self.people.items()
            )
        )
        self.used.update({name: 1000 * spent for name, spent in watched.used().cpu.items()})

    async def _look(
        self, name: str, client: httpx2.AsyncClient, until: float, pause: float, chance: random.Random
    ) -> None:
        pages = PAGES[name.partition("-")[0]]
        await asyncio.sleep(chance.uniform(0, pause))
        while time.monotonic() < until:
            page = chance.choice(pages)
            began = time.perf_counter()
            answer = await client.get(page.format(**self.places))
            self.taken[page].append((time.perf_counter() - began) * 1000)
            self.rows[page] = answer.text.count("data-row")
            if answer.status_code != 200:
                raise RuntimeError(f"{page} answered {answer.status_code}")
            await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)


@asynccontextmanager
async def side(folder: Path, cases: int) -> AsyncIterator[Side]:
    """An API over so many cases and a console before it, everybody signed in."""
    api, console = free_port(), free_port()
    secret = folder / "cookie-key"
    secret.write_text("only for this benchmark, and long enough")
    secret.chmod(0o600)
    settings = {
        "QX_CONSOLE_PORT": str(console),
        "QX_CONSOLE_API_URL": f"http://{HOST}:{api}",
        "QX_CONSOLE_COOKIE_KEY_FILE": str(secret),
    }
    async with AsyncExitStack() as stack:
        filled = ("tests.bench.filled", str(folder), str(cases), str(api))
        program = await stack.enter_async_context(_running(filled, {}))
        if program.stdout is None:
            raise RuntimeError("a program without an output")
        told = json.loads(await asyncio.wait_for(program.stdout.readline(), PATIENCE))
        pages = await stack.enter_async_context(_running(("services.console",), settings))
        for port in (api, console):
            await reachable(f"http://{HOST}:{port}/healthz", healthy=False)
        people = {
            name: await stack.enter_async_context(_signed_in(f"http://{HOST}:{console}", login, place))
            for place, (name, login) in enumerate(told["people"].items(), start=2)
        }
        yield Side(people, told, {"API": program.pid, "console": pages.pid})


@asynccontextmanager
async def _running(
    module: Sequence[str], settings: Mapping[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module, env={**os.environ, **settings}, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield program
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()


@asynccontextmanager
async def _signed_in(console: str, login: str, place: int) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody in front of a console, at an address of their own on this machine."""
    transport = httpx2.AsyncHTTPTransport(local_address=f"127.0.0.{place}")
    headers = {"Origin": console}
    async with httpx2.AsyncClient(
        base_url=console, headers=headers, transport=transport, timeout=60
    ) as client:
        answer = await client.post("/sign-in", data={"login": login, "password": PASSWORD})
        if answer.status_code != 303:
            raise RuntimeError(f"the sign-in answered {answer.status_code}")
        yield client

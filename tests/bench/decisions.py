"""How fast people can decide, against a bare Temporal workflow with the same number of updates and activities.

One side goes through the whole path: HTTP, the officers' API, update, rules, record, receipt, read model. The other
sends updates to a workflow whose handler runs one empty activity. Both use the same Temporal server, the same number
of workflows and of callers at once, in turns, in one run. Our services run apart, as they do in production.

With one caller at a time it is the latency that decides, with many the CPU: both are measured.

    PYTHONPATH=. python tests/bench/decisions.py [--cases 24] [--callers 1,12] [--rounds 3]
"""

import argparse
import asyncio
import contextlib
import itertools
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from temporalio.client import Client

from services.ctl.demo.cast import cast
from services.ctl.demo.client import Account, Api
from services.ctl.demo.roster import DISTRICTS, nominations, workbook
from services.ctl.demo.stage import XLSX, Opened, open_accounts
from services.ctl.embedded import ADMIN, running
from services.ctl.probes import free_ports
from services.ctl.settings import Settings
from services.kit.process import end
from tests.bench.bare import QUEUE, BareWorkflow

POLICY = "2026.1"
TARGET = 0.7
_keys = itertools.count(1)


@dataclass(frozen=True)
class Side:
    """What one round of a side took: decisions per second, and each decision's milliseconds."""

    rate: float
    taken: list[float]


async def timed(work: list[list[Callable[[], Awaitable[object]]]]) -> Side:
    """Run every caller's list, callers side by side, each caller's calls one after the other."""
    taken: list[float] = []

    async def caller(calls: list[Callable[[], Awaitable[object]]]) -> None:
        for call in calls:
            begin = time.perf_counter()
            await call()
            taken.append((time.perf_counter() - begin) * 1000)

    begin = time.perf_counter()
    await asyncio.gather(*(caller(calls) for calls in work))
    return Side(len(taken) / (time.perf_counter() - begin), taken)


class Office:
    """A batch in consultation, with everybody who answers signed in."""

    def __init__(self, accounts: dict[str, Opened], departments: tuple[str, ...]) -> None:
        self._accounts = accounts
        self._departments = departments

    def account(self, role: str, unit: str = "", person_id: str = "") -> Account:
        """Somebody who holds the role, and is the person when one is named."""
        for one in self._accounts.values():
            grant = one.member.grant
            if (grant.role, unit or grant.unit) == (role, grant.unit) and person_id in {"", one.person_id}:
                return one.account
        raise LookupError(f"nobody is {role} {unit}")

    async def tasks(self, account: Account, kind: str) -> list[dict[str, object]]:
        """The account's open tasks of a kind."""
        return await account.pages("/v1/tasks", kind=kind, limit=200)

    async def finish(self, account: Account, kind: str, outcome: str) -> None:
        """Complete all of an account's open tasks of a kind."""
        for task in await self.tasks(account, kind):
            await complete(account, task, outcome)

    async def replies(self) -> list[tuple[Account, dict[str, object]]]:
        """Every open reply with the officer who gives it."""
        found = []
        for code in self._departments:
            for district in DISTRICTS:
                for one in self._accounts.values():
                    grant = one.member.grant
                    if (grant.role, grant.unit, grant.district) == ("DEPT_OFFICER", code, district):
                        found += [(one.account, task) for task in await self.tasks(one.account, "reply")]
        return found


async def complete(account: Account, task: dict[str, object], outcome: str) -> None:
    """One decision over HTTP."""
    body = {"outcome": outcome, "form": {}, "reason": "", "seen": task["content_digest"]}
    await account.post(f"/v1/tasks/{task['task_id']}/outcome", f"bench-{next(_keys)}", body)


async def consulting(api: Api, admin: Account, cases: int) -> Office:
    """A batch whose cases are all in consultation."""
    rows = nominations(cases)
    policy = await admin.get(f"/v1/policies/{POLICY}")
    departments = tuple(department["code"] for department in policy["departments"])
    accounts = await open_accounts(api, admin, cast(rows, departments))
    office = Office(accounts, departments)
    body = {"title": "bench", "districts": list(DISTRICTS), "policy": POLICY}
    batch = (await accounts["election-office"].account.post("/v1/batches", "bench", body))["case_id"]
    for district in DISTRICTS:
        sheet = workbook(tuple(row for row in rows if row.district == district))
        nominator = accounts[f"nominator-{district}"].account
        path = f"/v1/batches/{batch}/roster"
        await nominator.upload(path, f"roster-{district}", sheet, XLSX, dry_run="false")
    steps = (
        ("SCREENER", "screen", "PASS"),
        ("SECOND_CHECKER", "screen-sign", "CONFIRM"),
        ("NOMINEE", "declare", "SIGNED"),
    )
    for role, kind, outcome in steps:
        done = 0
        while done < cases:
            for one in accounts.values():
                if one.member.grant.role == role:
                    tasks = await office.tasks(one.account, kind)
                    for task in tasks:
                        await complete(one.account, task, outcome)
                    done += len(tasks)
            await asyncio.sleep(0.1)
    return office


def spread(
    calls: list[Callable[[], Awaitable[object]]], callers: int
) -> list[list[Callable[[], Awaitable[object]]]]:
    """Deal the calls out to the callers."""
    return [calls[n::callers] for n in range(callers)]


async def through_path(replies: list[tuple[Account, dict[str, object]]], callers: int) -> Side:
    """Decisions over the whole path."""
    calls = [lambda a=account, t=task: complete(a, t, "NO_ISSUE") for account, task in replies]
    return await timed(spread(calls, callers))


async def bare(client: Client, cases: int, count: int, callers: int) -> Side:
    """The same number of updates with one activity each, over the same number of workflows."""
    handles = [
        await client.start_workflow(BareWorkflow.run, id=f"bare-{uuid.uuid4()}", task_queue=QUEUE)
        for _ in range(cases)
    ]
    calls = [lambda n=n: handles[n % cases].execute_update(BareWorkflow.decide, n) for n in range(count)]
    side = await timed(spread(calls, callers))
    for handle in handles:
        await handle.signal(BareWorkflow.end)
    return side


@contextlib.asynccontextmanager
async def bare_worker(address: str) -> AsyncIterator[None]:
    """The bare worker in a process of its own, as ours is."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.bare", address, stdout=asyncio.subprocess.PIPE
    )
    try:
        if process.stdout is None or not await process.stdout.readline():
            raise RuntimeError("the bare worker did not start")
        yield
    finally:
        process.kill()
        await process.wait()


async def measure(cases: int, loads: list[int], rounds: int) -> list[float]:
    """Print both sides under each load, given as callers at once, and return the ratios of their medians."""
    with tempfile.TemporaryDirectory() as folder:
        ports = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
        settings = Settings(var=Path(folder), processes="apart", **ports)  # type: ignore[arg-type]
        async with running(settings, {}, lambda _: None) as system:
            api = Api(system.api, at_once=max(loads))
            office = await consulting(api, Account(api, ADMIN, system.vault.read("admin-password")), cases)
            replies = await office.replies()
            client = await Client.connect(f"127.0.0.1:{settings.port_temporal}")
            size = len(replies) // (rounds * len(loads))
            print(f"decisions: {cases} cases, {size} decisions a round, {rounds} rounds")
            ratios = []
            async with bare_worker(f"127.0.0.1:{settings.port_temporal}"):
                for callers in loads:
                    parts = [[replies.pop() for _ in range(size)] for _ in range(rounds)]
                    ratios.append(await compare(client, parts, cases, callers))
            await api.close()
    return ratios


async def compare(
    client: Client, parts: list[list[tuple[Account, dict[str, object]]]], cases: int, callers: int
) -> float:
    """Both sides in turns, a round for each part of the replies; prints them and returns the ratio."""
    path_sides, bare_sides = [], []
    for number, part in enumerate(parts):
        for side in ("bare", "path") if number % 2 == 0 else ("path", "bare"):
            if side == "bare":
                bare_sides.append(await bare(client, cases, len(part), callers))
            else:
                path_sides.append(await through_path(part, callers))
    print(f"  {callers} at once")
    print(f"    bare workflow, one empty activity {_line(bare_sides)}")
    print(f"    whole path, API to receipt        {_line(path_sides)}")
    ratio = _median(path_sides) / _median(bare_sides)
    print(f"    ratio {ratio:.2f} (target {TARGET}: {'reached' if ratio >= TARGET else 'MISSED'})")
    return ratio


def _median(sides: list[Side]) -> float:
    return statistics.median(side.rate for side in sides)


def _line(sides: list[Side]) -> str:
    taken = [each for side in sides for each in side.taken]
    p50, p99 = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
    rounds = ", ".join(f"{side.rate:.1f}" for side in sides)
    return f"{_median(sides):6.1f} /s (rounds: {rounds})  p50 {p50:.0f} ms  p99 {p99:.0f} ms"


async def main(arguments: list[str] | None = None) -> int:
    """Measure; 0 when the ratio reaches the target."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=24)
    parser.add_argument("--callers", default="1,12", help="callers at once, one load after the other")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    loads = [int(one) for one in options.callers.split(",")]
    return 0 if min(await measure(options.cases, loads, options.rounds)) >= TARGET else 1


if __name__ == "__main__":
    end(asyncio.run(main()))

"""How long `make up` takes and what it holds in memory, beside the engine alone.

Every start is the operator's own command, from the call until it says that everything runs; the engine alone is
Temporal's development server from its start until it answers. On a busy machine compare the CPU seconds. Memory is
the resident set of each process when our services run apart, some seconds after they are ready, with no work to do.

    PYTHONPATH=. python tests/bench/start.py [--rounds 3] [--idle 10]
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from services.ctl import engines
from services.ctl.environment import SERVICES
from services.ctl.layout import Layout
from services.ctl.probes import free_ports
from services.ctl.supervisor import Supervisor
from tests.bench.processes import cpu, recorded, resident
from tests.bench.saying import Verdict, spread

TARGETS = {"first start": 6.0, "second start": 4.0}
"""Seconds until everything runs (architecture, section 5)."""
MEMORY_TARGET = 450
"""MiB of all our services together when idle."""
SAID = "Ctrl-C stops everything"


@dataclass(frozen=True)
class Start:
    """One start: seconds until ready, each process' id, and the CPU seconds that it had used by then."""

    seconds: float
    processes: Mapping[str, int]
    cpu: Mapping[str, float]


@asynccontextmanager
async def system(var: Path, *flags: str) -> AsyncIterator[Start]:
    """`up` in a process of its own, ready; told to stop at the end."""
    ports = {f"QX_PORT_{name.upper()}": str(port) for name, port in asdict(free_ports()).items()}
    begin = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.ctl", "up", "--var", str(var), *flags),
        env={**os.environ, **ports},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        said = ""
        while SAID not in said:
            if process.stdout is None or not (line := await process.stdout.readline()):
                raise RuntimeError(f"`up` ended: {said}")
            said += line.decode()
        seconds = time.perf_counter() - begin
        yield _start(seconds, {"ctl": process.pid, **recorded(var)})
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def engine(var: Path) -> Start:
    """Temporal alone, on a folder of its own, from its start until it answers."""
    layout = Layout(var)
    for folder in layout.folders():
        folder.mkdir(parents=True, exist_ok=True)
    program = engines.temporal(layout, free_ports(), dict(os.environ))
    supervisor = Supervisor([program], layout.run, layout.logs, lambda _: None)
    begin = time.perf_counter()
    try:
        await supervisor.start()
        seconds = time.perf_counter() - begin
        return _start(seconds, recorded(var))
    finally:
        await supervisor.stop()


def _start(seconds: float, processes: Mapping[str, int]) -> Start:
    return Start(seconds, processes, {name: cpu(pid) for name, pid in processes.items()})


async def starts(rounds: int) -> list[Verdict]:
    """Print first and second starts, ours in one process as `make up` does it, and the engine's own; the verdicts."""
    verdicts = []
    taken: dict[str, list[Start]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as bare:
            for name in ("first start", "second start"):
                async with system(Path(ours)) as start:
                    taken.setdefault(name, []).append(start)
                taken.setdefault(f"engine alone, {name}", []).append(await engine(Path(bare)))
    for name, each in taken.items():
        median = statistics.median(start.seconds for start in each)
        if name in TARGETS:
            verdicts.append(Verdict(f"`make up`, {name}", median, TARGETS[name], least=False, unit=" s"))
        print(f"{name}: {spread([start.seconds for start in each])} s")
        shares = {key: statistics.median(one.cpu[key] for one in each) for key in each[0].cpu}
        print("  CPU s: " + ", ".join(f"{key} {value:.2f}" for key, value in shares.items()))
    return verdicts


async def memory(idle: float) -> list[Verdict]:
    """Print the resident set of each process when our services run apart and have nothing to do; the verdicts.

    At the first start each one made its tables, for which it imported more.
    """
    verdicts = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first start", "second start"):
            async with system(Path(folder), "--apart") as start:
                await asyncio.sleep(idle)
                held = {of: resident(pid) for of, pid in start.processes.items()}
            ours = sum(held[service] for service in SERVICES)
            print(f"apart, {name}: {start.seconds:.2f} s, CPU s {sum(start.cpu.values()):.2f}")
            print("  MiB: " + ", ".join(f"{of} {value:.0f}" for of, value in held.items()))
            what = f"idle memory of our services, {name}"
            verdicts.append(Verdict(what, ours, MEMORY_TARGET, least=False, unit=" MiB"))
    return verdicts


async def main(arguments: list[str] | None = None) -> list[Verdict]:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--idle", type=float, default=10, help="seconds between ready and the look at memory")
    options = parser.parse_args(arguments)
    verdicts = [*await starts(options.rounds), *await memory(options.idle)]
    print("\n".join(one.line() for one in verdicts))
    return verdicts


if __name__ == "__main__":
    asyncio.run(main())

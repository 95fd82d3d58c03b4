"""What processes have used and hold, out of /proc; Linux only."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def recorded(var: Path) -> dict[str, int]:
    """The process id of every program that the supervisor of this folder runs."""
    return {path.stem: int(path.read_text()) for path in sorted((var / "run").glob("*.pid"))}


def cpu(pid: int) -> float:
    """CPU seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def of_children(pid: int) -> float:
    """CPU seconds that its children had used that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / _TICKS


def resident(pid: int) -> float:
    """MiB of a process that are in memory now."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def machine() -> float:
    """CPU seconds that everybody on this machine has used."""
    user, nice, system, _idle, _waiting, *interrupts = _times()
    return (user + nice + system + sum(interrupts[:2])) / _TICKS


def _times() -> list[int]:
    return [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]


@dataclass(frozen=True)
class Used:
    """CPU seconds between two looks: of each process that was watched, and of everybody else on the machine."""

    seconds: float
    cpu: Mapping[str, float]
    foreign: float


class Watched:
    """Looks at processes from now on."""

    def __init__(self, processes: Mapping[str, int]) -> None:
        self._processes = processes
        self._before = self._now()

    def used(self) -> Used:
        """What was used until now."""
        (began, all_then, then), (ends, all_now, now) = self._before, self._now()
        each = {name: now[name] - then[name] for name in now}
        return Used(ends - began, each, max(0.0, all_now - all_then - sum(each.values())))

    def _now(self) -> tuple[float, float, dict[str, float]]:
        return time.perf_counter(), machine(), {name: cpu(pid) for name, pid in self._processes.items()}

"""One child process: start it, know when it is ready, end it, and see to it that it never outlives us."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from services.ctl.errors import OperatorError
from services.ctl.layout import ROOT
from services.ctl.probes import Probe

KEEP_LOG = 5_000_000
"""A log longer than this many bytes is set aside as `.old` when its process starts."""
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """What to run, in which folder, and how to know that it works; `stop_within` seconds after SIGTERM it is killed."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    ready: Probe
    folder: Path = ROOT
    ready_within: float = 120.0
    stop_within: float = 20.0


def die_with(parent: int) -> Callable[[], None]:
    """What a child runs before its program: the kernel kills it when `parent` ends in whatever way.

    Linux only; elsewhere a child of a killed supervisor stays, and the next start names the port it holds.
    """

    def arm() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # it ended between fork and here
                os._exit(1)

    return arm


@dataclass
class Child:
    """A running program. Its process id stands in `<run>/<name>.pid` while it runs."""

    program: Program
    run: Path
    logs: Path
    process: asyncio.subprocess.Process | None = field(default=None, init=False)

    @property
    def log(self) -> Path:
        """Where the output of the process goes."""
        return self.logs / f"{self.program.name}.log"

    async def start(self) -> None:
        """Start it; raises OperatorError when its program cannot be run."""
        if self.log.exists() and self.log.stat().st_size > KEEP_LOG:
            self.log.replace(self.log.with_suffix(".old"))
        with self.log.open("ab") as output:
            try:
                self.process = await asyncio.create_subprocess_exec(
                    *self.program.command,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    env=dict(self.program.environment),
                    cwd=self.program.folder,
                    start_new_session=True,  # Ctrl-C is for the supervisor, which ends its children in order
                    preexec_fn=die_with(os.getpid()),
                )
            except OSError as reason:
                raise OperatorError(
                    f"{self.program.command[0]} cannot be run ({reason.strerror}): `make setup` installs it"
                ) from reason
        self._pid_file.write_text(f"{self.process.pid}\n")

    async def wait_ready(self) -> None:
        """Return when it is ready; raises OperatorError with its last words when it ends or stays silent."""
        process = self._running()
        limit = asyncio.get_running_loop().time() + self.program.ready_within
        while not await self.program.ready():
            if process.returncode is not None:
                raise OperatorError(
                    f"{self.program.name} ended with {ending(process.returncode)} instead of starting. "
                    f"The end of {self.log}:\n{self.last_words()}"
                )
            if asyncio.get_running_loop().time() > limit:
                raise OperatorError(
                    f"{self.program.name} was not ready after {self.program.ready_within:.0f} s. "
                    f"The end of {self.log}:\n{self.last_words()}"
                )
            await asyncio.sleep(0.05)

    async def ended(self) -> int:
        """Wait for its end and return its exit code (minus the signal's number when it was killed)."""
        code = await self._running().wait()
        self._pid_file.unlink(missing_ok=True)
        return code

    async def stop(self) -> bool:
        """End it: SIGTERM, then SIGKILL after `stop_within`. False when it had to be killed."""
        if self.process is None:
            return True
        if self.process.returncode is not None:
            self._pid_file.unlink(missing_ok=True)
            return True
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        try:
            async with asyncio.timeout(self.program.stop_within):
                await self.ended()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            await self.ended()
            return False
        return True

    def last_words(self, lines: int = 12) -> str:
        """The last lines of its log."""
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 8_000))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-lines:])

    @property
    def _pid_file(self) -> Path:
        return self.run / f"{self.program.name}.pid"

    def _running(self) -> asyncio.subprocess.Process:
        if self.process is None:
            raise RuntimeError(f"{self.program.name} was never started")
        return self.process


def ending(code: int) -> str:
    """An exit code as people say it."""
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"

"""A batch and removals on a whole system of its own, services apart, while something happens to its processes."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from services.ctl.demo.client import Api
from services.ctl.demo.ending import Shown, faults
from services.ctl.demo.opening import first_administrators
from services.ctl.demo.play import Play
from services.ctl.demo.reading import read_all
from services.ctl.demo.roster import nominations
from services.ctl.demo.stage import Batch, perform
from services.ctl.demo.story import REMOVALS, Story
from services.ctl.embedded import Running, running
from services.ctl.layout import ROOT, Layout
from services.ctl.probes import free_ports
from services.ctl.settings import Settings


@dataclass
class System:
    """Where the system runs, and what its supervisor has said."""

    settings: Settings
    running: Running
    said: list[str] = field(default_factory=list)

    @property
    def layout(self) -> Layout:
        """Its files."""
        return Layout(self.settings.var.resolve())

    async def ready_again(self, name: str) -> None:
        """Wait until the supervisor has brought it back."""
        while f"{name} is ready again" not in self.said:
            await asyncio.sleep(0.02)

    def lose(self, name: str, *paths: Path) -> None:
        """Kill a process, and take what it kept with it, before the supervisor can start it again."""
        pid = int((self.layout.run / f"{name}.pid").read_text())
        os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):  # whoever watches it may have seen its end already
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        for path in paths:
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    async def ctl(self, *arguments: str) -> str:
        """What an operator's command prints; it must succeed."""
        return await ctl(self.settings, *arguments)


Beside = Callable[[Play, System], Coroutine[Any, Any, None]]
"""What happens beside the play."""


async def ctl(settings: Settings, *arguments: str) -> str:
    """Run an operator's command against a system; what it prints."""
    ports = {f"QX_PORT_{name.upper()}": str(port) for name, port in asdict(settings.ports).items()}
    command = [sys.executable, "-m", "services.ctl", *arguments, "--var", str(settings.var)]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env={**os.environ, **ports}, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0, printed.decode()
    return printed.decode()


def settings_in(var: Path) -> Settings:
    """Services apart in this folder, on free ports."""
    ports = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
    return Settings.model_validate({"var": var, "processes": "apart", **ports})


@asynccontextmanager
async def system(settings: Settings) -> AsyncIterator[System]:
    """The system inside the block."""
    said: list[str] = []
    async with running(settings, os.environ, said.append) as started:
        yield System(settings, started, said)


async def play(
    on: System, told: tuple[Story, ...], beside: Beside, removals: tuple[Story, ...] = REMOVALS
) -> tuple[Batch, Shown]:
    """Nominees with these stories, and members with those; `beside` must end before they may."""
    api = Api(on.running.api)
    try:
        admins = await first_administrators(api, on.running.vault)
        batch = await perform(
            api,
            admins,
            nominations(len(told)),
            told,
            on.said.append,
            lambda states, acts: None,
            lambda play: beside(play, on),
            removals,
        )
        return batch, await read_all(batch)
    finally:
        await api.close()


def wrong(batch: Batch, shown: Shown) -> list[str]:
    """What did not end as it had to, was lost, or was done twice."""
    found = faults(batch.play.parts.values(), shown, batch.play.notes)
    recorded = Counter(
        (one["case_id"], one["payload"]["kind"], one["payload"]["unit"])
        for one in shown.envelopes
        # Requests for accounts are decided before the play begins.
        if one["type"] == "task-completed" and one["case_id"] in batch.play.parts
    )
    accepted = Counter((one.case_id, one.kind, one.unit) for one in batch.play.done)
    found += [f"accepted, and not on the record: {key}" for key in accepted - recorded]
    return found + [f"on the record more often than done: {key}" for key in recorded - accepted]

"""`demo`: a system of its own, one batch and three removals through the whole procedure, and a verdict."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from services.ctl.demo.client import Api, ProblemError, SilentError, connected
from services.ctl.demo.ending import Shown, faults, last_line
from services.ctl.demo.opening import first_administrators
from services.ctl.demo.play import UnexpectedError
from services.ctl.demo.progress import Progress, outcome_table
from services.ctl.demo.reading import read_all
from services.ctl.demo.roster import nominations
from services.ctl.demo.stage import Batch, perform
from services.ctl.demo.story import expected_end, stories
from services.ctl.embedded import Running, running
from services.ctl.errors import OperatorError
from services.ctl.folder import private
from services.ctl.probes import free_ports
from services.ctl.settings import Settings

After = Callable[[Running, Batch], Awaitable[None]]
"""What is done with the system once the demonstration has succeeded."""


async def demo(
    cases: int, settings: Settings, given: Mapping[str, str], console: Console, after: After | None = None
) -> int:
    """0 when every outcome is the expected one and the record verifies; else 1, with a sentence for each fault.

    Runs in a fresh folder under `settings.var` on free ports, beside anything that is already running; the
    folder is kept, and named, after a failure, and removed otherwise. `after` finds everything running still.
    """
    folder = new_folder(settings.var)
    own = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
    fresh = settings.model_copy(update={"var": folder, **own})
    progress = Progress(console)
    try:
        async with running(fresh, given, progress.say) as system, connected(system.api) as api:
            with progress:
                batch, shown = await _play(cases, system, api, progress)
            console.print(_outcomes(batch, shown))
            found = faults(batch.play.parts.values(), shown, batch.play.notes)
            if after is not None and not found:
                await after(system, batch)
    except (OperatorError, ProblemError, SilentError, UnexpectedError) as reason:
        return failed(console, [str(reason)], folder)
    except asyncio.CancelledError:
        shutil.rmtree(folder, ignore_errors=True)
        progress.say("stopped before its end, and everything it had started with it")
        raise
    if found:
        return failed(console, found, folder)
    shutil.rmtree(folder)
    console.print(last_line(shown), markup=False, highlight=False, soft_wrap=True)
    return 0


def failed(console: Console, found: list[str], folder: Path) -> int:
    """Say each fault and where the data is; the exit status."""
    for fault in found:
        console.print(f"demo failed: {fault}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"Its data and logs are kept in {folder}", markup=False, highlight=False, soft_wrap=True)
    return 1


async def _play(cases: int, system: Running, api: Api, progress: Progress) -> tuple[Batch, Shown]:
    progress.say(f"the system runs at {system.api}")
    admins = await first_administrators(api, system.vault)
    told = stories(cases)
    batch = await perform(api, admins, nominations(cases), told, progress.say, progress.states)
    progress.say("every case is filed; reading the record and everybody's letters")
    return batch, await read_all(batch)


def _outcomes(batch: Batch, shown: Shown) -> Table:
    rows = [
        (part.row.person.name, str(part.story), str(end), end is expected_end(part.story))
        for part in batch.play.parts.values()
        for end in [shown.end(part.case_id)]
    ]
    return outcome_table(rows)


def new_folder(parent: Path) -> Path:
    """A folder of its own for a run, which nothing was in before."""
    number = 1
    while True:
        folder = parent.resolve() / f"demo-{number}"
        try:
            private(folder)
        except FileExistsError:
            number += 1
        else:
            return folder

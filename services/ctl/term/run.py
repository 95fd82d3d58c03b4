"""`demo-term`: a system of its own, a term election in twelve districts, what it cost, and a verdict."""

import shutil
from collections.abc import Mapping
from dataclasses import asdict

from rich.console import Console

from contracts.policy import loader
from services.ctl.demo.client import Api, ProblemError, SilentError
from services.ctl.demo.opening import first_administrators
from services.ctl.demo.play import UnexpectedError
from services.ctl.demo.progress import Progress
from services.ctl.demo.run import failed, new_folder
from services.ctl.embedded import running
from services.ctl.errors import OperatorError
from services.ctl.layout import HOST, Layout
from services.ctl.probes import free_ports
from services.ctl.settings import Settings
from services.ctl.term.election import Election, hold
from services.ctl.term.measuring import longest_history, peak_memory
from services.ctl.term.nominees import Size
from services.ctl.term.outcome import Came, faults, read

FOR_AN_HOUR = {"QX_OFFICERS_TOKEN_MINUTES": "60"}
"""Nobody signs in twice: a thousand passwords are slow to check."""
SECONDS_A_MINUTE = 60


async def demo_term(
    version: str, size: Size, settings: Settings, given: Mapping[str, str], console: Console
) -> int:
    """0 when every case came where it must, nothing was created twice and the record verifies; else 1.

    Runs in a fresh folder under `settings.var` on free ports; the folder is kept, and named, after a failure.
    """
    folder = new_folder(settings.var)
    with Progress(console) as progress:
        own = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
        fresh = settings.model_copy(update={"var": folder, **own})
        try:
            held, came = await _carry(version, size, fresh, {**given, **FOR_AN_HOUR}, progress)
        except (OperatorError, ProblemError, SilentError, UnexpectedError) as reason:
            return failed(console, [str(reason)], folder)
    found = faults(held, came, len(loader.released(version).departments))
    if found:
        return failed(console, found, folder)
    shutil.rmtree(folder)
    line = came.line(version, progress.seconds / SECONDS_A_MINUTE)
    console.print(line, markup=False, highlight=False, soft_wrap=True)
    return 0


async def _carry(
    version: str, size: Size, settings: Settings, given: Mapping[str, str], progress: Progress
) -> tuple[Election, Came]:
    async with running(settings, given, progress.say) as system:
        progress.say(f"the system runs at {system.api}")
        api = Api(system.api, at_once=32)
        try:
            admins = await first_administrators(api, system.vault)
            held = await hold(api, admins, version, size, progress.say)
            progress.say(f"{held.done} tasks are done; reading the record and everybody's letters")
            came = await read(held)
        finally:
            await api.close()
        for district, tally in sorted(came.districts.items()):
            progress.say(f"{district}: {tally.total()} nominees, {dict(tally)}")
        name, events = await longest_history(f"{HOST}:{settings.port_temporal}")
        progress.say(f"largest workflow history: {events} events, of {name}")
        peaks = peak_memory(Layout(settings.var.resolve()).run)
        told = "  ".join(f"{one} {mib} MiB" for one, mib in peaks.items())
        progress.say(f"peak memory: {told}")
        return held, came

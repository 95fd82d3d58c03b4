"""The embedded system as one thing: made ready, started, and ended in order."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from services.ctl import engines
from services.ctl.child import Program
from services.ctl.databases import create_missing
from services.ctl.environment import ON_THE_BROKER, SERVICES, Environment
from services.ctl.folder import made, named
from services.ctl.keys import Keys
from services.ctl.layout import HOST, Layout
from services.ctl.lock import held
from services.ctl.probes import Probe, http_ok, refuse_taken
from services.ctl.settings import Settings
from services.ctl.supervisor import Say, Supervisor
from services.ctl.vault import Vault


@dataclass(frozen=True)
class Running:
    """A started system."""

    settings: Settings
    vault: Vault
    first_start: bool

    @property
    def api(self) -> str:
        """Base address of the officers' API."""
        return f"http://{HOST}:{self.settings.port_api}"

    @property
    def console(self) -> str:
        """Where people find the console."""
        return f"http://{HOST}:{self.settings.port_console}"


@asynccontextmanager
async def running(settings: Settings, given: Mapping[str, str], say: Say) -> AsyncIterator[Running]:
    """The system, started and healthy; ended when the body is left, the services before the engines.

    `given` is the operator's environment. Raises OperatorError when a port is taken, a program is missing,
    the folder is in use, or a process does not become ready; nothing is left running then.
    """
    layout = named(settings.var)
    with _for_this_account_alone(), _held(layout):
        refuse_taken(settings.ports)
        vault = Vault(layout.secrets)
        first_start = vault.make()
        Keys(layout.keys).make()
        passwords = {name: vault.read(f"nats-{name}") for name in ON_THE_BROKER}
        engines.write_nats_config(layout, settings.ports, passwords)
        await create_missing(settings.database, say)
        supervisor = Supervisor(programs(layout, settings, given), layout.run, layout.logs, say)
        try:
            await supervisor.start()
            yield Running(settings, vault, first_start)
        finally:
            await asyncio.shield(supervisor.stop())


@contextmanager
def _for_this_account_alone() -> Iterator[None]:
    """Whatever is written inside the block nobody else may read, also what the engines write: they inherit it."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _held(layout: Layout) -> Iterator[None]:
    """The folders, which no other system uses inside the block."""
    made(layout)
    with held(layout.lock):
        yield


def programs(layout: Layout, settings: Settings, given: Mapping[str, str]) -> list[Program]:
    """What runs: the engines, then our services, in one process or apart."""
    environment = Environment(layout, settings, given)
    bare = environment.bare()
    below = [engines.temporal(layout, settings.ports, bare), engines.nats(layout, settings.ports, bare)]
    if settings.processes == "together":
        every = [_healthy(settings, name) for name in SERVICES]
        command = (sys.executable, "-m", "services.ctl.serve")
        return [*below, Program("services", command, environment.together(), _all(every))]
    ours = [
        Program(
            name,
            (sys.executable, "-m", f"services.{name}"),
            environment.service(name),
            _healthy(settings, name),
        )
        for name in SERVICES
    ]
    return [*below, *ours]


def _healthy(settings: Settings, name: str) -> Probe:
    port = settings.port_api if name == "officers" else getattr(settings, f"port_{name}")
    return http_ok(port, "/healthz")


def _all(probes: list[Probe]) -> Probe:
    async def ask() -> bool:
        return all(await asyncio.gather(*(probe() for probe in probes)))

    return ask

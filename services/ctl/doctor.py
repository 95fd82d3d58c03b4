"""`doctor`: what would keep the embedded system from working."""

from typing import Any

import httpx2

from services.ctl import engines
from services.ctl.errors import OperatorError
from services.ctl.folder import is_there, named, runs
from services.ctl.keys import Keys
from services.ctl.layout import HOST, Layout
from services.ctl.probes import WHO_LISTENS, port_is_free
from services.ctl.settings import Settings
from services.ctl.supervisor import Say
from services.ctl.vault import loose
from services.notices.papers.faces import SYSTEM, NoFacesError, described, find
from services.worker.agreement import disagreements


async def examine(settings: Settings, say: Say) -> int:
    """Say every finding; 0 when nothing is wrong, else 1."""
    layout = named(settings.var)
    if not is_there(layout):
        say(f"there is no system in {layout.root} yet: `up` makes one")
    faults = [*_programs(), *_secrets(layout), *_keys(layout), *disagreements(), *_faces(say)]
    if await _is_ours(settings, layout):
        faults += await _broker(settings.port_nats_monitor)
        say(f"the system in {layout.root} is running, so its ports are taken as they should be")
    else:
        faults += [
            f"port {port} for {WHO_LISTENS[setting]} is taken by another program: set {setting} to a free one"
            for setting, port in settings.ports.named()
            if not port_is_free(port)
        ]
        if runs(layout):
            faults.append(
                f"the system in {layout.root} runs on other ports than these, or its broker is down"
            )
    for fault in faults:
        say(f"fault: {fault}")
    if not faults:
        say("nothing is wrong")
    return 1 if faults else 0


def _programs() -> list[str]:
    faults = []
    for name in ("temporal", "nats-server"):
        try:
            engines.executable(name)
        except OperatorError as reason:
            faults.append(str(reason))
    return faults


def _faces(say: Say) -> list[str]:
    """Say in which faces papers are set; a fault when there are none."""
    try:
        found = find(SYSTEM)
    except NoFacesError as reason:
        return [f"no paper can be printed: {reason}"]
    for line in described(found):
        say(line)
    return []


def _secrets(layout: Layout) -> list[str]:
    """What others may get at; a folder in which there is nothing yet is closed to them by the first start."""
    found = loose(layout.root) if is_there(layout) else []
    return [f"others may read or write {path}: chmod go-rwx it" for path in found]


def _keys(layout: Layout) -> list[str]:
    """Keys that are missing or do not fit together; before the first start there are none."""
    keys = Keys(layout.keys)
    return keys.faults() if keys.public.exists() else []


async def _is_ours(settings: Settings, layout: Layout) -> bool:
    """Whether the broker that answers is this folder's, and not that of another system on the same ports."""
    answer = await _asked(settings.port_nats_monitor, "/varz")
    return answer is not None and answer.get("server_name") == layout.broker


async def _asked(monitor: int, path: str) -> dict[str, Any] | None:
    try:
        async with httpx2.AsyncClient(timeout=3) as client:
            answer = (await client.get(f"http://{HOST}:{monitor}{path}")).json()
    except (httpx2.HTTPError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


async def _broker(monitor: int) -> list[str]:
    """Whether acknowledged messages are on disk: by default they would be two minutes later."""
    answer = await _asked(monitor, "/jsz?config=1")
    if answer is None:
        return ["the broker's monitoring does not answer"]
    synced = answer.get("config", {}).get("sync_always") is True
    return [] if synced else ["the broker acknowledges before it syncs: set sync_interval: always"]

"""`doctor`: what would keep the embedded system from working."""

import httpx2

from services.ctl import engines
from services.ctl.errors import OperatorError
from services.ctl.layout import HOST, Layout
from services.ctl.probes import WHO_LISTENS, http_ok, port_is_free
from services.ctl.settings import Settings
from services.ctl.supervisor import Say
from services.ctl.vault import loose
from services.worker.agreement import disagreements


async def examine(settings: Settings, say: Say) -> int:
    """Say every finding; 0 when nothing is wrong, else 1."""
    faults = [*_programs(), *_secrets(Layout(settings.var.resolve())), *disagreements()]
    monitored = await http_ok(settings.port_nats_monitor, "/healthz")()
    if monitored:
        faults += await _broker(settings.port_nats_monitor)
        say("a broker answers here, so its ports are taken as they should be")
    else:
        faults += [
            f"port {port} for {WHO_LISTENS[setting]} is taken: set {setting} to a free one"
            for setting, port in settings.ports.named()
            if not port_is_free(port)
        ]
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


def _secrets(layout: Layout) -> list[str]:
    found = [*loose(layout.secrets), *loose(layout.keys)]
    return [f"others may read or write {path}: chmod go-rwx it" for path in found]


async def _broker(monitor: int) -> list[str]:
    """Whether acknowledged messages are on disk: by default they would be two minutes later."""
    try:
        async with httpx2.AsyncClient(timeout=3) as client:
            answer = (await client.get(f"http://{HOST}:{monitor}/jsz?config=1")).json()
    except (httpx2.HTTPError, ValueError) as reason:
        return [f"the broker's monitoring does not answer ({type(reason).__name__})"]
    synced = isinstance(answer, dict) and answer.get("config", {}).get("sync_always") is True
    return [] if synced else ["the broker acknowledges before it syncs: set sync_interval: always"]

"""The two engines below our services, Temporal's development server and NATS: how they are started here.

Each runs in its own folder and is told the names of its files there only. A path in full would have to be escaped:
Temporal reads it as part of an address, in which `#`, `?` and `%` mean something, and NATS as a quoted text.
"""

import sysconfig
from collections.abc import Mapping
from pathlib import Path

from services.ctl.child import Program
from services.ctl.errors import OperatorError
from services.ctl.layout import HOST, ROOT, Layout, Ports
from services.ctl.probes import http_ok, nats_greets

LOGINS = ROOT / "deploy" / "nats" / "logins.conf"
"""Who may do what at the broker, the same here as in production."""


def executable(name: str) -> str:
    """Path of a program that a locked package put beside this Python; OperatorError when it is missing."""
    path = Path(sysconfig.get_path("scripts")) / name
    if not path.exists():
        raise OperatorError(f"{name} is missing at {path}: `make setup` installs it")
    return str(path)


def temporal(layout: Layout, ports: Ports, environment: Mapping[str, str]) -> Program:
    """Temporal on a file: every commit synced, timers within ten milliseconds, without a web page.

    The page would answer under any host name, and so to a page of somebody else's in the same browser. The plain HTTP
    that the server speaks besides, and that cannot be switched off, answers on this machine's own name only.
    """
    command = [executable("temporal"), "server", "start-dev", "--ip", HOST, "--port", str(ports.temporal)]
    command += ["--headless", "--http-port", str(ports.temporal_http), "--log-level", "error"]
    hosts = f'frontend.httpAllowedHosts=["{HOST}:{ports.temporal_http}"]'
    command += ["--dynamic-config-value", hosts]
    command += ["--db-filename", "temporal.db"]
    command += ["--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=full"]
    # A timer of the server is otherwise up to a second late, which short demonstration limits would show.
    command += ["--dynamic-config-value", 'history.timerProcessorMaxTimeShift="10ms"']
    ready = http_ok(ports.temporal_http, "/api/v1/namespaces/default")
    return Program("temporal", tuple(command), environment, ready, layout.temporal)


def nats(layout: Layout, ports: Ports, environment: Mapping[str, str]) -> Program:
    """NATS with JetStream on files, every acknowledged message synced. Call `write_nats_config` before."""
    command = (executable("nats-server"), "--config", nats_config(layout).name)
    return Program("nats", command, environment, nats_greets(ports.nats), layout.nats)


def nats_config(layout: Layout) -> Path:
    """Where NATS' configuration stands."""
    return layout.nats / "nats.conf"


def write_nats_config(layout: Layout, ports: Ports, passwords: Mapping[str, str]) -> None:
    """Write the configuration, readable by its owner only: the passwords stand in it, by login."""
    path = nats_config(layout)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(
        f'listen: "{HOST}:{ports.nats}"\n'
        f'http: "{HOST}:{ports.nats_monitor}"\n'
        f'server_name: "{layout.broker}"\n'
        # By default an acknowledged message reaches the disk up to two minutes later.
        "jetstream { store_dir: store, sync_interval: always }\n"
        # As in production: a roster is one step with all that it owes.
        "max_payload: 8MB\n"
        + "".join(f'QX_NATS_{login.upper()}: "{password}"\n' for login, password in passwords.items())
        # In the same file: what is included cannot see the variables above.
        + LOGINS.read_text()
    )

"""Where the embedded system keeps its files, and on which ports it listens. Values only."""

import hashlib
import os
from dataclasses import dataclass, fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The folder that holds the packages; our processes are started there."""
HOST = "127.0.0.1"
"""The embedded system is for one machine: nothing of it listens anywhere else."""


@dataclass(frozen=True)
class Layout:
    """The folders under one `--var` directory; two embedded systems never share one."""

    root: Path

    @property
    def run(self) -> Path:
        """The lock and one `<name>.pid` per running process."""
        return self.root / "run"

    @property
    def lock(self) -> Path:
        """Held while a system runs here."""
        return self.run / "lock"

    @property
    def logs(self) -> Path:
        """One `<name>.log` per process."""
        return self.root / "log"

    @property
    def secrets(self) -> Path:
        """What was made at the first start; readable by its owner only."""
        return self.root / "secrets"

    @property
    def keys(self) -> Path:
        """The keys that sign and seal; each holder has a folder (services/ctl/keys.py)."""
        return self.root / "keys"

    @property
    def databases(self) -> Path:
        """One SQLite file per service."""
        return self.root / "db"

    @property
    def temporal(self) -> Path:
        """The file of Temporal's development server."""
        return self.root / "temporal"

    @property
    def nats(self) -> Path:
        """NATS' configuration and its JetStream store."""
        return self.root / "nats"

    @property
    def broker(self) -> str:
        """What the broker of this folder calls itself, so that it is told from another system's."""
        return "qingxuan-" + hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]

    @property
    def policies(self) -> Path:
        """This installation's own policy versions; one is taken when the record holds its release."""
        return self.root / "policies"

    def folders(self) -> tuple[Path, ...]:
        """Every folder that must exist before anything starts."""
        return (
            self.run,
            self.logs,
            self.secrets,
            self.keys,
            self.databases,
            self.temporal,
            self.nats,
            self.policies,
        )


@dataclass(frozen=True)
class Ports:
    """One port per listener; each is set by QX_PORT_<NAME>."""

    api: int = 8080
    registry: int = 8081
    notices: int = 8082
    temporal: int = 7233
    temporal_http: int = 8233
    nats: int = 4222
    nats_monitor: int = 8222
    worker: int = 8083
    console: int = 8088

    def named(self) -> tuple[tuple[str, int], ...]:
        """Setting and port of every listener, in the order in which they are started."""
        return tuple((f"QX_PORT_{one.name.upper()}", int(getattr(self, one.name))) for one in fields(self))

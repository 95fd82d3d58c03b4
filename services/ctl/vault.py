"""The secrets of one machine: made at the first start, kept in files that only their owner may read."""

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from services.ctl.errors import OperatorError

FIRST_CODES = ("admin-code", "security-code", "audit-code")
"""One-time codes of the first three administrators: three files, for three people."""
SECRETS = (
    *("nats-officers", "nats-registry", "nats-notices", "nats-worker"),
    *("match-key", "notices-token", "registry-token", "signing-key", "cookie-key"),
    *FIRST_CODES,
)
"""Each is a file of its own: services get paths, so no secret is in an environment or a process list."""


OTHERS = stat.S_IRWXG | stat.S_IRWXO
"""All that group and others may do."""


@dataclass(frozen=True)
class Vault:
    """The folder of secrets. Nothing here is ever overwritten: without a key what it sealed is lost."""

    folder: Path

    def path(self, name: str) -> Path:
        """The file of a secret; KeyError for a name that is none of SECRETS."""
        if name not in SECRETS:
            raise KeyError(name)
        return self.folder / name

    def read(self, name: str) -> str:
        """The secret itself; raises OperatorError when its file is gone or empty."""
        try:
            value = self.path(name).read_text(encoding="ascii").strip()
        except OSError as reason:
            raise OperatorError(f"cannot read {self.path(name)}: {reason.strerror}") from reason
        if not value:
            raise OperatorError(f"{self.path(name)} is empty: put back the one made at the first start")
        return value

    def make(self) -> bool:
        """Make every secret that is missing; True when there was none at all, that is at the first start."""
        first = not self.path("signing-key").exists()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        for name in SECRETS:
            try:
                handle = os.open(self.path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(_drawn(name) + "\n")
                file.flush()
                os.fsync(file.fileno())
        return first


def _drawn(name: str) -> str:
    if name in FIRST_CODES:
        # A code has three parts with a point between them.
        return ".".join(secrets.token_urlsafe(24) for _ in range(3))
    return secrets.token_urlsafe(32)


def loose(folder: Path) -> list[Path]:
    """The folder, and what is in it, as far as others than the owner may read or write it."""
    if not folder.exists():
        return []
    every = [folder, *sorted(folder.rglob("*"))]
    return [path for path in every if not path.is_symlink() and path.stat().st_mode & OTHERS]

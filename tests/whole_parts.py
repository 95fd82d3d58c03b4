"""The services of one system, each startable in this process over the caller's servers."""

import asyncio
import secrets
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from services.kit.tls import nobody
from services.notices import main as notices
from services.notices.settings import Settings as NoticesSettings
from services.officers import main as officers
from services.officers.identity.codes import drawn
from services.officers.settings import Settings as OfficersSettings
from services.registry import main as registry
from services.registry.settings import Settings as RegistrySettings
from services.worker import main as worker
from services.worker.settings import Settings as WorkerSettings
from tests.certificates import settings_of
from tests.claims import KeySet
from tests.ports import free_port
from tests.servers import HOST
from tests.waiting import reachable

_SECRETS = ("registry_token", "notices_token", "signing_key", "match_key")
_CODES = ("admin_code", "security_code", "audit_code")


def _scheme(verify: ssl.SSLContext) -> str:
    return "http" if verify is nobody() else "https"


@dataclass
class Part:
    """A service that can be stopped and started again."""

    serve: Callable[[asyncio.Event], Awaitable[None]]
    port: int
    verify: ssl.SSLContext = field(default_factory=nobody)
    """How whoever asks it knows it; `nobody` where it answers in clear."""
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"{_scheme(self.verify)}://{HOST}:{self.port}"

    async def start(self) -> None:
        """Run it; returns when it answers."""
        self._stop = asyncio.Event()
        self._running = asyncio.ensure_future(self.serve(self._stop))
        await reachable(f"{self.url}/healthz", self._running, healthy=False, verify=self.verify)

    async def stop(self) -> None:
        """Let it finish and end."""
        if self._running is not None:
            self._stop.set()
            await self._running
            self._running = None


class Ground:
    """Where one system stands: its servers, its keys, and a folder for its secrets and its own databases."""

    def __init__(
        self,
        nats_url: str,
        temporal_address: str,
        directory: Path,
        logins: Path | None = None,
        *,
        journal_seconds: float = 60,
    ) -> None:
        """`logins` is a folder with each service's password for the broker, and everybody's certificates; None when the
        broker asks for none, and all speak in clear. `journal_seconds`: how long
        the record may not know of the journal.
        """
        self.keys = KeySet.make(directory / "keys")
        self.directory = directory
        self._nats_url = nats_url
        self._temporal_address = temporal_address
        self._logins = logins
        self._journal_seconds = journal_seconds
        self._ports = {name: free_port() for name in ("registry", "notices")}
        for name in _SECRETS:
            (directory / name).write_text(secrets.token_urlsafe(32))
        for name in _CODES:
            (directory / name).write_text(drawn())

    def secret(self, name: str) -> str:
        """What one of the files of secrets says."""
        return (self.directory / name).read_text()

    @property
    def own_keys(self) -> Path:
        """The keys under which the API keeps persons."""
        return self.keys.keys.keyring("officers/store")

    def broker(self, service: str) -> dict[str, object]:
        """How this service reaches the broker."""
        if self._logins is None:
            return {"nats_url": self._nats_url}
        login = {"nats_user": service, "nats_password_file": self._logins / service}
        return {"nats_url": self._nats_url, **login, **settings_of(self._logins / "certs", service)}

    def neighbour(self, name: str) -> str:
        """Where the registry or the notices answer."""
        scheme = "http" if self._logins is None else "https"
        return f"{scheme}://{HOST}:{self._ports[name]}"

    def database(self, name: str) -> str:
        """A SQLite file of this system."""
        return f"sqlite+aiosqlite:///{self.directory / name}.db"

    def registry(self, database_url: str = "") -> Part:
        """The record, in this database or in a SQLite file of the system."""
        values: dict[str, object] = {
            "database_url": database_url or self.database("record"),
            "migrate_on_start": True,
            "port": self._ports["registry"],
            "token_file": self.directory / "registry_token",
            "public_keys_dir": self.keys.public,
            "entry_key_file": self.keys.keys.signing("entry"),
            **self.broker("registry"),
        }
        settings = RegistrySettings(**values)  # type: ignore[arg-type]
        return Part(lambda stop: registry.serve(settings, stop), settings.port, settings.verify)

    def worker(self) -> Part:
        """What decides."""
        keys = self.keys.keys
        values: dict[str, object] = {
            "port": free_port(),
            "temporal_address": self._temporal_address,
            "record_keys_dir": keys.keyring("record"),
            **self.keys.people_settings,
            "engine_keys_dir": keys.keyring("engine"),
            "public_keys_dir": keys.public,
            "step_key_file": keys.signing("step"),
            "errand_key_file": keys.signing("errand"),
            "record_seconds": 2,
            **self.broker("worker"),
        }
        settings = WorkerSettings(**values)  # type: ignore[arg-type]
        return Part(lambda stop: worker.serve(settings, stop), settings.port, settings.verify)

    def officers(self, database_url: str) -> Part:
        """A process of the API, with its rows in this database."""
        keys = self.keys.keys
        values: dict[str, object] = {
            "database_url": database_url,
            "migrate_on_start": True,
            "port": free_port(),
            "temporal_address": self._temporal_address,
            "registry_url": self.neighbour("registry"),
            "registry_token_file": self.directory / "registry_token",
            "notices_url": self.neighbour("notices"),
            "notices_token_file": self.directory / "notices_token",
            "record_keys_dir": keys.keyring("record"),
            **self.keys.people_settings,
            "engine_keys_dir": keys.keyring("engine"),
            "own_keys_dir": keys.keyring("officers/store"),
            "public_keys_dir": keys.public,
            "claim_key_file": keys.signing("claim"),
            "journal_key_file": keys.signing("journal"),
            "signing_key_file": self.directory / "signing_key",
            "match_key_file": self.directory / "match_key",
            "admin_code_file": self.directory / "admin_code",
            "security_code_file": self.directory / "security_code",
            "audit_code_file": self.directory / "audit_code",
            # Only a record that is stopped takes so long, whatever else the machine does.
            "command_wait": 15,
            "own_reads_wait": 10,
            "journal_seconds": self._journal_seconds,
            **self.broker("officers"),
        }
        settings = OfficersSettings(**values)  # type: ignore[arg-type]
        return Part(lambda stop: officers.serve(settings, stop), settings.port, settings.verify)

    def notices(self) -> Part:
        """What writes letters."""
        keys = self.keys.keys
        values: dict[str, object] = {
            "database_url": self.database("notices"),
            "migrate_on_start": True,
            "port": self._ports["notices"],
            "token_file": self.directory / "notices_token",
            "registry_url": self.neighbour("registry"),
            "registry_token_file": self.directory / "registry_token",
            "record_keys_dir": keys.keyring("record"),
            **self.keys.people_settings,
            "own_keys_dir": keys.keyring("notices/store"),
            "public_keys_dir": keys.public,
            "linger_seconds": 0.05,
            **self.broker("notices"),
        }
        settings = NoticesSettings(**values)  # type: ignore[arg-type]
        return Part(lambda stop: notices.serve(settings, stop), settings.port, settings.verify)

"""Settings of each process of the embedded system: the one place where they are derived. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from services.ctl.keys import Keys
from services.ctl.layout import HOST, Layout
from services.ctl.settings import Settings
from services.ctl.vault import Vault

SERVICES = ("registry", "notices", "worker", "officers", "console")
"""Ended in the opposite order, so that requests which are being answered still find what they need."""
ON_THE_BROKER = ("registry", "notices", "worker", "officers")
"""Who hears or tells something by NATS, each under a login of its own."""
WITH_TABLES = ("registry", "notices", "officers")
"""Who keeps something in a database."""
INHERITED = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "TZ", "VIRTUAL_ENV")
"""What a child process takes over from the operator's shell besides its own QX_ settings."""
OURS = {
    "PYTHONUNBUFFERED": "1",
    # Large blocks go back to the system when they are freed. Left to itself the C library keeps the 19 MiB that one
    # password hash takes, once for every thread that ever computed one.
    "MALLOC_MMAP_THRESHOLD_": str(1024 * 1024),
    # Named, because the line above sets it to an eighth of that: each payload that is packed then takes its quarter of
    # a MiB from the system page by page and gives it back, which costs more than packing.
    "MALLOC_TRIM_THRESHOLD_": str(1024 * 1024),
}
"""For every process of our own; the images say the same (deploy/Dockerfile)."""


@dataclass(frozen=True)
class Environment:
    """The environment of every process; `given` are the operator's own QX_<SERVICE>_ settings, which win."""

    layout: Layout
    settings: Settings
    given: Mapping[str, str]

    def bare(self) -> dict[str, str]:
        """For the engines: nothing of ours."""
        return {name: self.given[name] for name in INHERITED if name in self.given}

    def service(self, name: str) -> dict[str, str]:
        """For one of SERVICES."""
        prefix = f"QX_{name.upper()}_"
        derived = {prefix + setting: value for setting, value in self._derived(name).items()}
        own = {setting: value for setting, value in self.given.items() if setting.startswith(prefix)}
        return {**self.bare(), **OURS, **derived, **own}

    def together(self) -> dict[str, str]:
        """For all of them in one process: the prefixes keep them apart."""
        return {setting: value for name in SERVICES for setting, value in self.service(name).items()}

    def database(self, name: str) -> str:
        """The URL of a service's own database."""
        if self.settings.database == "sqlite":
            # Quoted: a folder's name may hold what means something in a URL.
            return f"sqlite+aiosqlite:///{quote(str(self.layout.databases / name))}.db"
        server = self.settings.database.removeprefix("postgresql://").rstrip("/")
        return f"postgresql+asyncpg://{server}/{database_name(name)}"

    def _derived(self, name: str) -> dict[str, str]:
        vault = Vault(self.layout.secrets)
        shared = {"LOG_LEVEL": "warning", "PORT": str(getattr(self.settings, _PORTS[name]))}
        store = {"DATABASE_URL": self.database(name), "MIGRATE_ON_START": "true"}
        return {
            **shared,
            **(self._login(vault, name) if name in ON_THE_BROKER else {}),
            **(store if name in WITH_TABLES else {}),
            **getattr(self, f"_{name}")(vault),
        }

    def _login(self, vault: Vault, name: str) -> dict[str, str]:
        return {
            "NATS_URL": f"nats://{HOST}:{self.settings.port_nats}",
            "NATS_USER": name,
            "NATS_PASSWORD_FILE": str(vault.path(f"nats-{name}")),
        }

    def _registry(self, vault: Vault) -> dict[str, str]:
        return {"TOKEN_FILE": str(vault.path("registry-token")), **self._keys(signing=("entry",))}

    def _notices(self, vault: Vault) -> dict[str, str]:
        # Mail is off unless the operator sets QX_NOTICES_SMTP_*, which goes to the service as it is.
        return {
            "TOKEN_FILE": str(vault.path("notices-token")),
            **self._reads_record(vault),
            **self._keys(record="record", own="notices/store"),
        }

    def _officers(self, vault: Vault) -> dict[str, str]:
        return {
            **self._uses_temporal(),
            **self._reads_record(vault),
            **self._keys(("claim", "journal"), record="record", engine="engine", own="officers/store"),
            "NOTICES_URL": f"http://{HOST}:{self.settings.port_notices}",
            "WORKER_URL": f"http://{HOST}:{self.settings.port_worker}",
            "NOTICES_TOKEN_FILE": str(vault.path("notices-token")),
            # The console asks for whoever sits before a browser, and says from where.
            "PROXIES": HOST,
            "SIGNING_KEY_FILE": str(vault.path("signing-key")),
            "MATCH_KEY_FILE": str(vault.path("match-key")),
            "ADMIN_CODE_FILE": str(vault.path("admin-code")),
            "SECURITY_CODE_FILE": str(vault.path("security-code")),
            "AUDIT_CODE_FILE": str(vault.path("audit-code")),
        }

    def _console(self, vault: Vault) -> dict[str, str]:
        return {
            "API_URL": f"http://{HOST}:{self.settings.port_api}",
            "COOKIE_KEY_FILE": str(vault.path("cookie-key")),
        }

    def _worker(self, vault: Vault) -> dict[str, str]:
        return {
            **self._uses_temporal(),
            **self._reads_record(vault),
            **self._keys(("step", "errand"), record="record", engine="engine"),
        }

    def _keys(self, signing: tuple[str, ...] = (), **keyrings: str) -> dict[str, str]:
        """The keys that a service holds; the public ones are for all."""
        keys = Keys(self.layout.keys)
        sealing = {"PEOPLE_KEYS_DIR": keys.people, "WRAPPING_KEYS_DIR": keys.keyring("wrapping")}
        return {
            "PUBLIC_KEYS_DIR": str(keys.public),
            **{setting: str(folder) for setting, folder in sealing.items() if keyrings},
            **{f"{purpose.upper()}_KEY_FILE": str(keys.signing(purpose)) for purpose in signing},
            **{f"{use.upper()}_KEYS_DIR": str(keys.keyring(name)) for use, name in keyrings.items()},
        }

    def _uses_temporal(self) -> dict[str, str]:
        return {"TEMPORAL_ADDRESS": f"{HOST}:{self.settings.port_temporal}"}

    def _reads_record(self, vault: Vault) -> dict[str, str]:
        return {
            "POLICIES_DIR": str(self.layout.policies),
            "REGISTRY_URL": f"http://{HOST}:{self.settings.port_registry}",
            "REGISTRY_TOKEN_FILE": str(vault.path("registry-token")),
        }


_PORTS = {
    "registry": "port_registry",
    "notices": "port_notices",
    "officers": "port_api",
    "worker": "port_worker",
    "console": "port_console",
}


def database_name(service: str) -> str:
    """The name of a service's database on a PostgreSQL server."""
    return f"qingxuan_{service}"

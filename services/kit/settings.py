"""Settings of every service. Each subclasses with its own prefix; nothing reads the environment at import."""

import ssl
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from services.kit.gate import Gate
from services.kit.tls import EngineLogin, Tls, nobody

Port = Annotated[int, Field(ge=0, le=65535)]
"""A TCP port; 0 lets the system choose."""


def _listed(value: object) -> object:
    return tuple(one.strip() for one in value.split(",") if one.strip()) if isinstance(value, str) else value


def _network(value: str) -> str:
    return str(ip_network(value))


Names = Annotated[
    tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9.\-]+$")], ...], NoDecode, BeforeValidator(_listed)
]
"""Names of hosts, one after another with commas between."""

Words = Annotated[tuple[Annotated[str, Field(pattern=r"^[!-~]+$")], ...], NoDecode, BeforeValidator(_listed)]
"""Words of somebody else's, likewise."""

Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, BeforeValidator(_listed)]
"""Addresses or networks, likewise."""


class SettingsError(ValueError):
    """A setting is missing or cannot be used; the message names it and what would be right."""


S = TypeVar("S", bound="ListeningSettings")


def load(settings: type[S]) -> S:
    """The settings from the environment. Raises SettingsError naming each variable that is missing or wrong.

    Values are not repeated in the message: one of them may be a secret in the wrong place.
    """
    try:
        return settings()
    except ValidationError as error:
        prefix = settings.model_config.get("env_prefix", "")
        lines = [f"{prefix}{'_'.join(map(str, e['loc']))}".upper() + f": {e['msg']}" for e in error.errors()]
        raise SettingsError("\n".join(lines)) from None


def read_secret(path: Path | None, setting: str) -> str:
    """The secret in a file, without the line end. Raises SettingsError naming the setting when there is none.

    Secrets come as files only: they are then in no environment, no process list and no crash report.
    """
    if path is None:
        raise SettingsError(f"{setting} is not set: name a file that holds the secret")
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{setting}: cannot read {path}: {error.strerror}") from error
    if not secret:
        raise SettingsError(f"{setting}: {path} is empty")
    return secret


class ListeningSettings(BaseSettings):
    """What every process needs: where to listen, whom to believe, how much to log.

    A subclass sets `model_config = SettingsConfigDict(env_prefix="QX_<SERVICE>_")`.
    """

    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    hosts: Names = ()
    """The names by which this service is asked, besides those of its own machine."""
    proxies: Networks = ()
    """The reverse proxies of whom it is believed for whom they ask."""
    tls_ca_file: Path | None = None
    """The authority whose certificates are believed: of the broker and of the services that are asked."""
    tls_cert_file: Path | None = None
    """The certificate of this service, which it shows to those whom it asks and to those who ask it."""
    tls_key_file: Path | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def gate(self) -> Gate:
        """Who may come in."""
        return Gate(frozenset(self.hosts), self.proxies, self.tls)

    @property
    def tls(self) -> Tls | None:
        """How this service speaks TLS; None where it speaks in clear, on one machine only."""
        return _tls(self.tls_ca_file, self.tls_cert_file, self.tls_key_file)

    @property
    def verify(self) -> ssl.SSLContext:
        """How those are known whom this service asks by HTTP: for the client's option of that name."""
        return nobody() if self.tls is None else self.tls.asking

    @model_validator(mode="after")
    def _one_certificate(self) -> "ListeningSettings":
        _together(self, "tls_ca_file", "tls_cert_file", "tls_key_file")
        return self


class ServiceSettings(ListeningSettings):
    """Besides, for whoever hears or tells something by the broker. Keys each service names for itself."""

    nats_url: str = "nats://127.0.0.1:4222"
    nats_user: str = ""
    nats_password_file: Path | None = None
    nats_seed_file: Path | None = None

    @model_validator(mode="after")
    def _one_login(self) -> "ServiceSettings":
        if self.nats_user and self.nats_seed_file is not None:
            raise ValueError("set either nats_user with nats_password_file, or nats_seed_file, not both")
        if bool(self.nats_user) != (self.nats_password_file is not None):
            raise ValueError("nats_user and nats_password_file go together")
        return self


class StoreSettings(ServiceSettings):
    """For a service with tables of its own.

    `database_url` is SQLite (`sqlite+aiosqlite:///path`) or PostgreSQL (`postgresql+asyncpg://user@host/name`);
    a password stands in `database_password_file`, never in the URL of a real installation.
    """

    database_url: str
    database_password_file: Path | None = None
    migrate_on_start: bool = False
    owner_role: str = ""
    app_role: str = ""

    def dsn(self) -> str:
        """The database URL with the password from its file."""
        if self.database_password_file is None:
            return self.database_url
        password = quote(read_secret(self.database_password_file, "database_password_file"), safe="")
        scheme, _, rest = self.database_url.partition("://")
        account, at, where = rest.rpartition("@")
        if not at or ":" in account:
            raise SettingsError(
                "database_url must name a user and no password when database_password_file is set"
            )
        return f"{scheme}://{account}:{password}@{where}"


class EngineSettings(ServiceSettings):
    """For a service that uses Temporal. The engine has an authority of its own: whom it certifies comes in there."""

    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_ca_file: Path | None = None
    temporal_cert_file: Path | None = None
    temporal_key_file: Path | None = None
    temporal_token_file: Path | None = None
    """A file with the token that says what this service may do at the engine."""

    @property
    def engine_login(self) -> EngineLogin | None:
        """How this service is known to the engine; None where the engine is on the same machine and asks nobody."""
        tls = _tls(self.temporal_ca_file, self.temporal_cert_file, self.temporal_key_file)
        if tls is None:
            return None
        return EngineLogin(tls, read_secret(self.temporal_token_file, "temporal_token_file"))

    @model_validator(mode="after")
    def _engine_tls(self) -> "EngineSettings":
        _together(self, "temporal_ca_file", "temporal_cert_file", "temporal_key_file", "temporal_token_file")
        return self


def _tls(authority: Path | None, certificate: Path | None, key: Path | None) -> Tls | None:
    if authority is None or certificate is None or key is None:
        return None
    return Tls(authority, certificate, key)


def _together(settings: ListeningSettings, *names: str) -> None:
    if len({getattr(settings, name) is None for name in names}) > 1:
        raise ValueError(f"{', '.join(names)} go together")

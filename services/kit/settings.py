"""Settings of every service. Each subclasses with its own prefix; nothing reads the environment at import."""

from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Port = Annotated[int, Field(ge=0, le=65535)]
"""A TCP port; 0 lets the system choose."""


class SettingsError(ValueError):
    """A setting is missing or cannot be used; the message names it and what would be right."""


S = TypeVar("S", bound="ServiceSettings")


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


class ServiceSettings(BaseSettings):
    """What every process needs: the broker, where to listen, how much to log. Keys each service names for itself.

    A subclass sets `model_config = SettingsConfigDict(env_prefix="QX_<SERVICE>_")`.
    """

    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    nats_url: str = "nats://127.0.0.1:4222"
    nats_user: str = ""
    nats_password_file: Path | None = None
    nats_seed_file: Path | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"

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

"""What an operator sets for the console, as QX_CONSOLE_* variables."""

from pathlib import Path

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from services.kit.outside import here
from services.kit.settings import ListeningSettings, Port


class Settings(ListeningSettings):
    """Where the API is, and the secret under which a browser keeps its session."""

    model_config = SettingsConfigDict(env_prefix="QX_CONSOLE_", frozen=True, extra="forbid")

    port: Port = 8088
    api_url: str = "http://127.0.0.1:8080"
    """Where the officers' API answers."""
    cookie_key_file: Path
    """A file with the secret that seals cookies; with a new one everybody signs in again."""
    warn_seconds: int = Field(default=120, ge=30, le=600)
    """How long before the end of a session its holder is warned."""

    @model_validator(mode="after")
    def _private(self) -> "Settings":
        if self.tls is None and not here(self.host):
            raise ValueError(
                "host is reached by others: set tls_ca_file, tls_cert_file and tls_key_file. "
                "Without TLS a session can be read on its way, so the console listens on 127.0.0.1 only"
            )
        return self

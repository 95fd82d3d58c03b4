"""What an operator sets for the notices, as QX_NOTICES_* variables."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from contracts.addresses import is_address
from services.kit.sealsettings import SealingSettings
from services.kit.settings import Port, StoreSettings


class Settings(StoreSettings, SealingSettings):
    """Where letters are kept, where the record is asked, and how mail is handed over (or that it is not)."""

    model_config = SettingsConfigDict(env_prefix="QX_NOTICES_", frozen=True, extra="forbid")

    port: Port = 8082
    token_file: Path
    """A file with the token that the officers' API presents."""
    registry_url: str = "http://127.0.0.1:8081"
    registry_token_file: Path
    """A file with the token that this service presents to the registry."""
    record_keys_dir: Path
    """The keys of what is personal in events."""
    own_keys_dir: Path
    """The keys under which letters are kept."""
    public_keys_dir: Path
    """The public keys of the registry, which signs what it recorded."""
    policies_dir: Path | None = None
    """The folder of this installation's own policy versions; what lies there is taken when the record releases it."""
    fonts_dir: Path | None = None
    """A folder of the office's own fonts, such as 仿宋_GB2312; looked through before the system's."""
    linger_seconds: float = Field(default=1.0, ge=0, le=30)
    """How long more entries are waited for once there are some: nobody waits for a letter by the second."""
    smtp_host: str = ""
    """The mail server; empty: nothing is mailed, and every letter that could have been says so."""
    smtp_port: Port = 25
    smtp_security: Literal["none", "starttls", "tls"] = "starttls"
    smtp_from: str = ""
    smtp_user: str = ""
    smtp_password_file: Path | None = None
    smtp_attempts: int = Field(default=12, ge=1, le=100)
    """Tries after which a mail is given up, visibly."""
    smtp_backoff_seconds: float = Field(default=5.0, gt=0)
    """Pause after the first failed try; it triples with each, up to an hour."""
    smtp_timeout_seconds: float = Field(default=30.0, gt=0, le=300)

    @model_validator(mode="after")
    def _mail(self) -> "Settings":
        if self.smtp_host and not is_address(self.smtp_from):
            raise ValueError("smtp_host is set: smtp_from must be an address, such as office@example.org")
        if bool(self.smtp_user) != (self.smtp_password_file is not None):
            raise ValueError("smtp_user and smtp_password_file go together")
        if self.smtp_user and self.smtp_security == "none":
            raise ValueError(
                "smtp_user is set: smtp_security must be starttls or tls, no password travels open"
            )
        return self

"""What an operator sets for the officers' API, as QX_OFFICERS_* variables."""

import ssl
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from services.kit.outside import unread
from services.kit.sealsettings import SealingSettings
from services.kit.settings import EngineSettings, Port, StoreSettings, Words


class Settings(StoreSettings, EngineSettings, SealingSettings):
    """Where the others are, how long things last, and which files hold the secrets."""

    model_config = SettingsConfigDict(env_prefix="QX_OFFICERS_", frozen=True, extra="forbid")

    port: Port = 8080
    registry_url: str = "http://127.0.0.1:8081"
    registry_token_file: Path
    """A file with the token that the registry expects of readers."""
    notices_url: str = "http://127.0.0.1:8082"
    worker_url: str = "http://127.0.0.1:8083"
    """Where the worker answers what another policy version would have changed."""
    notices_token_file: Path
    """A file with the token that the notices service expects."""
    record_keys_dir: Path
    """The keys of what is personal in events."""
    engine_keys_dir: Path
    """The keys of what is handed to Temporal."""
    own_keys_dir: Path
    """The keys under which persons and unanswered commands are kept."""
    public_keys_dir: Path
    """The public keys of the registry, which signs what it recorded."""
    claim_key_file: Path
    """The key under which it is vouched for who asks; no other service has it."""
    journal_key_file: Path
    """The key under which the record is told what the journal has noted; it signs nothing else."""
    signing_key_file: Path
    """A file with the secret under which sign-in tokens are signed: 32 characters or more."""
    match_key_file: Path
    """A file with the secret under which ID numbers are digested: 32 characters or more, never changed."""
    admin_code_file: Path | None = None
    """A file with the one-time code of the first system administrator; read only while there is no account at all."""
    security_code_file: Path | None = None
    """Likewise of the first security administrator, who is another person."""
    audit_code_file: Path | None = None
    """Likewise of the first audit administrator, who is a third one."""
    policies_dir: Path | None = None
    """The folder of this installation's own policy versions; what lies there is taken when the record releases it."""
    journal_rows: int = Field(default=500, ge=1)
    """Rows of the journal of which the record may not know yet."""
    journal_seconds: float = Field(default=60.0, gt=0, le=3600)
    """Seconds that a row may stand there before the record is told."""
    roles_policy: str = "2026.1"
    """The policy version whose roles and separation rules hold for accounts."""
    token_minutes: int = Field(default=15, ge=1, le=60)
    """How long a session lasts without being renewed."""
    passkey_origin: Annotated[str, Field(pattern=r"^(https?://[A-Za-z0-9.\-]+(:\d{1,5})?)?$")] = ""
    """The origin of the pages on which people sign in, for their passkeys; empty: there are none."""
    oidc_issuer: str = ""
    """The identity provider of the office, as it names itself; empty: there is none."""
    oidc_client_id: str = ""
    """As what the installation is registered there."""
    oidc_secret_file: Path | None = None
    """A file with the secret that goes with it."""
    oidc_redirect: str = ""
    """The origin of the pages to which the provider sends people back."""
    oidc_ca_file: Path | None = None
    """The authority that certifies the provider, where it is none of those that everybody believes."""
    oidc_acr: Words = ()
    """Classes of authentication that stand for our second factor, as the provider writes them; none by itself."""
    oidc_amr: Words = ()
    """Likewise methods, of which one is enough."""
    session_hours: float = Field(default=8.0, gt=0, le=24)
    """How long a session lasts however often it is renewed."""
    draft_days: int = Field(default=14, ge=1, le=14)
    """Days that what somebody has begun to write is kept at most."""
    document_bytes: int = Field(default=5 * 1024 * 1024, ge=1024, le=5 * 1024 * 1024)
    """Bytes that an uploaded paper may have."""
    bundle_hours: int = Field(default=24, ge=1, le=72)
    """Hours after which what was signed at once, and could not be sent, is not sent any more."""
    command_wait: float = Field(default=10.0, gt=0, le=60)
    """Seconds that a write waits for the record before it answers 202."""
    own_reads_wait: float = Field(default=2.0, gt=0, le=10)
    """Seconds that a write waits until the caller's next read shows it."""
    person_rate: float = Field(default=50.0, gt=0)
    """Requests a second of one person in the long run, and of a minute at once."""
    address_rate: float = Field(default=100.0, gt=0)
    """The same of one address, but for this machine's own."""
    refusal_seconds: float = Field(default=2.0, ge=0, le=10)
    """After how long whoever may not even try to sign in is told so: asked for in a loop it would take a processor."""
    standing_seconds: float = Field(default=2.0, ge=0, le=5)
    """How long an account's standing may be remembered: within it a change elsewhere takes effect."""

    @property
    def oidc_verify(self) -> ssl.SSLContext | bool:
        """How the provider is known: for the client's option of that name."""
        return (
            True if self.oidc_ca_file is None else ssl.create_default_context(cafile=str(self.oidc_ca_file))
        )

    @model_validator(mode="after")
    def _provider(self) -> "Settings":
        """All of a provider or nothing of it, and nothing that could be read on the way."""
        needed = (self.oidc_issuer, self.oidc_client_id, self.oidc_secret_file, self.oidc_redirect)
        more = (self.oidc_ca_file, *self.oidc_acr, *self.oidc_amr)
        if not any((*needed, *more)):
            return self
        if not all(needed):
            raise ValueError("oidc_issuer, oidc_client_id, oidc_secret_file and oidc_redirect go together")
        for name, address in (("oidc_issuer", self.oidc_issuer), ("oidc_redirect", self.oidc_redirect)):
            if not unread(address) or "?" in address:
                raise ValueError(f"{name} must be an address of https, or of this machine, without a query")
        return self

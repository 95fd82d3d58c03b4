"""Settings of the worker."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.kit.sealsettings import SealingSettings
from services.kit.settings import EngineSettings, Port

CACHED_MIB = 0.39
"""Memory that a workflow takes between its tasks, as measured: a nomination in consultation 0.31 MiB, one with all
its replies 0.39. Half as much for one just opened, so a full cache of young cases stays below what it may take."""


class Settings(EngineSettings, SealingSettings):
    """Where the engines are, and how much runs at once."""

    model_config = SettingsConfigDict(env_prefix="QX_WORKER_", frozen=True, extra="forbid")

    port: Port = 8083
    """Where the health check answers."""
    record_keys_dir: Path
    """The keys of what is personal in events."""
    engine_keys_dir: Path
    """The keys of what is handed to Temporal."""
    public_keys_dir: Path
    """The public keys of those who sign claims."""
    step_key_file: Path
    """The key under which steps are signed; no other service has it."""
    errand_key_file: Path
    """The key under which it is vouched for what one case asks of another; no other service has it."""
    registry_url: str = "http://127.0.0.1:8081"
    """Where the record is read from its beginning, which only resuming from it does."""
    registry_token_file: Path | None = None
    """A file with the token that the registry expects of readers."""
    policies_dir: Path | None = None
    """The folder of this installation's own policy versions; what lies there is taken when the record releases it."""
    cache_mib: int = Field(default=400, ge=1)
    """Memory for workflows between their tasks: by default enough for the cases of one large batch."""
    record_seconds: float = Field(default=10.0, gt=0)
    """How long one try waits for the record's answer."""

    @property
    def cached_workflows(self) -> int:
        """How many workflows are kept in memory between their tasks; one that is not is replayed."""
        return max(1, int(self.cache_mib / CACHED_MIB))

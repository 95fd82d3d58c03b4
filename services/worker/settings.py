"""Settings of the worker."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.kit.settings import Port, ServiceSettings

CACHED_MIB = 0.32
"""Memory that a workflow takes between its tasks, as measured: a nomination in consultation 0.27 MiB, one with all
its replies 0.33. Half as much for one just opened, so a full cache of young cases stays below what it may take."""


class Settings(ServiceSettings):
    """Where the engines are, and how much runs at once."""

    model_config = SettingsConfigDict(env_prefix="QX_WORKER_", frozen=True, extra="forbid")

    port: Port = 8083
    """Where the health check answers."""
    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    cache_mib: int = Field(default=320, ge=1)
    """Memory for workflows between their tasks: by default enough for the cases of one large batch."""
    receipt_seconds: float = Field(default=10.0, gt=0)
    """How long one try waits for the record's receipts."""

    @property
    def cached_workflows(self) -> int:
        """How many workflows are kept in memory between their tasks; one that is not is replayed."""
        return int(self.cache_mib / CACHED_MIB)

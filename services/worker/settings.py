"""Settings of the worker."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.kit.settings import Port, ServiceSettings


class Settings(ServiceSettings):
    """Where the engines are, and how much runs at once."""

    model_config = SettingsConfigDict(env_prefix="QX_WORKER_", frozen=True, extra="forbid")

    port: Port = 8083
    """Where the health check answers."""
    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    cached_workflows: int = Field(default=2000, ge=1)
    """Workflows kept in memory between their tasks; one that is not is replayed."""
    receipt_seconds: float = Field(default=10.0, gt=0)
    """How long one try waits for the record's receipts."""

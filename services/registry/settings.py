"""What an operator sets for the registry, as QX_REGISTRY_* variables."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.kit.settings import Port, StoreSettings


class Settings(StoreSettings):
    """The registry holds no sealing key: it stores what is sealed and cannot open it. It signs what it recorded."""

    model_config = SettingsConfigDict(env_prefix="QX_REGISTRY_", frozen=True, extra="forbid")

    port: Port = 8081
    token_file: Path
    """A file with the token that readers of the record present."""
    public_keys_dir: Path
    """The public keys of those who may sign a step (`step`) or make a claim (`claim`, `errand`)."""
    entry_key_file: Path
    """The key with which the registry signs what it publishes."""
    batch: int = Field(default=256, ge=1, le=1024)
    """Steps written in one transaction at most."""

"""What an operator may set for the embedded system; the rest follows from it (environment.py)."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.ctl.layout import Ports


class Settings(BaseSettings):
    """Read from QX_*. Every value has a default that works on one machine; no secret is among them."""

    model_config = SettingsConfigDict(env_prefix="QX_", frozen=True, extra="ignore")

    var: Path = Path("var")
    processes: Literal["together", "apart"] = "together"
    """`together`: our services share one process; `apart`: one process each."""
    database: str = "sqlite"
    """`sqlite`, or postgresql://user:password@host:port: then each service has a database there."""
    port_api: int = Field(default=8080, ge=1, le=65535)
    port_registry: int = Field(default=8081, ge=1, le=65535)
    port_notices: int = Field(default=8082, ge=1, le=65535)
    port_worker: int = Field(default=8083, ge=1, le=65535)
    port_console: int = Field(default=8088, ge=1, le=65535)
    port_temporal: int = Field(default=7233, ge=1, le=65535)
    port_temporal_http: int = Field(default=8233, ge=1, le=65535)
    port_nats: int = Field(default=4222, ge=1, le=65535)
    port_nats_monitor: int = Field(default=8222, ge=1, le=65535)

    @model_validator(mode="after")
    def _understood(self) -> Self:
        if self.database != "sqlite" and not self.database.startswith("postgresql://"):
            raise ValueError("QX_DATABASE is neither `sqlite` nor postgresql://user:password@host:port")
        named = self.ports.named()
        for _, port in named:
            twins = [other for other, same in named if same == port]
            if len(twins) > 1:
                raise ValueError(f"{' and '.join(twins)} are both {port}: give each its own port")
        return self

    @property
    def ports(self) -> Ports:
        """The listeners' ports as one value."""
        return Ports(
            api=self.port_api,
            registry=self.port_registry,
            notices=self.port_notices,
            temporal=self.port_temporal,
            temporal_http=self.port_temporal_http,
            nats=self.port_nats,
            nats_monitor=self.port_nats_monitor,
            worker=self.port_worker,
            console=self.port_console,
        )

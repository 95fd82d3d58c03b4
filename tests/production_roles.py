"""PostgreSQL as deploy/postgres/ makes it: the roles of production, each with a password of its own."""

import importlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from services.kit.settings import StoreSettings
from tests.servers import HOST, PostgresServer

ROOT = Path(__file__).parents[1]
INIT, CLOSE = "init.sql", "close.sql"
SERVICES = ("officers", "registry", "notices")
NAMES = (*SERVICES, *(f"migrate-{service}" for service in SERVICES))


def passwords(folder: Path) -> Path:
    """A file for each role, as deploy/secrets.sh makes them; the folder."""
    for name in NAMES:
        (folder / f"postgres-{name}").write_text(f"only-for-this-test-{name}\n")
    return folder


def run(server: PostgresServer, secrets: Path, script: str) -> subprocess.CompletedProcess[str]:
    """What one of the two jobs of the superuser does."""
    psql = Path(server.command[0]).with_name("psql")
    command = [
        psql,
        "--host",
        HOST,
        "--port",
        str(server.port),
        "--username",
        "postgres",
        "--quiet",
        "-f",
        ROOT / "deploy" / "postgres" / script,
    ]
    environment = {**os.environ, "PGPASSWORD": server.password, "QX_SECRETS": str(secrets)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def settings_of(server: PostgresServer, secrets: Path, service: str) -> Callable[[str, str], StoreSettings]:
    """The service's settings for a role and the secret with its password."""

    def settings(role: str, secret: str) -> StoreSettings:
        found: type[StoreSettings] = importlib.import_module(f"services.{service}.settings").Settings
        files = {
            field: secrets / "postgres-officers"
            for field, of in found.model_fields.items()
            if of.is_required()
        }
        return found.model_validate(
            {
                **files,
                "database_url": url_of(server, service, role),
                "database_password_file": secrets / f"postgres-{secret}",
                "owner_role": f"qx_{service}_owner",
                "app_role": f"qx_{service}",
            }
        )

    return settings


def url_of(server: PostgresServer, service: str, role: str) -> str:
    """Where a role finds the service's database; the password is in its file."""
    return f"postgresql+asyncpg://{role}@{HOST}:{server.port}/qx_{service}"


async def migrated(server: PostgresServer, secrets: Path, service: str) -> None:
    """What the service's migration job does."""
    main = importlib.import_module(f"services.{service}.main")
    settings = settings_of(server, secrets, service)
    await main.TABLES.migrate(settings(f"qx_{service}_migrate", f"migrate-{service}"))

"""The README's first session works as printed, also where each service has the rights of production and no others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.first_session import check, walked
from tests.production_roles import CLOSE, INIT, SERVICES, migrated, passwords, run, url_of
from tests.servers import PostgresServer, postgres


@pytest.mark.timeout(900)
async def test_the_first_session_of_the_readme_works_as_printed(tmp_path: Path) -> None:
    check(*await walked(tmp_path, {}))


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    with postgres() as started:
        yield started


@pytest.mark.deep
@pytest.mark.timeout(900)
async def test_it_works_on_the_databases_of_production(server: PostgresServer, tmp_path: Path) -> None:
    """No service may do more in its database than production lets it, and each has what the session takes."""
    secrets = passwords(tmp_path)
    assert run(server, secrets, INIT).returncode == 0
    given = {}
    for service in SERVICES:
        await migrated(server, secrets, service)
        given |= {
            f"QX_{service.upper()}_DATABASE_URL": url_of(server, service, f"qx_{service}"),
            f"QX_{service.upper()}_DATABASE_PASSWORD_FILE": str(secrets / f"postgres-{service}"),
            f"QX_{service.upper()}_MIGRATE_ON_START": "false",
        }
    assert run(server, secrets, CLOSE).returncode == 0
    check(*await walked(tmp_path, given))

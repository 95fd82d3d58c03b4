"""The newest revision is told by the files' names; the migration library, which knows better, must agree."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from services.kit.db import Database
from services.kit.migrating import migrate
from services.kit.revisions import NotMigratedError, ensure_current, newest

ROOT = Path(__file__).parents[3]
PACKAGES = sorted(
    ".".join(folder.relative_to(ROOT).parts) for folder in (ROOT / "services").glob("*/migrations")
)


def head(folder: Path) -> str | None:
    return ScriptDirectory(str(folder), version_locations=[str(folder)]).get_current_head()


def test_there_are_services_with_tables() -> None:
    assert "services.registry.migrations" in PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_the_last_by_name_is_the_newest(package: str) -> None:
    assert newest(package) == head(ROOT.joinpath(*package.split(".")))


@pytest.mark.parametrize("package", PACKAGES)
async def test_tables_at_another_revision_are_refused(package: str, tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'one.db'}"
    await migrate(url, package)
    database = Database(url)
    try:
        await ensure_current(database, package)
        async with database.connection() as connection:
            table = f"{package.split('.')[1]}_revision"
            await connection.exec_driver_sql(f"UPDATE {table} SET version_num = '20200101_first'")
        with pytest.raises(NotMigratedError, match="at revision 20200101_first, the code expects"):
            await ensure_current(database, package)
    finally:
        await database.close()

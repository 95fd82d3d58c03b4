"""The one door to the migration library. Imported on use: see `revisions.py`."""

from typing import Any

from services.kit.hidden import hidden
from services.kit.revisions import folder, version_table

# Its templates take what colours source code along, 5 MiB that every first start kept.
with hidden("pygments"):
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory


def upgrade(connection: Any, package: str) -> None:
    """Apply every missing revision of the package in the connection's transaction."""
    scripts = ScriptDirectory(str(folder(package)), version_locations=[str(folder(package))])

    def missing(revision: Any, context: MigrationContext) -> Any:
        return scripts._upgrade_revs("head", revision)

    with EnvironmentContext(Config(), scripts, fn=missing) as environment:
        environment.configure(
            connection=connection,
            version_table=version_table(package),
            transactional_ddl=True,
            render_as_batch=True,
        )
        environment.run_migrations()

"""The tables that belong to one service: how they are made and opened is the same in all of them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from services.kit.db import Database
from services.kit.migrating import migrate
from services.kit.revisions import ensure_current
from services.kit.settings import StoreSettings


@dataclass(frozen=True)
class OwnTables:
    """The service's revisions, as `services.<name>.migrations`, and all that its own role may do, table by table."""

    package: str
    rights: Mapping[str, str]

    async def migrate(self, settings: StoreSettings) -> None:
        """Bring the tables to the newest revision; nothing changes when they are there."""
        await migrate(
            settings.dsn(),
            self.package,
            owner_role=settings.owner_role,
            app_role=settings.app_role,
            grants=self.rights,
        )

    @asynccontextmanager
    async def opened(self, settings: StoreSettings, owner_role: str = "") -> AsyncIterator[Database]:
        """The database for as long as this lasts. Raises NotMigratedError when its tables are not the newest.

        `owner_role` is named by whoever comes with a migration's login, which by itself may read nothing.
        """
        database = Database(settings.dsn())
        try:
            await ensure_current(database, self.package, owner_role)
            yield database
        finally:
            await database.close()

    @asynccontextmanager
    async def at_start(self, settings: StoreSettings) -> AsyncIterator[Database]:
        """As `opened`, for a service that starts: it first migrates when its settings say so."""
        if settings.migrate_on_start:
            await self.migrate(settings)
        async with self.opened(settings) as database:
            yield database

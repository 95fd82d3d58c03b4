"""Which revision a service's tables have and which one its code expects, asked without the migration library.

That library takes longer to import than a start has time for, and is needed only where the two differ.
"""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

from services.kit.db import Database, Unit
from services.kit.settings import SettingsError

_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class NotMigratedError(SettingsError):
    """The tables are not those the code expects; the message says how to migrate."""


async def ensure_current(database: Database, package: str, owner_role: str = "") -> None:
    """Return when the tables, seen as `owner_role`, are of the newest revision; raise NotMigratedError otherwise."""
    async with database.connection() as connection:
        await connection.run_sync(become, owner_role)
        found = await connection.run_sync(current, package)
    if found != newest(package):
        raise NotMigratedError(
            f"{service(package)}: the tables are at revision {found or 'none'}, the code expects "
            f"{newest(package)}; run `python -m services.{service(package)} migrate` first"
        )


def become(connection: Unit, owner_role: str) -> None:
    """Act as the tables' owner until the transaction ends; nothing on SQLite, or when no role is named."""
    if connection.dialect.name == "postgresql" and checked(owner_role):
        connection.exec_driver_sql(f'SET LOCAL ROLE "{owner_role}"')


def checked(role: str) -> str:
    """The name of a role. Raises SettingsError for what is none."""
    if role and not _ROLE.fullmatch(role):
        raise SettingsError(f"role {role!r} is not a name: lower-case letters, digits and underscores only")
    return role


def current(connection: Any, package: str) -> str:
    """The revision of the tables behind a connection; empty when they were never migrated."""
    table = version_table(package)
    if not connection.dialect.has_table(connection, table):
        return ""
    return connection.exec_driver_sql(f'SELECT version_num FROM "{table}"').scalar() or ""  # noqa: S608


def newest(package: str) -> str:
    """The revision that the code expects: the last by name. The names of the files begin with their day."""
    return max(path.stem for path in folder(package).glob("r*.py")).removeprefix("r")


def folder(package: str) -> Path:
    """Where the revisions of a package such as `services.registry.migrations` lie."""
    location = import_module(package).__file__
    if location is None:
        raise SettingsError(f"{package} has no __init__.py")
    return Path(location).parent


def service(package: str) -> str:
    """The service whose revisions these are."""
    return package.split(".")[1]


def version_table(package: str) -> str:
    """The table that holds the revision; each service has its own, so that they may share a database."""
    return f"{service(package)}_revision"

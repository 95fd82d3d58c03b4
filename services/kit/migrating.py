"""Bring a service's tables to what its code expects. Each service has its own revisions and version table."""

import asyncio
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from services.kit.db import Database
from services.kit.revisions import become, checked, current, newest, service, version_table

LOCK_LIMIT = "5s"
"""A migration that cannot get a table's lock in this time fails instead of making readers queue behind it."""

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def migrate(
    database_url: str,
    package: str,
    *,
    owner_role: str = "",
    app_role: str = "",
    grants: Mapping[str, str] | None = None,
) -> None:
    """Apply every missing revision of `package` (such as `services.registry.migrations`) in one transaction.

    Running it again changes nothing. On PostgreSQL the tables belong to `owner_role` when one is named, and
    `app_role` gets the rights that `grants` lists per table, no others.
    """
    checked(owner_role)
    checked(app_role)
    database = Database(database_url)
    try:
        async with _turn(), database.connection() as connection:
            await connection.run_sync(_upgrade, package, owner_role)
            if database.dialect == "postgresql" and app_role:
                for statement in _grants(package, app_role, grants or {}):
                    await connection.exec_driver_sql(statement)
    finally:
        await database.close()


def _turn() -> asyncio.Lock:
    """One migration at a time in this process: the library's `op` is one for all that run at once."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())


def _upgrade(connection: Any, package: str, owner_role: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_LIMIT}'")
        # Two migrations started at once: the second waits for the first and then finds nothing to do.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock(hashtext('migrate {service(package)}'))")
        become(connection, owner_role)
    if current(connection, package) != newest(package):
        from services.kit.upgrading import upgrade

        upgrade(connection, package)


def _grants(package: str, app_role: str, grants: Mapping[str, str]) -> list[str]:
    rights = {**grants, version_table(package): "SELECT"}
    statements = [f'GRANT USAGE ON SCHEMA public TO "{app_role}"']
    for table, right in rights.items():
        statements += [
            f'REVOKE ALL ON "{table}" FROM "{app_role}"',
            f'GRANT {right} ON "{table}" TO "{app_role}"',
        ]
    return statements

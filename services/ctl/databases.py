"""A database per service on a PostgreSQL server; SQLite files make themselves."""

from services.ctl.environment import WITH_TABLES, database_name
from services.ctl.errors import OperatorError
from services.ctl.supervisor import Say


async def create_missing(server: str, say: Say) -> None:
    """Create the databases that are not there yet. Raises OperatorError when the server does not let us."""
    if server == "sqlite":
        return
    import asyncpg  # type: ignore[import-untyped]  # on use: most systems keep SQLite

    try:
        connection = await asyncpg.connect(f"{server.rstrip('/')}/postgres", timeout=10)
        try:
            known = {row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")}
            for name in (database_name(service) for service in WITH_TABLES):
                if name not in known:
                    await connection.execute(f'CREATE DATABASE "{name}"')
                    say(f"database {name} is created")
        finally:
            await connection.close()
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as reason:
        # The address holds a password, so only the kind of failure is told.
        raise OperatorError(
            f"The PostgreSQL server in QX_DATABASE cannot be used ({type(reason).__name__}): check address, "
            "user and password, and that the user may create databases"
        ) from reason

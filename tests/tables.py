"""What stands in a database, as a digest of each table: for what must be the same after it was made anew."""

import hashlib
import sqlite3
from contextlib import closing

import psycopg

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_FILES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


def digest(database_url: str) -> dict[str, str]:
    """A digest of the rows of each table."""
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(database_url.partition("///")[2])) as connection:
            names = [name for (name,) in connection.execute(_FILES)]
            rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    else:
        with psycopg.connect(database_url.replace("+asyncpg", "")) as other:
            names = [str(name) for (name,) in other.execute(_TABLES)]
            rows = {name: other.execute(f"SELECT * FROM {name}".encode()).fetchall() for name in names}
    return {
        name: hashlib.sha256(repr(sorted(map(repr, found))).encode()).hexdigest()
        for name, found in rows.items()
    }

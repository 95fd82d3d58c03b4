"""What the API of a test stands on: settings, keys, tables and routes. What is equal is made once in a process."""

import contextlib
import secrets
import sqlite3
from copy import copy
from pathlib import Path

import httpx2
from fastapi import FastAPI
from sqlalchemy import make_url
from starlette.datastructures import State

from services.ctl.keys import Keys
from services.kit.db import Database
from services.kit.migrating import migrate
from services.officers.app import make_app
from services.officers.main import TABLES
from services.officers.office import Office
from services.officers.settings import Settings
from tests.claims import KeySet


def nobody(request: httpx2.Request) -> httpx2.Response:
    """Registry and notices that are not there. Raises httpx2.ConnectError."""
    raise httpx2.ConnectError("nobody listens", request=request)


_applications: list[FastAPI] = []


def application(office: Office) -> FastAPI:
    """The application over these parts. Its routes are the same for every office, and are read once in a process."""
    if not _applications:
        _applications.append(make_app(office, {}))
    app = copy(_applications[0])
    app.state = State({"office": office})
    return app


async def limited_tables(settings: Settings) -> Settings:
    """Tables in the empty database, and settings to work there under a role of its own."""
    limited = of_the_api(settings.database_url)
    if limited == settings.database_url:
        await TABLES.migrate(settings)
        return settings
    database = Database(settings.database_url)
    async with database.connection() as connection:
        await connection.exec_driver_sql(
            "DO $$ BEGIN CREATE ROLE officers_app LOGIN PASSWORD 'only-for-tests'; "
            "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
    await database.close()
    await TABLES.migrate(settings.model_copy(update={"app_role": "officers_app"}))
    return settings.model_copy(update={"database_url": limited})


def of_the_api(database_url: str) -> str:
    """The same database under the role that the rig gives the API there; on SQLite there are no roles."""
    url = make_url(database_url)
    if url.get_backend_name() != "postgresql":
        return database_url
    return url.set(username="officers_app", password="only-for-tests").render_as_string(hide_password=False)


_migrated: list[bytes] = []


async def copy_of_migrated(path: Path) -> None:
    """Put a new SQLite database with every table there."""
    if not _migrated:
        await migrate(f"sqlite+aiosqlite:///{path}", TABLES.package)
        _migrated.append(_whole(path))
    _put(path, _migrated[0])


def _whole(path: Path) -> bytes:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


_keys: dict[str, tuple[int, bytes | None]] = {}
"""Below a folder of keys the mode and the content of each file; a folder has none."""


def _keys_in(folder: Path) -> Keys:
    """Keys in the folder, put there if they are not. Each key that is made waits for the disk."""
    if not _keys:
        KeySet.make(folder)
        for path in (folder, *sorted(folder.rglob("*"))):
            content = path.read_bytes() if path.is_file() else None
            _keys[str(path.relative_to(folder))] = (path.stat().st_mode, content)
    if not folder.exists():
        for name, (mode, content) in _keys.items():
            path = folder / name
            path.mkdir() if content is None else path.write_bytes(content)
            path.chmod(mode)
    return Keys(folder)


def settings_in(directory: Path, database_url: str) -> Settings:
    """Settings of a process whose keys and secrets lie in the directory; made there if they are not."""
    keys = _keys_in(directory / "keys")
    files = {}
    for name in ("registry_token_file", "notices_token_file", "signing_key_file", "match_key_file"):
        files[name] = directory / name
        if not files[name].exists():
            files[name].write_text(secrets.token_urlsafe(32))
    return Settings(
        database_url=database_url,
        record_keys_dir=keys.keyring("record"),
        people_keys_dir=keys.people,
        wrapping_keys_dir=keys.keyring("wrapping"),
        engine_keys_dir=keys.keyring("engine"),
        own_keys_dir=keys.keyring("officers/store"),
        public_keys_dir=keys.public,
        claim_key_file=keys.signing("claim"),
        journal_key_file=keys.signing("journal"),
        registry_url="http://127.0.0.1:9",
        notices_url="http://127.0.0.1:10",
        policies_dir=directory / "policies",
        # What many tests share is asked under the tokens with which it was begun.
        token_minutes=60,
        own_reads_wait=0.5,
        command_wait=0.5,
        refusal_seconds=0,
        **files,
    )

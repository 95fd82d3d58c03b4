"""The stream RECORD is deleted while a batch runs: nothing is lost, and whoever follows the record ends equal."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from services.ctl.demo.play import Play
from services.ctl.demo.story import Story
from services.ctl.settings import Settings
from tests.played import System, ctl, play, settings_in, system, wrong
from tests.tables import digest
from tests.waiting import until

FOLLOWERS = ("officers", "notices")
STORIES = (Story.CLEAN, Story.HARD_VETO, Story.CLEAN)
MIDDLE = 40
"""Completed tasks after which the stream is lost."""


async def lose_the_stream(play: Play, on: System) -> None:
    """Stop the broker, delete all that it kept, start it."""
    while len(play.done) < MIDDLE:
        await asyncio.sleep(0.02)
    assert not play.all_filed(), "the batch was over before: use more cases"
    on.lose("nats", on.layout.nats / "store")
    await on.ready_again("nats")


def ask(on: System, name: str, query: str) -> list[tuple[object, ...]]:
    """Rows of a service's database, read beside it."""
    with closing(sqlite3.connect(on.layout.databases / f"{name}.db")) as connection:
        return connection.execute(query).fetchall()


def level(on: System) -> bool:
    """Whether both followers stand at the record's last entry, and no case waits."""
    head = ask(on, "registry", "SELECT entry_index, entry_hash FROM entries ORDER BY 1 DESC LIMIT 1")
    places = [ask(on, name, "SELECT entry_index, entry_hash FROM followed") for name in FOLLOWERS]
    return places == [head, head] and not any(ask(on, name, "SELECT * FROM stuck") for name in FOLLOWERS)


def digests(settings: Settings) -> dict[str, dict[str, str]]:
    """Of every table of both followers but their place: the record may be told of the journal meanwhile."""
    folder = settings.var.resolve() / "db"
    found = {name: digest(f"sqlite+aiosqlite:///{folder / name}.db") for name in FOLLOWERS}
    for tables in found.values():
        tables.pop("followed", None)
    return found


@pytest.mark.timeout(300)
async def test_whoever_follows_the_record_ends_equal_without_the_stream_and_anew(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    async with system(settings) as on:
        batch, shown = await play(on, STORIES, lose_the_stream)
        assert wrong(batch, shown) == []
        await until(lambda: level(on), seconds=60)
        made = (on.layout.logs / "registry.log").read_text().count("stream is missing and is made")
        assert made == 2, "the stream was made at the first start, and once more after it was lost"
    before = digests(settings)
    for name in FOLLOWERS:
        await ctl(settings, "rebuild", name)
    emptied = digests(settings)
    assert all(emptied[name] != before[name] for name in FOLLOWERS)
    async with system(settings) as on:
        await until(lambda: level(on), seconds=60)
    assert digests(settings) == before

"""The stream RECORD and Temporal's database are deleted while a batch runs: it ends as it would have, from the record.

Nothing is lost, and whoever follows the record ends equal, also when they begin anew.
"""

import asyncio
import json
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
STORIES = (Story.CLEAN, Story.PANEL_VETO, Story.WITHDRAWS, Story.CLEAN)
BEFORE_THE_STREAM, BEFORE_THE_ENGINE = 30, 60
"""Completed tasks after which each is lost."""
GOES_ON = 10
"""Tasks that people complete without the old stream, before the engine is lost."""


async def lose_both(play: Play, on: System) -> None:
    """Lose the stream, and when the work has gone on, the engine."""
    await done(play, BEFORE_THE_STREAM)
    on.lose("nats", on.layout.nats / "store")
    await on.ready_again("nats")
    await done(play, max(BEFORE_THE_ENGINE, len(play.done) + GOES_ON))
    on.lose("temporal", *on.layout.temporal.glob("temporal.db*"))
    await on.ready_again("temporal")
    told = json.loads(await on.ctl("resume-from-record"))
    assert told["open"] == told["resumed"] >= 3, told


async def done(play: Play, tasks: int) -> None:
    """Wait until so many tasks are completed, in the middle of the batch."""
    while len(play.done) < tasks:
        await asyncio.sleep(0.02)
    assert not play.all_filed(), "the batch was over before: use more cases"


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


@pytest.mark.timeout(900)
async def test_a_batch_whose_stores_were_lost_ends_as_it_would_have_and_its_followers_equal(
    tmp_path: Path,
) -> None:
    settings = settings_in(tmp_path)
    async with system(settings) as on:
        batch, shown = await play(on, STORIES, lose_both)
        assert wrong(batch, shown) == []
        await until(lambda: level(on))
        made = (on.layout.logs / "registry.log").read_text().count("stream is missing and is made")
        assert made == 2, "the stream was made at the first start, and once more after it was lost"
    before = digests(settings)
    for name in FOLLOWERS:
        await ctl(settings, "rebuild", name)
    emptied = digests(settings)
    assert all(emptied[name] != before[name] for name in FOLLOWERS)
    async with system(settings) as on:
        await until(lambda: level(on))
    assert digests(settings) == before

"""Temporal's database is deleted in the middle of a batch: taken up from the record, it ends as it would have."""

import asyncio
import json
from pathlib import Path

import pytest

from services.ctl.demo.play import Play
from services.ctl.demo.story import Story
from tests.played import System, play, settings_in, system, wrong

STORIES = (Story.CLEAN, Story.PANEL_VETO, Story.WITHDRAWS)
MIDDLE = 50
"""Completed tasks after which the database is lost."""


async def lose_the_engine(play: Play, on: System) -> None:
    """Stop Temporal, delete its files, start it, and take every case up from the record."""
    while len(play.done) < MIDDLE:
        await asyncio.sleep(0.02)
    assert not play.all_filed(), "the batch was over before: use more cases"
    on.lose("temporal", *on.layout.temporal.glob("temporal.db*"))
    await on.ready_again("temporal")
    told = json.loads(await on.ctl("resume-from-record"))
    assert told["open"] == told["resumed"] >= 3, told


@pytest.mark.timeout(300)
async def test_a_batch_whose_engine_was_lost_ends_with_the_same_outcomes(tmp_path: Path) -> None:
    async with system(settings_in(tmp_path)) as on:
        batch, shown = await play(on, STORIES, lose_the_engine)
    assert wrong(batch, shown) == []

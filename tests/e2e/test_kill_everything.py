"""Every process is killed in turn while people act: nothing is lost, nothing happens twice, the record verifies."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from services.ctl.demo.play import Play
from services.ctl.demo.story import Story
from tests.played import System, play, settings_in, system, wrong

VICTIMS = ("worker", "officers", "registry", "nats", "temporal", "notices")
STORIES = (Story.CLEAN, Story.WITHDRAWS)
REMOVALS = (Story.REMOVAL,)
FIRST_KILL = 6
"""Completed tasks before the first kill, and again between one process being back and the next kill."""
BETWEEN = 5


async def kill_each(play: Play, on: System) -> None:
    """Kill each victim once and wait until the supervisor has brought it back."""
    wanted = FIRST_KILL
    for victim in VICTIMS:
        while len(play.done) < wanted:
            await asyncio.sleep(0.02)
            assert not play.all_filed(), f"the batch was over before {victim} was killed: use more cases"
        os.kill(int((on.layout.run / f"{victim}.pid").read_text()), signal.SIGKILL)
        await on.ready_again(victim)
        wanted = len(play.done) + BETWEEN


@pytest.mark.timeout(900)
async def test_killing_every_process_in_turn_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    async with system(settings_in(tmp_path)) as on:
        batch, shown = await play(on, STORIES, kill_each, REMOVALS)
    assert wrong(batch, shown) == []
    kills = [line for line in on.said if "SIGKILL" in line]
    assert len(kills) == len(VICTIMS)
    assert {part.story for part in batch.play.parts.values()} == {*STORIES, Story.REMOVAL, Story.LINKED}

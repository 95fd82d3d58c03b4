"""Every process is killed in turn while people act: nothing is lost, nothing happens twice, the record verifies."""

import asyncio
import os
import signal
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from services.ctl.demo.client import Account, Api
from services.ctl.demo.ending import faults
from services.ctl.demo.play import Play
from services.ctl.demo.reading import read_all
from services.ctl.demo.roster import nominations
from services.ctl.demo.stage import perform
from services.ctl.demo.story import Story
from services.ctl.embedded import ADMIN, running
from services.ctl.probes import free_ports
from services.ctl.settings import Settings

VICTIMS = ("worker", "officers", "registry", "nats", "temporal", "notices")
STORIES = (Story.CLEAN, Story.WITHDRAWS, Story.CLEAN, Story.CLEAN)
FIRST_KILL = 6
"""Completed tasks before the first kill, and again between one process being back and the next kill."""
BETWEEN = 5


class Killer:
    """Kills each victim once and waits until the supervisor has brought it back."""

    def __init__(self, var: Path) -> None:
        self.said: list[str] = []
        self.killed_at: dict[str, int] = {}
        self._var = var

    async def __call__(self, play: Play) -> None:
        wanted = FIRST_KILL
        for victim in VICTIMS:
            while len(play.done) < wanted:
                await asyncio.sleep(0.02)
                assert not play.all_filed(), f"the batch was over before {victim} was killed: use more cases"
            self.killed_at[victim] = len(play.done)
            os.kill(int((self._var / "run" / f"{victim}.pid").read_text()), signal.SIGKILL)
            while f"{victim} is ready again" not in self.said:
                await asyncio.sleep(0.05)
            wanted = len(play.done) + BETWEEN


@pytest.mark.timeout(240)
async def test_killing_every_process_in_turn_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    ports = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
    settings = Settings.model_validate({"var": tmp_path, "processes": "apart", **ports})
    killer = Killer(tmp_path)
    rows = nominations(len(STORIES))
    async with running(settings, os.environ, killer.said.append) as system:
        api = Api(system.api)
        try:
            admin = Account(api, ADMIN, system.vault.read("admin-password"))
            batch = await perform(
                api, admin, rows, STORIES, killer.said.append, lambda states, acts: None, killer
            )
            shown = await read_all(batch)
        finally:
            await api.close()
    kills = [line for line in killer.said if "SIGKILL" in line]
    assert len(kills) == len(VICTIMS) == len(killer.killed_at)
    assert faults(batch.play.parts.values(), shown, batch.play.notes) == []
    recorded = Counter(
        (one["case_id"], one["payload"]["kind"], one["payload"]["unit"])
        for one in shown.envelopes
        if one["type"] == "task-completed"
    )
    accepted = Counter((one.case_id, one.kind, one.unit) for one in batch.play.done)
    assert accepted - recorded == Counter(), "an act that was accepted is not on the record"
    assert recorded - accepted == Counter(), "an act is on the record more often than it was done"

"""`make demo-term` in small, under the list of 2026: one nominee in each of four districts, on request of twelve."""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

LINE = re.compile(
    r"demo-term: policy=2026\.1-term nominees=(\d+) districts=(\d+) consultations=(\d+) vetoed=(\d+) \([\d.]+ %\) "
    r"inspecting=(\d+) events=\d+ notices=\d+ minutes=[\d.]+ record=verified"
)
HISTORY = re.compile(r"largest workflow history: ([1-9]\d*) events")
DEPARTMENTS = 14
VETOED = 2


@pytest.mark.timeout(900)
@pytest.mark.parametrize("districts", [4, pytest.param(12, marks=pytest.mark.deep)])
async def test_a_term_election_ends_with_every_case_where_it_must_be_and_says_what_it_cost(
    tmp_path: Path, districts: int
) -> None:
    size = ["--per-district", "1", "--districts", str(districts)]
    command = [sys.executable, "-m", "services.ctl", "demo-term", *size, "--var", str(tmp_path)]
    run = await asyncio.create_subprocess_exec(
        *command, "--policy", "2026.1-term", env=dict(os.environ), stdout=asyncio.subprocess.PIPE
    )
    try:
        said = (await run.communicate())[0].decode()
    finally:
        if run.returncode is None:
            run.kill()
            await run.wait()
    assert run.returncode == 0, said
    counted = LINE.fullmatch(said.splitlines()[-1])
    assert counted is not None, said
    assert [int(one) for one in counted.groups()] == [
        districts,
        districts,
        districts * DEPARTMENTS,
        VETOED,
        districts - VETOED,
    ]
    assert HISTORY.search(said), said
    assert "imported again: nothing new" in said
    assert os.listdir(tmp_path) == [], "a successful run leaves nothing behind"

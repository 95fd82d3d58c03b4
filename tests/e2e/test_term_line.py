"""`make demo-term` in small: one nominee in each of the twelve districts, under the list of 2026."""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

LINE = re.compile(
    r"demo-term: policy=2026\.1-term nominees=12 districts=12 consultations=168 vetoed=2 \(16\.7 %\) inspecting=10 "
    r"events=\d+ notices=\d+ minutes=[\d.]+ record=verified"
)
HISTORY = re.compile(r"largest workflow history: ([1-9]\d*) events")


@pytest.mark.timeout(300)
async def test_a_term_election_ends_with_every_case_where_it_must_be_and_says_what_it_cost(
    tmp_path: Path,
) -> None:
    command = [
        sys.executable,
        "-m",
        "services.ctl",
        "demo-term",
        "--per-district",
        "1",
        "--var",
        str(tmp_path),
    ]
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
    assert LINE.fullmatch(said.splitlines()[-1]), said
    assert HISTORY.search(said), said
    assert "imported again: nothing new" in said
    assert os.listdir(tmp_path) == [], "a successful run leaves nothing behind"

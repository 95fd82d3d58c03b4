"""`make demo` in small, on PostgreSQL, ending with the one line that counts.

Four nominees, of whom each ends otherwise, and the removals; on request ten, with every special story.
"""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

from tests.servers import postgres

LINE = re.compile(
    r"demo: cases=(\d+) elected=(\d+) vetoed=2 withdrawn=1 removed=2 restored=2 reviews=1 "
    r"tasks=(\d+) events=(\d+) notices=(\d+) record=verified"
)
NOT_ELECTED = 3


@pytest.mark.timeout(900)
@pytest.mark.deep
@pytest.mark.parametrize("cases", [4, 10])
async def test_the_demonstration_ends_with_every_outcome_as_expected_and_a_record_that_verifies(
    tmp_path: Path, cases: int
) -> None:
    with postgres(durable=True) as server:
        account = f"postgres:{server.password}"
        settings = {"QX_DATABASE": f"postgresql://{account}@127.0.0.1:{server.port}"}
        command = [
            sys.executable,
            "-m",
            "services.ctl",
            "demo",
            "--cases",
            str(cases),
            "--var",
            str(tmp_path),
        ]
        run = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, **settings}, stdout=asyncio.subprocess.PIPE
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
    told, elected, tasks, events, notices = map(int, counted.groups())
    assert (told, elected) == (cases, cases - NOT_ELECTED)
    assert events > 2 * tasks > 0
    assert notices > 0
    assert os.listdir(tmp_path) == [], "a successful demonstration leaves nothing behind"

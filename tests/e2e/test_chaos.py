"""A small storm of what `make chaos` makes a large one: seven processes die while eight people act."""

from math import inf
from pathlib import Path
from random import randrange

import pytest

from tests.chaos.storm import Plan, storm

KILLS = 4
"""And three more at once, at the end."""
CASES = 4


@pytest.mark.deep
@pytest.mark.timeout(900)
async def test_after_a_storm_nothing_is_lost_doubled_stuck_or_forked(tmp_path: Path) -> None:
    plan = Plan(kills=KILLS, seconds=inf, rest=300, seed=randrange(10_000), cases=CASES)
    said: list[str] = []
    outcome = await storm(plan, tmp_path, said.append)
    print(f"seed {plan.seed}: {outcome.line()}")
    assert not outcome.failed, "\n".join([f"seed {plan.seed}", *outcome.findings.sentences(), *said])
    assert outcome.kills.total() >= KILLS
    assert len(outcome.told) > KILLS
    assert {one.act.path for one in outcome.told} >= {"/v1/batches", "/v1/removals"}

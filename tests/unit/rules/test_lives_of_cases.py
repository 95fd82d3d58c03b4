"""Lives of nominations and removals as chance makes them, against a small model: what must hold does.

Faults that were planted in the rules by hand, one at a time, and were each caught in a hundred lives at most: a second
signature by whoever gave the first; a hold lifted that does not stand; a step that is not known after it was recorded,
so that its retry makes it twice; an end that leaves one task open.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.models.machine import machine

STEPS = 50
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def lives(name: str, runs: int, steps: int) -> None:
    chosen = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=QUIET,
        database=None,
        derandomize=runs < 100,
    )
    run_state_machine_as_test(machine(name), settings=chosen)


@pytest.mark.parametrize("name", ["nomination", "removal"])
def test_a_few_lives(name: str) -> None:
    lives(name, 5, 20)


@pytest.mark.deep
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", ["nomination", "removal"])
def test_two_thousand_lives_of_fifty_steps(name: str) -> None:
    lives(name, 2000, STEPS)

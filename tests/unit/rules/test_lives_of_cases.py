"""Lives of nominations and removals as chance makes them, against a small model: what must hold does."""

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
@pytest.mark.parametrize("name", ["nomination", "removal"])
def test_two_thousand_lives_of_fifty_steps(name: str) -> None:
    lives(name, 2000, STEPS)

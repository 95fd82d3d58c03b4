"""Every act, in every state, by every role: the tables under tests/models/tables are what the rules say today."""

import pytest

from contracts.commands.every import COMMANDS, OPENS
from tests.models.asking import ACTS, BESIDE, ON_TASKS, TIMED
from tests.models.table import ALLOWED, FOLDER, UNREACHABLE, text
from tests.models.worlds import World, worlds
from workflows.procedure.case import RESUMPTION

WORLDS = {world.name: world for world in worlds()}
LONG = {"nomination", "removal", "tenure", "award", "data-request", "review", "access"}
"""Many seconds to minutes of rules each; those of the other kinds are in every run."""
KINDS = [pytest.param(name, marks=pytest.mark.deep if name in LONG else ()) for name in WORLDS]


def written(world: World) -> str:
    return (FOLDER / f"{world.name}.txt").read_text(encoding="utf-8")


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", KINDS)
def test_the_table_is_what_the_rules_say(name: str) -> None:
    """Write it again with `python -m tests.models.table`, and read what changed."""
    assert text(WORLDS[name]) == written(WORLDS[name])


def test_every_member_of_the_closed_union_has_an_example() -> None:
    assert {*ACTS, *ON_TASKS} | {one for one in COMMANDS if one.__name__ == "CompleteTask"} == {*COMMANDS}
    assert {*BESIDE, *TIMED} == {*ACTS}


@pytest.mark.parametrize("name", WORLDS)
def test_every_outcome_of_every_task_can_be_asked_somewhere_or_it_is_said_why_never(name: str) -> None:
    world = WORLDS[name]
    lines = written(world).splitlines()
    heads = [line for line in lines if line and not line.startswith(" ")]
    for task in world.tasks:
        for outcome in world.policy.task(task).outcomes:
            assert f"complete-task {task} {outcome}" in heads
    assert any(line.startswith(f"  {ALLOWED}") for line in lines)


@pytest.mark.parametrize("name", KINDS)
def test_what_is_open_nowhere_is_named_with_its_reason(name: str) -> None:
    assert f"  {UNREACHABLE}: everywhere" not in written(WORLDS[name]).splitlines()


def test_every_kind_of_case_has_a_table() -> None:
    assert {*WORLDS} == {*OPENS.values()}


@pytest.mark.parametrize("name", [name for name, world in WORLDS.items() if world.kind])
def test_a_kind_whose_tables_name_no_hold_is_one_that_nothing_holds(name: str) -> None:
    """No worker starts on a hold of which the tables do not say what is taken up again (`procedure/agreement.py`)."""
    world = WORLDS[name]
    assert world.kind is not None
    assert ({*RESUMPTION} <= {*world.never}) == (not world.kind.resumes)

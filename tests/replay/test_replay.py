"""Every recorded history of every release replays; a planted change of the order of commands does not."""

import json
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from services.worker.catalogue import WORKFLOWS
from tests.replay.fingerprint import COMMITTED, ROOT, SOURCES, fingerprint

HISTORIES = Path(__file__).parent / "histories"
RECORDED = sorted(path for path in HISTORIES.glob("*.json") if not path.name.startswith("must-fail"))


def replayer() -> Replayer:
    """A replayer for everything that the worker runs."""
    return Replayer(workflows=list(WORKFLOWS), data_converter=pydantic_data_converter)


def history(path: Path) -> WorkflowHistory:
    """A recorded history."""
    return WorkflowHistory.from_json(path.stem, path.read_text(encoding="utf-8"))


def test_every_workflow_has_a_recorded_history() -> None:
    kinds = {path.name.split("-")[0].split(".")[0] for path in RECORDED}
    assert kinds == {"batch", "nomination"}


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_recorded_history_replays(path: Path) -> None:
    await replayer().replay_workflow(history(path))


async def test_a_history_in_another_order_does_not_replay() -> None:
    with pytest.raises(NondeterminismError):
        await replayer().replay_workflow(history(HISTORIES / "must-fail.json"))


def test_the_order_of_commands_is_the_committed_one() -> None:
    found = fingerprint()
    assert all(any(key.startswith(source) for key in found) for source in SOURCES), (
        "the guard would be vacuous"
    )
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert found == committed, (
        "the order of commands changed: add a workflow.patched() mark and a history recorded before the change, "
        "then run `python -m tests.replay.fingerprint`"
    )


def test_a_swapped_activity_changes_the_fingerprint(tmp_path: Path) -> None:
    for source in SOURCES:
        (tmp_path / source).parent.mkdir(exist_ok=True)
        text = (ROOT / source).read_text(encoding="utf-8")
        (tmp_path / source).write_text(text.replace("names.RECORD_ACTIVITY", "names.START_CASES_ACTIVITY"))
    assert fingerprint(tmp_path) != fingerprint()

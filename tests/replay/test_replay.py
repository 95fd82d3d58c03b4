"""Every recorded history replays, whatever the rules say by now; another order of commands does not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from contracts import names
from contracts.case import CaseKind
from contracts.commands.every import OPENS
from contracts.policy import loader
from contracts.settling import Proposal, Settled
from services.worker.catalogue import WORKFLOWS
from tests.replay.other_rules import broken, otherwise, refusing
from tests.replay.record_histories import STORIES
from workflows import options
from workflows.kinds.access import kind as access
from workflows.kinds.award import kind as award
from workflows.kinds.batch import kind as batch
from workflows.kinds.enquiry import kind as enquiry
from workflows.kinds.integrity import kind as integrity
from workflows.kinds.late_roster import kind as late_roster
from workflows.kinds.nomination import kind as nomination
from workflows.kinds.policy import kind as policies
from workflows.kinds.removal import kind as removal
from workflows.kinds.review import kind as review
from workflows.kinds.screening import kind as screening
from workflows.kinds.tenure import kind as tenure
from workflows.procedure.decider import Decider
from workflows.shell import Asked, Shell

HISTORIES = Path(__file__).parent / "histories"
RECORDED = sorted(path for path in HISTORIES.glob("*.json") if not path.name.startswith("must-fail"))
HOMES = (
    access,
    award,
    batch,
    enquiry,
    integrity,
    late_roster,
    nomination,
    policies,
    removal,
    review,
    screening,
    tenure,
)
"""Where the workflows take their deciders from."""

each_history = pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)


@pytest.fixture(autouse=True)
def any_bytes_of_the_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A history pins the bytes of its policy, and a replay asks no policy: which it is does not matter here."""
    monkeypatch.setattr(loader, "digest", lambda version: ANY)


def replayer() -> Replayer:
    """A replayer for everything that the worker runs."""
    return Replayer(workflows=list(WORKFLOWS), data_converter=pydantic_data_converter)


def history(path: Path) -> WorkflowHistory:
    """A recorded history."""
    return WorkflowHistory.from_json(path.stem, path.read_text(encoding="utf-8"))


def story(path: Path) -> str:
    """What a history tells, without its release."""
    return path.name.split(".")[0]


def test_every_kind_and_branch_has_a_recorded_history() -> None:
    assert {story(path) for path in RECORDED} == STORIES.keys()
    assert {OPENS[first.act] for first, _ in STORIES.values()} == set(CaseKind)


@each_history
async def test_a_recorded_history_replays(path: Path) -> None:
    await replayer().replay_workflow(history(path))


@each_history
@pytest.mark.parametrize("swap", [otherwise, refusing, broken], ids=lambda swap: swap.__name__)
async def test_a_recorded_history_replays_under_rules_that_decide_otherwise(
    path: Path, swap: Callable[[Decider[Any]], Decider[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for home in HOMES:
        monkeypatch.setattr(home, "DECIDER", swap(home.DECIDER))
    await replayer().replay_workflow(history(path))


async def test_the_rules_that_fail_are_asked_as_soon_as_nothing_is_replayed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nomination, "DECIDER", broken(nomination.DECIDER))
    monkeypatch.setattr(workflow.unsafe, "is_replaying", lambda: False)
    path = next(path for path in RECORDED if story(path) == "nomination-clean")
    result = await replayer().replay_workflow(history(path), raise_on_replay_failure=False)
    assert "a replay asked a rule" in str(result.replay_failure)


def test_the_other_rules_left_their_mark_in_what_they_recorded() -> None:
    text = next(path for path in RECORDED if story(path) == "nomination-other-rules").read_text()
    assert "own-only" in _opened(text), "the sentence with which other_rules.py refuses"
    assert "task-reassigned" in _opened(text)


async def test_a_history_in_which_something_else_was_scheduled_does_not_replay() -> None:
    with pytest.raises(workflow.NondeterminismError, match=r"deliver.*does not match.*carry"):
        await replayer().replay_workflow(history(HISTORIES / "must-fail.json"))


@pytest.mark.parametrize("name", ["batch", "nomination-clean", "removal"])
async def test_a_workflow_that_asks_the_record_in_another_way_does_not_replay(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ordinary(shell: Shell, asked: Asked, proposal: Proposal | None, policy: str) -> Settled:
        settled: Settled = await workflow.execute_activity(
            names.SETTLE_ACTIVITY, start_to_close_timeout=options.RECORD_TRY
        )
        return settled

    monkeypatch.setattr(Shell, "settle", ordinary)
    path = next(path for path in RECORDED if story(path) == name)
    with pytest.raises(workflow.NondeterminismError):
        await replayer().replay_workflow(history(path))


def _opened(text: str) -> str:
    """The history with its payloads decoded."""
    return "".join(
        payload.data.decode(errors="replace")
        for event in WorkflowHistory.from_json("h", text).events
        for payload in _payloads(event)
    )


def _payloads(event: Any) -> list[Any]:
    """The results of local activities and the arguments of updates."""
    marked = event.marker_recorded_event_attributes.details.values()
    return [payload for payloads in marked for payload in payloads.payloads]

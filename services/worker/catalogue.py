"""What this worker runs: two lists."""

from collections.abc import Callable
from typing import Any

from workflows.activities.fanout import CaseActivities
from workflows.activities.ports import Cases, Recorder
from workflows.activities.recording import RecordActivities
from workflows.batch import BatchWorkflow
from workflows.nomination import NominationWorkflow

WORKFLOWS: tuple[type, ...] = (BatchWorkflow, NominationWorkflow)


def activities(recorder: Recorder, cases: Cases) -> list[Callable[..., Any]]:
    """The activities over these ports."""
    recording = RecordActivities(recorder)
    fanout = CaseActivities(cases)
    return [recording.record, fanout.start, fanout.tell]

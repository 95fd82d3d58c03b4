"""Names that two processes must spell alike: stream, subjects, task queue, workflow ids, id builders."""

import hashlib

STREAM = "CASES"
SUBJECTS = "vetting.>"
PARKED_STREAM = "PARKED"
PARKED_SUBJECTS = "parked.>"
TASK_QUEUE = "vetting"
REPLY_HEADER = "Qx-Receipt-To"
"""NATS header naming the inbox to which the registry answers with receipts."""

NOMINATION_WORKFLOW = "nomination"
BATCH_WORKFLOW = "batch"
RECORD_ACTIVITY = "record"
START_CASES_ACTIVITY = "start-cases"
TELL_CASES_ACTIVITY = "tell-cases"


def subject(aggregate: str, event_type: str, version: int) -> str:
    """The subject of an event: `vetting.<aggregate>.<event-type>.v<N>`."""
    return f"vetting.{aggregate}.{event_type}.v{version}"


def nomination_workflow_id(case_id: str) -> str:
    """Workflow id of a nomination: opaque, never a name (D10)."""
    return f"nomination:{case_id}"


def batch_workflow_id(batch_id: str) -> str:
    """Workflow id of a batch."""
    return f"batch:{batch_id}"


def event_id(case_id: str, sequence: int) -> str:
    """The event's id derives from case and sequence, so a repeat is the same event (D3)."""
    return f"{case_id}.{sequence}"


def case_id(batch_id: str, person_id: str) -> str:
    """The case of a person in a batch; importing the same person twice names the same case."""
    return "c" + _short(batch_id, person_id)


def task_id(case: str, kind: str, round_number: int, unit: str = "", signature: int = 1) -> str:
    """A task's id derives from case, kind (which fixes the stage), round, unit and signature number (D6)."""
    parts = [case, kind, str(round_number), *([unit] if unit else []), str(signature)]
    return ".".join(parts)


def _short(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]

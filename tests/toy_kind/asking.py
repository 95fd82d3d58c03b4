"""Who asks what of a memo."""

from contracts.base import Digest
from contracts.commands.case import CompleteTask
from contracts.policy import loader
from contracts.policy.model import Policy
from tests.asking import asks, somebody
from tests.toy_kind.wire import Note, OpenMemo

CLERK = somebody("CLERK", "p-clerk")
ARCHIVIST = somebody("ARCHIVIST", "p-archivist")
TEXT = "备忘-canary"
"""Stands in no place that is not sealed."""


def opening(policy: Policy, case_id: str = "m1") -> OpenMemo:
    """A clerk puts something aside."""
    return asks(
        OpenMemo,
        CLERK,
        case_id,
        f"note.{case_id}",
        parent=case_id,
        district="d01",
        policy=policy.version,
        policy_digest=loader.digest(policy.version),
        note=Note(text=TEXT),
    )


def settling(seen: Digest, case_id: str = "m1") -> CompleteTask:
    """The clerk settles it."""
    return asks(
        CompleteTask,
        CLERK,
        case_id,
        task_id=f"{case_id}.settle-memo.1.1",
        outcome="SIGNED",
        reason="done",
        seen=seen,
    )

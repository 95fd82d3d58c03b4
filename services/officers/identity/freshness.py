"""What asks for a fresh sign-in, as the policy's kinds of case name it. Pure.

Of two rows that name a thing the shorter time holds. Every answer is the minutes within which whoever asks must have
shown who they are; None: at any time.
"""

from collections.abc import Iterator

from contracts.policy.model import Policy
from contracts.policy.people import FreshSignIn


def for_task(policy: Policy, code: str) -> int | None:
    """For completing a task of this kind; KeyError when the policy has none."""
    number = policy.task(code).signature
    return _least(
        row
        for row in _rows(policy)
        if code in row.tasks or (row.from_signature is not None and number >= row.from_signature)
    )


def for_act(policy: Policy, act: str) -> int | None:
    """For an act beside tasks."""
    return _least(row for row in _rows(policy) if act in row.acts)


def for_office(policy: Policy, what: str) -> int | None:
    """For what is done with what the office holds, beside cases: `reveal` or `export`."""
    return _least(row for row in _rows(policy) if what in row.office)


def _rows(policy: Policy) -> Iterator[FreshSignIn]:
    return (row for procedure in policy.procedures.values() for row in procedure.fresh)


def _least(rows: Iterator[FreshSignIn]) -> int | None:
    return min((row.minutes for row in rows), default=None)

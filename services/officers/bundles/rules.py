"""What may be said of many tasks at once: what the policy names, and never anything adverse. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from contracts.canonical import digest_of
from contracts.policy.model import Policy

CONFIRM = "CONFIRM"
"""What a countersignature says of the answer that it is over."""


class ItemState(StrEnum):
    """How far an item of a bundle is."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Asked:
    """A task as a bundle needs it: its kind, under which policy, and whose answer it confirms."""

    kind: str
    policy: str
    concerned: str
    """The person whom the case is about; empty when nobody."""
    confirms: tuple[str, str] | None = None
    """Kind and outcome of the answer over which it is signed."""


def bundled(policy: Policy, asked: Asked, outcome: str) -> bool:
    """Whether this may be said of many at once.

    What confirms somebody's answer may, where that answer may itself: nobody signs an adverse one unread.
    """
    if outcome not in policy.task(asked.kind).bundled:
        return False
    if asked.confirms is None:
        return outcome != CONFIRM
    first, said = asked.confirms
    return said in policy.task(first).bundled


def shown(seen: Mapping[str, str]) -> str:
    """The digest over what was shown: of each task, in its order, the content that was seen."""
    return digest_of([[task, digest] for task, digest in seen.items()])

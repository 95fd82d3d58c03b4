"""Tasks that are given to a colleague together: those whom one role, unit and district may act on. Pure."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MOST = 50
"""Tasks that one form moves: each is an act of its own, and the page waits for all of them."""
PICK = "task."
"""What the names of the boxes begin with; behind it the task."""


@dataclass(frozen=True)
class Desk:
    """The people with one role at one unit in one district: any of them may have what waits for the others."""

    role: str
    unit: str
    district: str


def desk_of(row: Mapping[str, Any]) -> Desk:
    """For whom the task waits."""
    return Desk(row["role"], row["unit"], row["district"])


@dataclass(frozen=True)
class Waiting:
    """What waits at one desk; `name` says which, in the reader's language."""

    desk: Desk
    name: str
    many: int


def desks(rows: Iterable[Mapping[str, Any]]) -> tuple[Waiting, ...]:
    """The desks at which these open tasks wait, the fullest first; nobody is given what is asked of somebody alone."""
    names: dict[Desk, str] = {}
    counted: Counter[Desk] = Counter()
    for row in rows:
        if row["own"]:
            continue
        desk = desk_of(row)
        called = (row["names"].get(field, getattr(desk, field)) for field in ("unit", "role", "district"))
        names[desk] = " · ".join(one for one in called if one)
        counted[desk] += 1
    return tuple(Waiting(desk, names[desk], many) for desk, many in counted.most_common())


def picked(posted: Mapping[str, str]) -> list[str]:
    """The tasks that were picked, in the order of the page."""
    return [name.removeprefix(PICK) for name in posted if name.startswith(PICK)]


def key_of(key: str, task_id: str) -> str:
    """The key of the act on one of them: the form sent again moves none of them again."""
    return hashlib.sha256(f"{key} {task_id}".encode()).hexdigest()[:32]

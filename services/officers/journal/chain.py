"""How the rows of the journal are chained, so that none can be changed, moved or taken out unseen. Pure.

That its end was cut off shows no chain: for that the head is handed to the record again and again.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from contracts.base import NO_DIGEST, Digest
from contracts.canonical import digest_of

_ROW = b"qingxuan journal row v1\x00"


class Head(NamedTuple):
    """Where the journal stands: the number of its last row, 0 when it has none, and what chains it."""

    number: int
    chained: Digest


NOTHING = Head(0, NO_DIGEST)


def chained(before: Head, row: Mapping[str, Any]) -> Head:
    """Where the journal stands after this row: its own `number` and `chained` are not looked at."""
    number = before.number + 1
    said = {name: value for name, value in row.items() if name not in {"number", "chained"}}
    at: datetime = said["at"]
    said["at"] = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = _ROW + number.to_bytes(8, "big") + bytes.fromhex(digest_of(said)) + bytes.fromhex(before.chained)
    return Head(number, hashlib.sha256(parts).hexdigest())


class Walk:
    """Verification one row at a time, and against the heads that the record was told."""

    def __init__(self, told: Iterable[Head]) -> None:
        """`told`: the heads on the record, in any order."""
        self._told = {head.number: head.chained for head in told}
        self.head = NOTHING

    def fault(self, row: Mapping[str, Any]) -> str | None:
        """None when the row holds in its place; what is wrong otherwise."""
        follows = chained(self.head, row)
        if row["number"] != follows.number:
            return f"row {follows.number} is missing, row {row['number']} stands in its place"
        if row["chained"] != follows.chained:
            return f"row {follows.number} is not what was noted, or does not follow the row before"
        if self._told.pop(follows.number, follows.chained) != follows.chained:
            return f"row {follows.number} is not the one that the record was told of"
        self.head = follows
        return None

    def unmet(self) -> str | None:
        """After the last row: what the record was told of and is not there; None when all of it is."""
        if not self._told:
            return None
        return f"the journal ends at row {self.head.number}, and the record was told of row {max(self._told)}"

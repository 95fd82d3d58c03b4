"""A fault found in a policy, and the two questions that most rules ask."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from contracts.policy.source import Location


class Finding(NamedTuple):
    """A fault: the way to the value, and a sentence."""

    location: Location
    reason: str


def unknown(
    location: Location, names: Iterable[str], known: Iterable[str], what: str, *, single: bool = False
) -> Iterator[Finding]:
    """Names that are not among the known ones; `location` is the list's, or the one name's when `single`."""
    words = set(known)
    for index, name in enumerate(names):
        if name not in words:
            yield Finding(location if single else (*location, index), f"there is no {what} {name!r}")


def twice(location: Location, codes: list[str], key: str) -> Iterator[Finding]:
    """Codes that rows of a list share; `key` is the field that holds the code."""
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield Finding((*location, index, key), f"{code} is used twice")

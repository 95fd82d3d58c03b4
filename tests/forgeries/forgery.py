"""A forgery: what is tried in a sentence, how, and what must come of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

from tests.forgeries.house import House


class Tried(NamedTuple):
    """What came of it, and by what the alarm must name the sender; nothing where none is due."""

    outcome: str
    sender: str = ""


Try = Callable[[House], Awaitable[Tried]]


@dataclass(frozen=True)
class Forgery:
    """`kept`: who refused, and the code under which the record keeps the attempt; None where none is kept."""

    sentence: str
    tries: Try
    outcome: str
    kept: tuple[str, str] | None = None

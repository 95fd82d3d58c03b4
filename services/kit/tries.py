"""When each of several things is tried again: at once, then after a pause that doubles."""

import asyncio
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Tries(Generic[K]):
    """What is tried until it holds. It runs on the loop's clock, so it is asked from inside the loop only."""

    def __init__(self, first: float, longest: float) -> None:
        """`first`: seconds after the first try; `longest`: the pause grows no further."""
        self._first = first
        self._longest = longest
        self._due: dict[K, tuple[float, float]] = {}
        """When each is tried next, and the pause after that."""

    def due(self) -> list[K]:
        """Those whose time has come."""
        now = _clock()
        return [key for key, (at, _) in self._due.items() if at <= now]

    def only(self, keys: Iterable[K]) -> None:
        """Nothing but these is left to try; the new ones among them at once."""
        self._due = {key: self._due.get(key, self._at_once()) for key in keys}

    def also(self, keys: Iterable[K]) -> None:
        """These are to try besides; the new ones among them at once."""
        self._due |= {key: self._due.get(key, self._at_once()) for key in keys}

    def anew(self, *keys: K) -> None:
        """Try these at once and with the shortest pause, however long they have been tried."""
        self._due |= dict.fromkeys(keys, self._at_once())

    def tried(self, key: K) -> float:
        """This was tried just now. In how many seconds it is tried again."""
        _, pause = self._due[key]
        self._due[key] = (_clock() + pause, min(2 * pause, self._longest))
        return pause

    def done(self, key: K) -> None:
        """This holds and is not tried any more."""
        del self._due[key]

    def _at_once(self) -> tuple[float, float]:
        return float("-inf"), self._first


def _clock() -> float:
    return asyncio.get_running_loop().time()

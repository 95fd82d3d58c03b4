"""Failed sign-ins slow down whoever made them: by login and address together, and by address over many logins.

Never by the login alone: then anybody could keep anybody else out by failing in their name. Pure; `now` is a clock
that never goes back, in seconds.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

FREE = 5
"""Failures of one login from one address before there is a pause."""

FREE_LOGINS = 10
"""Logins that may fail from one address before there is one: an office of many people is behind one address too."""

FIRST_PAUSE, LONGEST_PAUSE = 15.0, 900.0
"""Seconds. Each further failure doubles the pause."""

FORGOTTEN = 3600.0
"""Seconds after which a failure plays no part any more."""

REMEMBERED = 10_000
"""Pairs and addresses kept at most; what was not touched for longest is forgotten first."""

Pair = tuple[str, str]
"""A login and the address that it is tried from."""


def pause(failures: int, free: int) -> float:
    """Seconds of pause after so many failures, of which so many are free."""
    return 0.0 if failures < free else min(FIRST_PAUSE * 2.0 ** min(failures - free, 20), LONGEST_PAUSE)


@dataclass
class _Counted:
    """When something failed, and for whom."""

    failures: deque[tuple[float, str]] = field(default_factory=lambda: deque(maxlen=64))

    def forget(self, now: float) -> None:
        while self.failures and self.failures[0][0] <= now - FORGOTTEN:
            self.failures.popleft()

    def until(self, count: int, free: int) -> float:
        return self.failures[-1][0] + pause(count, free) if self.failures else 0.0


@dataclass
class Slowdown:
    """What failed lately, in this process. A pair that has signed in before is not slowed down for its neighbours."""

    _pairs: OrderedDict[Pair, _Counted] = field(default_factory=OrderedDict)
    _places: OrderedDict[str, _Counted] = field(default_factory=OrderedDict)
    _good: OrderedDict[Pair, None] = field(default_factory=OrderedDict)

    def wait(self, pair: Pair, now: float) -> int:
        """Whole seconds until the login may be tried again from there; 0 when it may be tried now."""
        own, around = self._of(pair, now)
        until = own.until(len(own.failures), FREE)
        if pair not in self._good:
            until = max(until, around.until(len({login for _, login in around.failures}), FREE_LOGINS))
        return 0 if until <= now else max(1, int(until - now + 0.999))

    def doubted(self, pair: Pair, now: float) -> bool:
        """Whether a failure of the login from there, or of a neighbour of a login unknown there, is remembered."""
        own, around = self._of(pair, now)
        return bool(own.failures) or (pair not in self._good and bool(around.failures))

    def began(self, pair: Pair, now: float) -> None:
        """Count an attempt as failed before it is made: a hundred at once are a hundred attempts."""
        own, _ = self._of(pair, now)
        own.failures.append((now, pair[0]))
        _keep(self._pairs, pair, own)

    def failed(self, pair: Pair, now: float) -> None:
        """It did fail: count it among those of the address."""
        _, around = self._of(pair, now)
        around.failures.append((now, pair[0]))
        _keep(self._places, pair[1], around)

    def took_back(self, pair: Pair) -> None:
        """What began was no failure, and no success yet."""
        if pair in self._pairs and self._pairs[pair].failures:
            self._pairs[pair].failures.pop()

    def succeeded(self, pair: Pair) -> None:
        """Forget the pair's failures. Those of the address stay: one good login would else clear the way for many."""
        self._pairs.pop(pair, None)
        _keep(self._good, pair, None)

    def _of(self, pair: Pair, now: float) -> tuple[_Counted, _Counted]:
        found = self._pairs.get(pair, _Counted()), self._places.get(pair[1], _Counted())
        for one in found:
            one.forget(now)
        return found


def _keep(kept: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)

"""Failed sign-ins per login: after some, the login rests."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field

FAILURES = 5
WINDOW = 300.0
"""Seconds in which that many failures lock a login."""

REMEMBERED = 10_000
"""Logins kept at most; the one not tried for longest is forgotten first."""


@dataclass
class Lockout:
    """A moving window per login. The sender's address plays no part: it is free to change.

    `now` is a clock that never goes back, in seconds.
    """

    _failures: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def wait(self, login: str, now: float) -> int:
        """Whole seconds until the login may be tried again; 0 when it may be tried now."""
        recent = self._recent(login, now)
        if len(recent) < FAILURES:
            return 0
        return max(1, int(recent[0] + WINDOW - now + 0.999))

    def failed(self, login: str, now: float) -> None:
        """Count a failure."""
        recent = self._recent(login, now)
        recent.append(now)
        self._failures[login] = recent
        self._failures.move_to_end(login)
        while len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, login: str) -> None:
        """Forget the login's failures."""
        self._failures.pop(login, None)

    def _recent(self, login: str, now: float) -> deque[float]:
        recent = self._failures.get(login, deque())
        while recent and recent[0] <= now - WINDOW:
            recent.popleft()
        return recent

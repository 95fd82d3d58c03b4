"""How often somebody may ask: each person, and each address before it is known who asks."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from services.kit.crowd import LOOPBACK, of_networks, place
from services.kit.errors import Speak, problem_response
from services.officers.web.problems import RefusedError

MOST_REMEMBERED = 10_000
"""Of those who ask; the one who has not asked for longest is forgotten first."""

AHEAD = 60.0
"""Seconds: whoever was silent may at once ask as often as it makes in this time."""


class Rate:
    """So many a second for each, in the long run. `now` is a clock that never goes back, in seconds."""

    def __init__(
        self, a_second: float, ahead: float = AHEAD, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._each = 1 / a_second
        self._ahead = ahead
        self._now = now
        self._spent: OrderedDict[str, float] = OrderedDict()
        """Until when each has asked ahead."""

    def wait(self, who: str) -> float:
        """0 when one more is let in, which then counts; else the seconds until one would be."""
        now = self._now()
        until = max(self._spent.get(who, now), now) + self._each
        early = until - now - self._ahead
        if early > 0:
            return early
        self._spent[who] = until
        self._spent.move_to_end(who)
        if len(self._spent) > MOST_REMEMBERED:
            self._spent.popitem(last=False)
        return 0.0


class Throttle:
    """Keeps one person from taking what is there for all. Raises RefusedError `too-many-requests`."""

    def __init__(self, a_second: float) -> None:
        self._rate = Rate(a_second)
        self._busy: set[str] = set()

    def ask(self, person_id: str) -> None:
        """One more request of a person."""
        wait = self._rate.wait(person_id)
        if wait:
            raise too_many(wait)

    @contextmanager
    def alone(self, person_id: str) -> Iterator[None]:
        """What is costly, such as opening a workbook, one at a time for each person."""
        if person_id in self._busy:
            raise too_many(2)
        self._busy.add(person_id)
        try:
            yield
        finally:
            self._busy.remove(person_id)


class Addresses:
    """ASGI middleware: so many requests a second from one address, this machine's own excepted."""

    def __init__(self, app: ASGIApp, a_second: float, speak: Speak) -> None:
        self._app = app
        self._rate = Rate(a_second)
        self._speak = speak
        self._ours = of_networks(LOOPBACK)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        if scope["type"] == "http" and client is not None and not self._ours(client[0]):
            wait = self._rate.wait(place(client[0]))
            if wait:
                refused = self._speak(Headers(scope=scope), too_many(wait))
                await problem_response(refused)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def too_many(wait: float) -> RefusedError:
    """The refusal, with the time to wait in whole seconds."""
    return RefusedError("too-many-requests", headers={"Retry-After": str(math.ceil(wait))})

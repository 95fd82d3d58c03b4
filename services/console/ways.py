"""Which ways to sign in the API has beside the password: asked now and then, and shown to whoever comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.console.api import Door

ASKED_EVERY = timedelta(minutes=1)
CHALLENGES: Mapping[str, str] = {
    "passkey": "/sessions/passkey/challenge",
    "provider": "/sessions/provider/challenge",
}
"""Where each begins: an installation without it refuses there."""
_UNSAID = frozenset({429, 503})
"""Answers that say nothing of what there is: they are not remembered."""


@dataclass(frozen=True)
class _Known:
    at: datetime
    ways: frozenset[str]


class Ways:
    """The ways that were there when last asked."""

    def __init__(self) -> None:
        self._known: _Known | None = None

    @property
    def known(self) -> frozenset[str]:
        """Those that were there when somebody last asked; none before."""
        return self._known.ways if self._known is not None else frozenset()

    async def of(self, door: Door, headers: Mapping[str, str], now: datetime) -> frozenset[str]:
        """Their codes. Of an API that does not answer none is known, and the password is still there."""
        if self._known is None or now - self._known.at > ASKED_EVERY:
            replies = {way: await door.ask("POST", path, headers=headers) for way, path in CHALLENGES.items()}
            there = frozenset(way for way, reply in replies.items() if reply.problem is None)
            if any(reply.status in _UNSAID for reply in replies.values()):
                return there
            self._known = _Known(now, there)
        return self._known.ways

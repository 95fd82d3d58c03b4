"""Ports for the servers of tests, told once each."""

import os

from services.ctl import probes

SHARES = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
SHARE = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
"""Of several processes that test side by side each draws from ports of its own."""


class _NotOurs(set[int]):
    """Ports that were told already, and those of the other processes."""

    def __contains__(self, port: object) -> bool:
        return super().__contains__(port) or int(str(port)) % SHARES != SHARE


_told = _NotOurs()


def free_port() -> int:
    """A port nobody listens on now, told to nobody else in this process or in those beside it."""
    port = probes.free_port(_told)
    _told.add(port)
    return port

"""Work that a service does again and again beside its requests."""

import asyncio
from collections.abc import Awaitable, Callable

from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.waking import pause


async def keep_on(
    stop: asyncio.Event, seconds: float, round_: Callable[[], Awaitable[object]], waits: str, **said: str
) -> None:
    """One round after another, so many seconds apart, until `stop` is set.

    A round that ends with a ServiceError is tried again: `waits` says in the log what waits meanwhile, and `said` of
    what. Any other error is raised.
    """
    while not stop.is_set():
        try:
            await round_()
        except ServiceError as error:
            logger.warning(waits, reason=str(error), **said)
        await pause(stop, seconds)

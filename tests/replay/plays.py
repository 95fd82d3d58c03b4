"""What all recorded stories share: the policy that they are told under, and how time passes in them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from contracts.commands.opening import Opening
from contracts.policy import loader
from tests.desks import RefusedError
from tests.engine import WorkflowDesk

VERSION = "2026.1-demo"

Play = Callable[[WorkflowDesk[Any]], Awaitable[WorkflowDesk[Any] | None]]
"""What people do; another desk when it is that one's history that is recorded."""

Stories = dict[str, tuple[Opening, Play]]
"""By name the opening, and what people do."""


async def after(desk: WorkflowDesk[Any], limit: str) -> None:
    """Wait until the limit and every rung of its ladder have passed."""
    seconds = timedelta(seconds=loader.released(VERSION).limits[limit].n + 10)
    await desk.until(await desk.clock.now() + seconds)


async def settled(desk: WorkflowDesk[Any]) -> None:
    """Wait until everything that the case owes was carried."""
    while (await desk.case()).owed:
        await desk.clock.breathe()


async def refused(asked: Awaitable[object]) -> None:
    """The act is refused."""
    try:
        await asked
    except RefusedError:
        return
    raise AssertionError("it was not refused")

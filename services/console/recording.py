"""A write that was accepted before the record had it: whether it has it now."""

from collections.abc import Mapping
from typing import Any

from services.console.api import RefusedError
from services.console.asked import Asked


async def recorded(found: Asked, command_id: str) -> Mapping[str, Any] | None:
    """What the API answers to one's own command; None while it is being recorded. RefusedError when it was refused."""
    reply = await found.api.send("GET", f"/commands/{command_id}")
    if reply.problem is not None and reply.problem.status != 503:
        raise RefusedError(reply.problem)
    return reply.body if reply.status == 200 else None

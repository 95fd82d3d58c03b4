"""No part of a service outlives another."""

import asyncio

import pytest

from services.kit.parts import run_parts
from tests.waiting import PATIENCE


async def test_a_part_that_ends_stops_the_others() -> None:
    stop = asyncio.Event()

    async def waits() -> None:
        await stop.wait()

    async def ends() -> None:
        return

    async with asyncio.timeout(PATIENCE):
        await run_parts(stop, waits(), ends())
    assert stop.is_set()


async def test_a_part_that_fails_stops_the_others_and_is_told() -> None:
    stop = asyncio.Event()

    async def waits() -> None:
        await stop.wait()

    async def fails() -> None:
        raise LookupError("lost")

    with pytest.RaisesGroup(LookupError):
        await run_parts(stop, waits(), fails())
    assert stop.is_set()

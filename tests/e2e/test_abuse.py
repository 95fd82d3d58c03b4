"""Whoever attacks a whole system costs it a bounded part, and honest people are answered: counts, and no times."""

from collections.abc import AsyncIterator

import pytest

from tests.abuse.attacks import NAMES
from tests.abuse.house import House, house
from tests.waiting import until

ASKED = 15
MOST_GROWTH = 160.0
"""MiB. The head of a megabyte that is read whole, or 400 bodies that are kept, would be more."""

HELD = {"half": 200, "trickle": 200}
"""Connections that an attack of this kind must have held at once, or it was none; others end theirs at once."""

MOST_DESCRIPTORS = 700
"""512 connections, those that are just ending, and what the API needs itself."""


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("abuse") / "var") as running:
        yield running


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", NAMES)
async def test_honest_people_are_answered_while_others_attack(place: House, name: str) -> None:
    before = await place.honest(ASKED)
    async with place.attacked(name):
        if name in HELD:
            # On a busy machine attackers come back slowly, once the API has let go of them.
            await until(lambda: place.sockets() > before.sockets + HELD[name])
        attacked = await place.honest(ASKED)
    assert attacked.statuses == {200}, "nobody honest is turned away"
    assert attacked.memory - before.memory < MOST_GROWTH
    assert attacked.sockets < MOST_DESCRIPTORS
    after = await place.honest(ASKED)
    assert after.statuses == {200}

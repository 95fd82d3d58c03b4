"""The API over a database of its own, one per test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.officers_rig import Rig, officers


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    """The officers' API with a stand-in behind the engine's port."""
    async with officers(tmp_path) as running:
        yield running

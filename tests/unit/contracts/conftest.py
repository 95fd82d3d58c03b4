"""A copy of the policies that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from contracts.policy.loader import FOLDER, versions


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """The folders of all released versions and calendars, copied."""
    for folder in (*versions(), "calendars"):
        shutil.copytree(FOLDER / folder, tmp_path / folder)
    return tmp_path

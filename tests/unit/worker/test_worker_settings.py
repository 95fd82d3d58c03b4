"""What the worker may keep in memory is set in MiB and kept in workflows."""

import pytest
from pydantic import ValidationError

from services.worker.settings import CACHED_MIB, Settings

BATCH = 992
"""Nominees of a large batch."""


def test_by_default_the_cases_of_a_large_batch_and_the_batch_itself_are_kept() -> None:
    assert Settings().cached_workflows >= BATCH + 1


@pytest.mark.parametrize("mib", [1, 64, 320, 4096])
def test_what_is_kept_takes_no_more_than_was_allowed(mib: int) -> None:
    kept = Settings(cache_mib=mib).cached_workflows
    assert kept >= 1
    assert kept * CACHED_MIB <= mib < (kept + 1) * CACHED_MIB


def test_no_memory_at_all_is_refused() -> None:
    with pytest.raises(ValidationError, match="cache_mib"):
        Settings(cache_mib=0)

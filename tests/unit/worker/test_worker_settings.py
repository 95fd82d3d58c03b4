"""What the worker may keep in memory is set in MiB and kept in workflows."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.worker.settings import CACHED_MIB, Settings

BATCH = 992
"""Nominees of a large batch."""


def settings(**chosen: int) -> Settings:
    where = (
        "record_keys_dir",
        "people_keys_dir",
        "wrapping_keys_dir",
        "engine_keys_dir",
        "public_keys_dir",
        "step_key_file",
        "errand_key_file",
    )
    return Settings.model_validate({**dict.fromkeys(where, Path("keys")), **chosen})


def test_by_default_the_cases_of_a_large_batch_and_the_batch_itself_are_kept() -> None:
    assert settings().cached_workflows >= BATCH + 1


@pytest.mark.parametrize("mib", [1, 64, 320, 4096])
def test_what_is_kept_takes_no_more_than_was_allowed(mib: int) -> None:
    kept = settings(cache_mib=mib).cached_workflows
    assert kept >= 1
    assert kept * CACHED_MIB <= mib < (kept + 1) * CACHED_MIB


def test_no_memory_at_all_is_refused() -> None:
    with pytest.raises(ValidationError, match="cache_mib"):
        settings(cache_mib=0)

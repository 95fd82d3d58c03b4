"""Stored instants as letters print them."""

from datetime import UTC, datetime

import pytest

from services.notices.instants import beginning, moment


@pytest.mark.parametrize(
    ("instant", "zh", "en"),
    [
        # 24:00 of the last day, not 00:00 of the next (§8.0, rule 2); SC-21's deadline.
        (datetime(2026, 5, 18, 16, 0, tzinfo=UTC), "2026年5月18日24:00", "2026-05-18 24:00 (UTC+8)"),
        (datetime(2026, 5, 18, 15, 59, tzinfo=UTC), "2026年5月18日23:59", "2026-05-18 23:59 (UTC+8)"),
        (datetime(2026, 5, 18, 16, 0, 1, tzinfo=UTC), "2026年5月19日00:00:01", "2026-05-19 00:00:01 (UTC+8)"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2026年12月31日24:00", "2026-12-31 24:00 (UTC+8)"),
        (None, "", ""),
    ],
)
def test_a_deadline_is_the_stored_instant_in_local_time(instant: datetime | None, zh: str, en: str) -> None:
    assert moment(instant, provisional=False, offset_hours=8, language="zh") == zh
    assert moment(instant, provisional=False, offset_hours=8, language="en") == en


def test_a_provisional_deadline_says_so() -> None:
    assert moment(None, provisional=True, offset_hours=8, language="zh") == "暂定"
    assert moment(None, provisional=True, offset_hours=8, language="en") == "provisional"


def test_a_window_begins_at_the_first_instant_of_its_day() -> None:
    start = datetime(2026, 9, 27, 16, 0, tzinfo=UTC)
    assert beginning(start, offset_hours=8, language="zh") == "2026年9月28日00:00"

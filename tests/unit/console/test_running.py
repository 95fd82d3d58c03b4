"""What is begun and looked at again: by whoever began it, for a while, and never too much of it."""

import asyncio
from datetime import UTC, datetime, timedelta

from services.console.running import KEPT, MOST, MOST_OF_ONE, Running

NOW = datetime(2026, 3, 2, tzinfo=UTC)


async def _never() -> None:
    await asyncio.Event().wait()


async def test_a_job_is_seen_by_the_session_that_began_it_and_by_no_other() -> None:
    running = Running()
    ident = running.begin("s1", NOW, _never(), file=b"PK")
    job = running.of("s1", ident, NOW + timedelta(seconds=9))
    assert job is not None
    assert (job.seconds(NOW + timedelta(seconds=9)), job.file) == (9, b"PK")
    assert running.of("s2", ident, NOW) is None


async def test_a_job_is_forgotten_after_a_while_and_ended() -> None:
    running = Running()
    ident = running.begin("s1", NOW, _never())
    job = running.of("s1", ident, NOW)
    assert running.of("s1", ident, NOW + KEPT + timedelta(seconds=1)) is None
    assert job is not None
    await asyncio.wait([job.task])
    assert job.task.cancelled()


async def test_one_session_and_all_of_them_keep_no_more_than_the_newest() -> None:
    running = Running()
    own = [running.begin("s1", NOW, _never()) for _ in range(MOST_OF_ONE + 1)]
    assert [running.of("s1", ident, NOW) is not None for ident in own] == [False] + [True] * MOST_OF_ONE
    for number in range(MOST):
        running.begin(f"other-{number}", NOW, _never())
    assert [running.of("s1", ident, NOW) for ident in own] == [None] * len(own)


async def test_a_failure_that_nobody_looks_at_disturbs_nothing() -> None:
    async def fails() -> None:
        raise ValueError("of the work")

    running = Running()
    ident = running.begin("s1", NOW, fails())
    job = running.of("s1", ident, NOW)
    assert job is not None
    await asyncio.wait([job.task])
    assert isinstance(job.task.exception(), ValueError)

"""Several requests in one commit: each hears its own answer, after the commit that holds its write."""

import asyncio

import pytest

from services.kit.db import Session
from services.officers.desk.group_commit import SharedWrites
from services.officers.readmodel import positions
from services.officers.web.problems import RefusedError
from tests.officers_rig import Rig


def write(case_id: str, error: Exception | None = None) -> object:
    async def job(session: Session) -> str:
        if error is not None:
            raise error
        await positions.move(session, {case_id: 1})
        return case_id

    return job


async def stored(rig: Rig, *case_ids: str) -> set[str]:
    async with rig.office.database.read() as session:
        return set(await positions.reached(session, list(case_ids)))


async def test_everybody_hears_their_own_result_and_it_is_stored(rig: Rig) -> None:
    shared = SharedWrites(rig.office.database)
    names = [f"c{number}" for number in range(200)]
    results = await asyncio.gather(*(shared.run(write(name)) for name in names))  # type: ignore[arg-type]
    assert results == names
    assert await stored(rig, *names) == set(names)


async def test_a_refusal_is_its_own_and_the_others_stand(rig: Rig) -> None:
    shared = SharedWrites(rig.office.database)
    jobs = [write("c1"), write("c2", RefusedError("same-person")), write("c3")]
    results = await asyncio.gather(*(shared.run(job) for job in jobs), return_exceptions=True)  # type: ignore[arg-type]
    assert results[0] == "c1"
    assert isinstance(results[1], RefusedError)
    assert await stored(rig, "c1", "c2", "c3") == {"c1", "c3"}


async def test_a_fault_fails_all_that_share_the_commit_and_nobody_after_it(rig: Rig) -> None:
    shared = SharedWrites(rig.office.database)
    jobs = [write("c1"), write("c2", ZeroDivisionError())]
    results = await asyncio.gather(*(shared.run(job) for job in jobs), return_exceptions=True)  # type: ignore[arg-type]
    assert [type(result) for result in results] == [ZeroDivisionError, ZeroDivisionError]
    assert await stored(rig, "c1") == set()
    assert await shared.run(write("c3")) == "c3"  # type: ignore[arg-type]


async def test_one_who_stops_waiting_takes_nobody_along(rig: Rig) -> None:
    shared = SharedWrites(rig.office.database)
    leaving = asyncio.create_task(shared.run(write("c1")))  # type: ignore[arg-type]
    staying = asyncio.create_task(shared.run(write("c2")))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == "c2"
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert await stored(rig, "c1", "c2") == {"c1", "c2"}

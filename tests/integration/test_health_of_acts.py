"""Health says whether an act can be decided and recorded, not only that a process is there."""

from pathlib import Path
from typing import Any

import httpx2

from tests.servers import NatsServer, start_temporal
from tests.waiting import until
from tests.whole_parts import Ground, Part


async def checks(part: Part) -> dict[str, Any]:
    async with httpx2.AsyncClient() as client:
        answer = await client.get(f"{part.url}/healthz", timeout=20)
    assert (answer.status_code == 200) == (set(answer.json()["checks"].values()) == {"ok"})
    found: dict[str, Any] = answer.json()["checks"]
    return found


async def comes_to(part: Part, **wanted: str) -> None:
    async def so() -> bool:
        return wanted.items() <= (await checks(part)).items()

    await until(so)


async def test_a_record_that_does_not_answer_and_a_worker_that_is_not_there_are_told(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    engine = start_temporal(tmp_path / "temporal")
    try:
        ground = Ground(nats_server.url, engine.address, tmp_path)
        registry, worker = ground.registry(), ground.worker()
        officers = ground.officers(ground.database("officers"))
        try:
            await registry.start()
            await officers.start()
            await comes_to(officers, engine="ok", worker="failed")
            await worker.start()
            await comes_to(worker, broker="ok", record="ok", engine="ok")
            await comes_to(officers, worker="ok", follower="ok")
            await registry.stop()
            await comes_to(worker, broker="ok", record="failed", engine="ok")
            await registry.start()
            await comes_to(worker, record="ok")
        finally:
            for part in (worker, officers, registry):
                await part.stop()
    finally:
        engine.kill()

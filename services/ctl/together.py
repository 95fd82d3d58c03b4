"""Our services in one process: imported once instead of five times, which one machine notices."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from services.console import main as console
from services.console.settings import Settings as ConsoleSettings
from services.kit.logs import configure, logger
from services.kit.process import end
from services.kit.settings import load
from services.notices import main as notices
from services.notices.settings import Settings as NoticesSettings
from services.officers import main as officers
from services.officers.settings import Settings as OfficersSettings
from services.registry import main as registry
from services.registry.settings import Settings as RegistrySettings
from services.worker import main as worker
from services.worker.settings import Settings as WorkerSettings

LAST_SECONDS = 5.0
"""What the others get to finish when one service failed."""


async def main(stop: asyncio.Event) -> int:
    """Serve all until told to stop. When one ends unasked the process ends with 1, and is started again."""
    record, letters, desk = load(RegistrySettings), load(NoticesSettings), load(OfficersSettings)
    configure("together", record.log_level)
    services = {
        "registry": registry.serve(record, stop),
        "notices": notices.serve(letters, stop),
        "officers": officers.serve(desk, stop),
        "worker": worker.serve(load(WorkerSettings), stop),
        "console": console.serve(load(ConsoleSettings), stop),
    }
    return await _all(services, stop)


async def _all(services: dict[str, Coroutine[Any, Any, None]], stop: asyncio.Event) -> int:
    tasks = {asyncio.create_task(service, name=name) for name, service in services.items()}
    ended, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    asked = stop.is_set() and not any(task.exception() for task in ended)
    for task in ended:
        if not asked:
            logger.error("a service ended unasked", service=task.get_name(), exc_info=task.exception())
    stop.set()
    _, left = (
        await asyncio.wait(others, timeout=None if asked else LAST_SECONDS) if others else (set(), set())
    )
    if left or not asked:
        end(1)  # whatever still hangs must not keep a half-dead process alive
    return 0

"""Run the worker alone: `python -m services.worker`."""

import asyncio

from services.kit.logs import configure
from services.kit.process import run
from services.kit.settings import load
from services.worker.main import serve
from services.worker.settings import Settings


async def main(stop: asyncio.Event) -> int:
    """Serve until told to stop."""
    settings = load(Settings)
    configure("worker", settings.log_level)
    await serve(settings, stop)
    return 0


if __name__ == "__main__":
    run(main)

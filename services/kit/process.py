"""The one place that ends a process which may have used Temporal."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import NoReturn

import uvloop

from services.kit.logs import logger
from services.kit.settings import SettingsError


def run(main: Callable[[asyncio.Event], Awaitable[int]]) -> NoReturn:
    """Run `main` until it returns its exit code, then end the process with that code.

    SIGINT and SIGTERM set the event; `main` finishes what it holds and returns. A second one ends at once.
    """
    code = 1
    try:
        # Half of the time of a decision is spent in the event loop itself; this one is written in C.
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            code = runner.run(_supervised(main))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        code = 2
    except Exception as error:
        logger.error("process failed", exc_info=error)
    end(code)


def end(code: int) -> NoReturn:
    """Flush and leave without running the interpreter's shutdown.

    Temporal's native threads may abort while the interpreter is torn down, after all work is done, and turn a
    good exit code into a crash (temporalio/sdk-python issue 300).
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


async def _supervised(main: Callable[[asyncio.Event], Awaitable[int]]) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def on_signal(number: signal.Signals) -> None:
        if stop.is_set():
            end(128 + number)
        logger.info("stopping", signal=number.name)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal, number)
    return await main(stop)

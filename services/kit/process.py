"""The one place that ends a process which may have used Temporal."""

import asyncio
import inspect
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar

import uvloop

from services.kit import collector
from services.kit.logs import configure, logger
from services.kit.settings import ListeningSettings, SettingsError, load

Chosen = TypeVar("Chosen", bound=ListeningSettings)


def run_service(
    name: str,
    settings_type: type[Chosen],
    serve: Callable[[Chosen, asyncio.Event], Awaitable[None]],
    **tasks: Callable[..., Awaitable[None]],
) -> NoReturn:
    """Be `python -m services.<name>`: serve; or with the name of a task, and what it takes besides, do that and end.

    Exits with 2 for another argument and for settings that do not hold.
    """

    async def main(stop: asyncio.Event) -> int:
        asked = sys.argv[1:]
        if asked and not _takes(tasks.get(asked[0]), asked[1:]):
            choice = f" [{' | '.join(tasks)}]" if tasks else ""
            sys.stderr.write(f"usage: python -m services.{name}{choice}\n")
            return 2
        settings = load(settings_type)
        configure(name, settings.log_level)
        if asked:
            await tasks[asked[0]](settings, *asked[1:])
        else:
            await serve(settings, stop)
        return 0

    run(main)


def _takes(task: Callable[..., Awaitable[None]] | None, words: list[str]) -> bool:
    """Whether there is such a task, and it can do with these words after the settings."""
    if task is None:
        return False
    try:
        inspect.signature(task).bind(None, *words)
    except TypeError:
        return False
    return True


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
    loop.call_later(collector.LONGEST_START, collector.resume)
    return await main(stop)

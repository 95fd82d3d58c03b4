"""`up`: start the embedded system, say where it is, keep it running until told to stop."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping

from services.ctl.embedded import ADMIN, Running, running
from services.ctl.errors import OperatorError
from services.ctl.folder import named
from services.ctl.settings import Settings
from services.ctl.supervisor import Say


async def up(settings: Settings, given: Mapping[str, str], say: Say) -> None:
    """Run until cancelled. Raises OperatorError when the system cannot be started."""
    say(f"starting in {named(settings.var).root}, our services {settings.processes}")
    try:
        async with running(settings, given, say) as system:
            for line in addresses(system):
                say(line)
            await asyncio.Event().wait()
    finally:
        say("everything is stopped")


def addresses(system: Running) -> list[str]:
    """What an operator needs to know once it runs. The first password is shown at the first start only."""
    password = system.vault.path("admin-password")
    if system.first_start:
        sign_in = f"login {ADMIN}, password {system.vault.read('admin-password')} (kept in {password})"
    else:
        sign_in = f"login {ADMIN}; its password was made at the first start and is kept in {password}"
    return [
        f"officers' API      {system.api}/v1",
        f"its description    {system.api}/v1/openapi.json",
        f"first sign-in      {sign_in}",
        "Ctrl-C stops everything; the next start goes on where this one was",
    ]


def until_told(body: Callable[[], Awaitable[int]]) -> int:
    """Run `body` and return its exit code; SIGINT and SIGTERM end it in order, a second one at once.

    A body that was told to stop ends with 0 when it was only waiting, which is for it to decide.
    """

    async def main() -> int:
        task = asyncio.ensure_future(body())
        told = False

        def on_signal() -> None:
            nonlocal told
            if told:
                os._exit(130)  # children die with this process
            told = True
            task.cancel()

        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, on_signal)
        return await task

    try:
        return asyncio.run(main())
    except asyncio.CancelledError:
        return 130
    except OperatorError as reason:
        print(reason, flush=True)
        return 1

"""`up`: start the embedded system, say where it is, keep it running until told to stop."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping

from services.ctl.embedded import Running, running
from services.ctl.errors import OperatorError
from services.ctl.folder import named
from services.ctl.settings import Settings
from services.ctl.supervisor import Say
from services.ctl.vault import FIRST_CODES


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
    """What an operator needs to know once it runs. The first codes are named by their files, and shown nowhere."""
    admin, security, audit = (system.vault.path(name) for name in FIRST_CODES)
    sign_in = (
        f"first sign-in      three people set their passwords at {system.console}/sign-in/first:",
        f"                   login admin, who asks for accounts, by the one-time code in {admin}",
        f"                   login security, who approves them, by the one-time code in {security}",
        f"                   login audit, who witnesses that their holders get them, by the one-time code in {audit}",
        "                   give each file to another person, and delete it when it was used",
    )
    later = ("sign-in            with the passwords that the administrators have set",)
    return [
        f"console            {system.console}",
        f"officers' API      {system.api}/v1",
        f"its description    {system.api}/v1/openapi.json",
        *(sign_in if system.first_start else later),
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

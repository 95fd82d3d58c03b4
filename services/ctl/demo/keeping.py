"""`demo --keep`: the finished batch goes on running, with work on some desks, until somebody has seen enough."""

import asyncio
import contextlib
from collections.abc import Callable

from contracts.actor import Grant
from services.ctl.demo.client import Account
from services.ctl.demo.desks import FINDS, Desks, laid_out
from services.ctl.demo.officers import Officer
from services.ctl.demo.opening import Opened
from services.ctl.demo.sign_ins import sign_ins
from services.ctl.demo.stage import Batch
from services.ctl.embedded import Running


async def kept(system: Running, batch: Batch, say: Callable[[str], None]) -> None:
    """Lay out the second batch, say who may be signed in as, and wait until cancelled, which ends it in order."""
    say("laying some more work out on the desks")
    desks = await laid_out(batch)
    for line in sign_ins(system.console, people(batch, desks)):
        say(line)
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.Event().wait()


def people(batch: Batch, desks: Desks) -> list[tuple[Account, Grant]]:
    """Everybody with an account, whoever has work to do before their colleagues."""
    admins = batch.admins
    everybody: dict[str, Opened | Officer] = {**desks.nominees, **batch.officers}
    first = [everybody.pop(login) for login in (desks.declares, *FINDS)]
    return [
        *((one.account, one.member.grant) for one in [*first, *everybody.values()]),
        (admins.asks, Grant(role="SYS_ADMIN")),
        (admins.decides, Grant(role="SECURITY_ADMIN")),
        (admins.witnesses, Grant(role="AUDITOR")),
    ]

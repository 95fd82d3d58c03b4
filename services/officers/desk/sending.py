"""Have a case decide a command, and wait until its answer can be read."""

import asyncio
from typing import Any

from contracts.commands.base import Accepted
from contracts.commands.opening import Opening
from contracts.refusals import RefusalCode
from services.kit.db import Database
from services.kit.logs import logger
from services.kit.sealing import Keyring
from services.officers.desk import store
from services.officers.desk.arrivals import Arrivals
from services.officers.desk.ask import Reply, done, pending
from services.officers.desk.engine import Absent, Engine, Pending, Unheard
from services.officers.desk.known import Recorded
from services.officers.desk.sent import Sent
from services.officers.readmodel.own_reads import Reached, UnderWay
from services.officers.readmodel.reading import cases
from services.officers.web.problems import RefusedError

LOOK_SECONDS = 0.5
"""Between two looks whether a case has begun, for the case that another process applies the record."""


class Sending:
    """Sends signed commands. Whatever is not answered in time is kept, and asked for again (AskingAgain)."""

    def __init__(
        self,
        database: Database,
        engine: Engine,
        keyring: Keyring,
        arrivals: Arrivals,
        reached: Reached,
        under_way: UnderWay,
        *,
        own_reads: float,
        command_wait: float,
    ) -> None:
        """`own_reads`: seconds that an answer waits for the read model to show what was done.

        `command_wait`: seconds that a new case is waited for; the engine waits as long for a command.
        """
        self._database = database
        self._engine = engine
        self._keyring = keyring
        self._arrivals = arrivals
        self._reached = reached
        self._under_way = under_way
        self._own_reads = own_reads
        self._command_wait = command_wait

    async def send(self, sent: Sent) -> Reply:
        """The answer once the record has it, 202 while it is being recorded.

        Raises RefusedError: a rule's, or one of PASSING when there is no answer yet.
        """
        with self._under_way.one():
            match await self._result(sent):
                case Accepted() as accepted:
                    self._arrivals.answered(sent.command.command_id)
                    await self._reached.wait(accepted.index, self._own_reads)
                    return done(sent.command.command_id, sent.command.act, accepted)
                case Pending():
                    await self._leave(sent)
                    return pending(sent.command.command_id)
                case Unheard():
                    await self._leave(sent)
                    raise RefusedError("not-known-yet", headers={"Retry-After": "1"})

    async def _result(self, sent: Sent) -> Accepted | Pending | Unheard:
        if isinstance(sent.command, Opening):
            return await self._begun(sent.kind, sent.command)
        heard = await self._engine.send(sent.kind, sent.command)
        return heard if not isinstance(heard, Absent) else await self._absent(sent.command.target)

    async def _absent(self, case_id: str) -> Unheard:
        if await self._database.look(lambda unit: cases.over(unit, case_id)):
            raise RefusedError(RefusalCode.CASE_ENDED)
        # It has begun, and nobody has closed it: it comes back when it is taken up from the record.
        logger.warning("a case does not run", case_id=case_id)
        return Unheard()

    async def _begun(self, kind: str, opening: Opening) -> Accepted | Pending | Unheard:
        with self._arrivals.expecting(opening.command_id) as coming:
            heard = await self._engine.open(kind, opening)
            if isinstance(heard, Unheard):
                return heard
            refusal = asyncio.create_task(self._engine.not_begun(kind, opening.target))
            try:
                return await self._recorded(opening, coming, refusal)
            finally:
                refusal.cancel()

    async def _recorded(
        self, opening: Opening, coming: asyncio.Future[Accepted], refusal: asyncio.Task[None]
    ) -> Accepted | Pending:
        """The opening as it comes back from the record, unless the rules refuse it: that raises RefusedError."""
        until = asyncio.get_running_loop().time() + self._command_wait
        while asyncio.get_running_loop().time() < until:
            watched: set[asyncio.Future[Any]] = {coming} if refusal.done() else {coming, refusal}
            wait = min(LOOK_SECONDS, self._command_wait)
            await asyncio.wait(watched, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            known = await self._on_record(opening) if not coming.done() else coming.result()
            if known is not None:
                return known
            if refusal.done():
                refusal.result()
        return Pending()

    async def _on_record(self, opening: Opening) -> Accepted | None:
        known = await self._database.look(lambda unit: store.recall(unit, opening.command_id))
        return known.accepted if isinstance(known, Recorded) else None

    async def _leave(self, sent: Sent) -> None:
        row = sent.row(self._keyring)
        await self._database.unit(lambda unit: store.leave(unit, row))

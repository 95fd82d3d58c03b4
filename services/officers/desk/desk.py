"""Where every write passes: once per key, refused acts recorded, answered when the record has it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from contracts.commands.base import Accepted, Command
from contracts.commands.batch import OpenBatch
from contracts.names import batch_workflow_id
from services.kit.db import Database, Session
from services.kit.sealing import Keyring, seal
from services.officers.desk import idempotency, store
from services.officers.desk.engine import Engine, Pending
from services.officers.desk.group_commit import SharedWrites
from services.officers.desk.idempotency import Ask, Reply
from services.officers.readmodel.own_reads import Progress
from services.officers.web.problems import RefusedError


@dataclass(frozen=True)
class Errand:
    """A command and the workflow that is to decide it."""

    workflow_id: str
    command: Command


class Desk:
    """Takes requests to change something to where they are decided, and remembers the answers."""

    def __init__(
        self,
        database: Database,
        engine: Engine,
        progress: Progress,
        keyring: Keyring,
        *,
        own_reads: float,
        command_wait: float,
    ) -> None:
        """`own_reads`: seconds that an answer waits for the read model to show what was done.

        `command_wait`: seconds that a new batch is waited for; the engine waits as long for a command.
        """
        self.engine = engine
        self.progress = progress
        self._database = database
        self._writes = SharedWrites(database)
        self._keyring = keyring
        self._own_reads = own_reads
        self._command_wait = command_wait

    async def send(self, ask: Ask, prepare: Callable[[], Awaitable[Errand]], status: int = 200) -> Reply:
        """Have a workflow decide: `status` once the record has it, 202 while it is being recorded.

        `prepare` makes the command; what it refuses was decided by nobody, so its answer is not kept.
        """
        before = await self._begin(ask)
        if before is not None:
            return before
        async with self._recording(ask, keep=False):
            errand = await prepare()
        return await self.resume(ask, errand, status)

    async def resume(self, ask: Ask, errand: Errand, status: int = 200) -> Reply:
        """Send the command, or ask for the answer of one that was sent before: it is the same to the workflow."""
        async with self._recording(ask, keep=True):
            result = await self.engine.send(errand.workflow_id, errand.command)
        if isinstance(result, Pending):
            return await self.pending(ask, errand)
        return await self.done(ask, result, status)

    async def open_batch(self, ask: Ask, prepare: Callable[[], Awaitable[OpenBatch]]) -> Reply:
        """Start a batch: 201 once its first event is on the record, 202 while it is being recorded."""
        before = await self._begin(ask)
        if before is not None:
            return before
        async with self._recording(ask, keep=False):
            opening = await prepare()
        return await self.started(ask, opening)

    async def started(self, ask: Ask, opening: OpenBatch) -> Reply:
        """Start the batch, or find it started, and answer when its own record begins."""
        await self.engine.open_batch(opening)
        if not await self.progress.wait(opening.batch_id, 1, self._command_wait):
            return await self.pending(ask, Errand(batch_workflow_id(opening.batch_id), opening))
        body = {"batch_id": opening.batch_id, "case_id": opening.batch_id, "sequence": 1}
        place = {"Location": f"/v1/batches/{opening.batch_id}"}
        reply = Reply(201, {**body, "command_id": ask.command_id}, place)
        await self.settle(ask, reply)
        return reply

    async def done(self, ask: Ask, accepted: Accepted, status: int = 200) -> Reply:
        """Answer with what the record has, after the caller's own reads show it, and keep the answer."""
        reply = Reply(status, {**accepted.model_dump(), "command_id": ask.command_id})
        await asyncio.gather(
            self.progress.wait(accepted.case_id, accepted.sequence, self._own_reads), self.settle(ask, reply)
        )
        return reply

    async def pending(self, ask: Ask, errand: Errand) -> Reply:
        """Answer 202 with a place to ask; the command is kept, sealed, so that asking can send it again."""
        place = f"/v1/commands/{ask.command_id}"
        content = errand.command.model_dump(mode="json")
        sealed = seal(content, f"command:{ask.command_id}", self._keyring)
        values = {
            "workflow_id": errand.workflow_id,
            "command": errand.command.name,
            "sealed": sealed.model_dump(),
        }
        await self._writes.run(lambda session: store.settle(session, ask.command_id, values))
        return Reply(202, {"command_id": ask.command_id, "state": "pending"}, {"Location": place})

    async def local(self, ask: Ask, effect: Callable[[Session], Awaitable[Reply]]) -> Reply:
        """Do something in our own tables: key, effect and answer in one transaction."""
        async with self._recording(ask, keep=False), self._database.write() as session:
            before = await idempotency.begin(session, ask)
            if before is not None:
                return before
            reply = await effect(session)
            await idempotency.settle(session, ask, reply)
            return reply

    async def outside(self, ask: Ask, effect: Callable[[], Awaitable[Reply]]) -> Reply:
        """Have another service do something that it does once however often it is asked."""
        before = await self._begin(ask)
        if before is not None:
            return before
        async with self._recording(ask, keep=False):
            reply = await effect()
        await self.settle(ask, reply)
        return reply

    async def settle(self, ask: Ask, reply: Reply) -> None:
        """Keep the answer for the repeats."""
        await self._writes.run(lambda session: idempotency.settle(session, ask, reply))

    async def _begin(self, ask: Ask) -> Reply | None:
        async with self._recording(ask, keep=False):
            return await self._writes.run(lambda session: idempotency.begin(session, ask))

    @asynccontextmanager
    async def _recording(self, ask: Ask, *, keep: bool) -> AsyncIterator[None]:
        """Record a refusal before it is answered; when it cannot be recorded, that is the answer."""
        try:
            yield
        except RefusedError as caught:
            refusal = caught
            await self._writes.run(lambda session: idempotency.refuse(session, ask, refusal, keep=keep))
            raise

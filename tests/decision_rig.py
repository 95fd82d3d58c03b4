"""The deciding path in this process: worker and registry on a real engine, broker and database, and nobody's API."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from temporalio.client import Client, WorkflowHandle
from temporalio.common import WorkflowIDReusePolicy

from contracts import names
from contracts.commands.base import Accepted, Command
from contracts.commands.every import OPENS
from contracts.commands.opening import Opening
from contracts.policy import loader
from contracts.policy.model import Policy
from services.kit.beginning import begin
from services.kit.db import Database
from services.kit.temporal import connect
from services.registry.checking import verify_record
from services.registry.ledger import Broken, Verified
from services.registry.proof import Proof
from services.registry.store.reading import Reading
from tests.claims import KeySet, claimed
from tests.deciders import DECIDERS
from tests.updates import send_update
from tests.waiting import until
from tests.whole_parts import Ground
from workflows.procedure.case import State
from workflows.procedure.decider import Decider

POLICY = "2026.1-demo"
FAR = 1000
"""A place that no case has reached: whoever is asked to catch up to it looks at the record."""

S = TypeVar("S", bound=State)


@dataclass
class ClaimingDesk(Generic[S]):
    """A desk over one running case, as the officers' service is one: each command goes under a signed claim."""

    policy: Policy
    case_id: str
    decider: Decider[S]
    handle: WorkflowHandle[Any, str]
    keys: KeySet

    async def send(self, command: Command) -> Accepted:
        """Claim the command and send it as an update; returns when the record has it, raises RefusedError."""
        self.keys.introduce(command)
        return await send_update(self.handle, claimed(command, self.keys.claim))

    async def case(self) -> S:
        """Ask the workflow."""
        return await self.handle.query(names.STATE_QUERY, result_type=self.decider.folding.state)

    async def until(self, instant: datetime) -> None:
        """Real time passes by itself."""
        await asyncio.sleep(max(0.0, (instant - datetime.now(UTC)).total_seconds()))


@dataclass
class DecisionRig:
    """The running parts, and the record as it is stored."""

    client: Client
    keys: KeySet
    reading: Reading

    async def begin(self, opening: Opening) -> ClaimingDesk[Any]:
        """Begin the case that somebody asks for; a desk over it."""
        self.keys.introduce(opening)
        kind, once = OPENS[opening.act], WorkflowIDReusePolicy.REJECT_DUPLICATE
        assert await begin(self.client, kind, opening.target, claimed(opening, self.keys.claim), once)
        return await self.desk(kind, opening.target)

    async def desk(self, kind: str, case_id: str) -> ClaimingDesk[Any]:
        """A desk over a case, once its first step is on the record and folded."""
        handle: WorkflowHandle[Any, str] = self.client.get_workflow_handle(
            names.workflow_id(kind, case_id), result_type=str
        )
        await until(lambda: self.reading.entries(case_id=case_id, after=-1, limit=1))
        await handle.execute_update(names.CATCH_UP_UPDATE, FAR)
        return ClaimingDesk(loader.released(POLICY), case_id, DECIDERS[kind], handle, self.keys)

    async def verified(self) -> Verified | Broken:
        """Walk the whole record: every hash, every signature, every claim."""
        return await verify_record(self.reading, proof=Proof.load(self.keys.public))


@contextlib.asynccontextmanager
async def deciding(ground: Ground, database_url: str, temporal_address: str) -> AsyncIterator[DecisionRig]:
    """Start registry and worker on the caller's servers; the record is kept in the database of the URL."""
    database = Database(database_url)
    try:
        async with contextlib.AsyncExitStack() as stack:
            for part in (ground.registry(database_url), ground.worker()):
                stack.push_async_callback(part.stop)
                await part.start()
            client = await connect(temporal_address, "default", ground.keys.engine)
            yield DecisionRig(client, ground.keys, Reading(database))
    finally:
        await database.close()

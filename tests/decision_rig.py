"""The deciding path in this process: workflows, worker and registry on a real Temporal, broker and database."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from services.worker.cases import TemporalCases
from services.worker.recording import JetstreamRecorder
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import Worker
from workflows.rules.case import Case

from contracts import catalogue, names
from contracts.actor import Actor, Grant
from contracts.canonical import digest_of
from contracts.commands.base import Accepted, Command
from contracts.commands.batch import CallElection, OpenBatch, RosterEntry, SubmitRoster
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.vocabulary import Seat
from services.kit import temporal
from services.kit.sealing import Keyring
from services.worker.catalogue import WORKFLOWS, activities
from tests.office import NOMINEE
from tests.registry_rig import Rig, registry
from tests.updates import send_update
from workflows.nomination import NominationWorkflow

OFFICE = Actor(
    account_id="a-office",
    person_id="p-office",
    grants=(Grant(role="ELECTION_OFFICE"), Grant(role="NOMINATOR")),
)


@dataclass
class CaseDesk:
    """A desk over one nomination on the real engine."""

    policy: Policy
    handle: WorkflowHandle[NominationWorkflow, str]

    async def send(self, command: Command) -> None:
        """Send the command as an update; returns when the record has it."""
        await send_update(self.handle, command)

    async def case(self) -> Case:
        """Ask the workflow."""
        return await self.handle.query(NominationWorkflow.case)

    async def until(self, instant: datetime) -> None:
        """Real time passes by itself."""
        await asyncio.sleep(max(0.0, (instant - datetime.now(UTC)).total_seconds()))


@dataclass
class DecisionRig:
    """The running parts."""

    client: Client
    record: Rig
    keyring: Keyring

    async def open_batch(self, batch_id: str, policy: str = "2026.1-demo") -> None:
        """ST00."""
        await self.client.start_workflow(
            names.BATCH_WORKFLOW,
            OpenBatch(
                command_id=f"open-{batch_id}",
                actor=OFFICE,
                body_digest=digest_of(batch_id),
                batch_id=batch_id,
                title="test",
                districts=("d01", "d02"),
                policy=policy,
                policy_digest=loader.digest(policy),
            ),
            id=names.batch_workflow_id(batch_id),
            task_queue=names.TASK_QUEUE,
        )

    async def submit(self, batch_id: str, count: int, policy: str = "2026.1-demo") -> list[CaseDesk]:
        """ST01: a roster of `count` invented nominees; returns a desk for each when its case is open."""
        entries = tuple(
            RosterEntry(
                case_id=names.case_id(batch_id, f"p-nominee-{n}"),
                person_id=f"p-nominee-{n}",
                district="d01",
                seat=Seat.EXECUTIVE,
                nominating_unit="chamber-1",
                nominee=NOMINEE,
            )
            for n in range(count)
        )
        roster = SubmitRoster(
            command_id=f"roster-{batch_id}",
            actor=OFFICE,
            body_digest=digest_of("roster"),
            roster_digest=digest_of(batch_id),
            entries=entries,
        )
        handle = self.client.get_workflow_handle(names.batch_workflow_id(batch_id))
        await handle.execute_update(roster.name, roster, id=roster.command_id, result_type=Accepted)
        desks = [self.desk(entry.case_id, policy) for entry in entries]
        for desk in desks:
            await self.opened(desk)
        return desks

    def desk(self, case_id: str, policy: str = "2026.1-demo") -> CaseDesk:
        """A desk over a case."""
        handle = self.client.get_workflow_handle_for(
            NominationWorkflow.run, names.nomination_workflow_id(case_id)
        )
        return CaseDesk(loader.released(policy), handle)

    async def opened(self, desk: CaseDesk) -> None:
        """Wait until a case's first step is on the record."""
        async with asyncio.timeout(20):
            while True:
                with contextlib.suppress(Exception):
                    if (await desk.case()).tasks:
                        return
                await asyncio.sleep(0.05)

    async def call_election(self, batch_id: str, instant: datetime) -> None:
        """Call the batch's election."""
        call = CallElection(
            command_id=f"election-{batch_id}",
            actor=OFFICE,
            body_digest=digest_of("election"),
            election_at=instant,
        )
        handle = self.client.get_workflow_handle(names.batch_workflow_id(batch_id))
        await handle.execute_update(call.name, call, id=call.command_id, result_type=Accepted)


@contextlib.asynccontextmanager
async def deciding(
    database_url: str, nats_url: str, temporal_address: str, directory: Path
) -> AsyncIterator[DecisionRig]:
    """Start registry and worker; the servers are the caller's."""
    keyring = Keyring.create(directory / "keys")
    async with registry(database_url, nats_url, directory, known=catalogue.known) as record:
        client = await temporal.connect(temporal_address, "default", keyring)
        recorder = JetstreamRecorder(record.bus, record.inbox, keyring, 10)
        async with Worker(
            client,
            task_queue=names.TASK_QUEUE,
            workflows=list(WORKFLOWS),
            activities=activities(recorder, TemporalCases(client)),
        ):
            yield DecisionRig(client, record, keyring)

"""Whoever reaches Temporal with the key to its payloads, and has no key to sign with, brings nothing about (D17)."""

import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from contracts import names
from contracts.actor import Actor, Grant
from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.claim import UNSIGNED
from contracts.commands.base import Accepted
from contracts.commands.removal import OpenRemoval, Suspend
from contracts.matter import Lead
from contracts.policy import loader
from contracts.refusals import RefusalCode
from contracts.vocabulary import Seat
from services.kit.claims import ClaimChecker
from services.kit.sealing import Keyring
from services.kit.temporal import connect
from services.worker.beginning import begin
from services.worker.carrying import Carrying
from services.worker.catalogue import WORKFLOWS, activities
from services.worker.record import Record
from services.worker.sandbox import runner
from services.worker.settling import Settling
from tests.claims import AT, claim, claimed
from tests.registry_rig import Rig, registry
from tests.servers import NatsServer, TemporalServer

POLICY = "2026.1"
CHAIR = Actor(account_id="a-chair", person_id="p-chair", grants=(Grant(role="LEADER_IN_CHARGE"),))
ONCE = WorkflowIDReusePolicy.REJECT_DUPLICATE
_numbers = itertools.count(1)


@dataclass
class Stand:
    """A worker on real servers, with one removal that was opened in order."""

    rig: Rig
    client: Client
    case_id: str

    @property
    def case(self) -> WorkflowHandle[Any, Any]:
        """Its workflow."""
        return self.client.get_workflow_handle(names.workflow_id("removal", self.case_id))

    async def send(self, command: Suspend) -> Accepted:
        """Send a command as it is."""
        update = names.update_id(command.command_id, command.body_digest)
        return await self.case.execute_update(names.ACT_UPDATE, command, id=update, result_type=Accepted)

    async def refused(self, command: Suspend) -> str:
        """The code with which it is refused."""
        with pytest.raises(WorkflowUpdateFailedError) as caught:
            await self.send(command)
        assert isinstance(caught.value.cause, ApplicationError)
        return caught.value.cause.type or ""

    def suspension(self, command_id: str = "k-suspend") -> Suspend:
        """What the chair meeting decided, still to be signed."""
        return Suspend(
            claim=claim(self.case_id, f"{self.case_id}.{command_id}", CHAIR),
            cause=Cause.DETAINED,
            minutes_digest="1" * 64,
        )

    async def attempts(self) -> list[str]:
        """What the record keeps of refused acts."""
        return [one.detail for _, one in await self.rig.reading.attempts(after=-1, limit=1000)]


@pytest.fixture
async def stand(
    sqlite_url: str, nats_server: NatsServer, temporal_server: TemporalServer, tmp_path: Path
) -> AsyncIterator[Stand]:
    async with registry(sqlite_url, nats_server.url, tmp_path) as rig:
        client = await connect(temporal_server.address, "default", Keyring.create(tmp_path / "engine"))
        record = Record(rig.bus, 5.0)
        settling = Settling(
            record, ClaimChecker.load(rig.keys.public), Keyring.create(tmp_path / "record"), rig.keys.step
        )
        carrying = Carrying(client, record, rig.keys.errand)
        async with Worker(
            client,
            task_queue=names.TASK_QUEUE,
            workflows=list(WORKFLOWS),
            activities=activities(settling, carrying),
            workflow_runner=runner(),
        ):
            made = Stand(rig, client, f"r{next(_numbers)}")
            await begin(
                client, CaseKind.REMOVAL, made.case_id, claimed(opening(made.case_id), rig.keys.claim), ONCE
            )
            await made.case.execute_update(names.CATCH_UP_UPDATE, 1000)
            yield made
            await made.case.terminate()


def opening(case_id: str) -> OpenRemoval:
    """A lead that was registered."""
    return OpenRemoval(
        claim=claim(case_id, f"{case_id}.k-open", CHAIR),
        policy=POLICY,
        policy_digest=loader.digest(POLICY),
        parent=case_id,
        person_id="p9",
        seat=Seat.EXECUTIVE,
        source="discipline-letter",
        lead=Lead(name="甲", text="内容"),
    )


def _other_name(genuine: Suspend) -> Suspend:
    stranger = CHAIR.model_copy(update={"account_id": "a-stranger"})
    return genuine.model_copy(update={"claim": genuine.claim.model_copy(update={"actor": stranger})})


def _with(genuine: Suspend, **changes: object) -> Suspend:
    return genuine.model_copy(update={"claim": genuine.claim.model_copy(update=changes)})


FORGERIES: dict[str, Callable[[Suspend], Suspend]] = {
    "unsigned": lambda genuine: _with(genuine, signature=UNSIGNED),
    "in another's name": _other_name,
    "at another instant": lambda genuine: _with(genuine, at=AT + timedelta(hours=1)),
    "under another key of ours": lambda genuine: _with(
        genuine, signature=genuine.claim.signature.model_copy(update={"key_id": "s0000000000000000"})
    ),
    "with another body": lambda genuine: genuine.model_copy(update={"minutes_digest": "2" * 64}),
    "with another body and its digest": lambda genuine: genuine.model_copy(
        update={"minutes_digest": "2" * 64}
    ).claimed_as(genuine.claim),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forged_update_is_refused_kept_and_changes_nothing(stand: Stand, forgery: str) -> None:
    before, known = await stand.rig.reading.head(), await stand.case.query(names.STATE_QUERY)
    forged = FORGERIES[forgery](claimed(stand.suspension(), stand.rig.keys.claim))
    assert await stand.refused(forged) == RefusalCode.CLAIM_INVALID
    assert await stand.rig.reading.head() == before
    assert await stand.case.query(names.STATE_QUERY) == known
    (kept,) = await stand.attempts()
    assert forged.claim.signature.key_id in kept
    assert forged.actor.account_id in kept
    genuine = claimed(stand.suspension("k-genuine"), stand.rig.keys.claim)
    assert (await stand.send(genuine)).index >= before.length, "whoever may goes on as before"


async def test_a_person_s_act_under_the_worker_s_keys_is_refused(stand: Stand) -> None:
    for number, key in enumerate((stand.rig.keys.errand, stand.rig.keys.step, stand.rig.keys.entry)):
        forged = claimed(stand.suspension(f"k{number}"), key)
        assert await stand.refused(forged) == RefusalCode.CLAIM_INVALID
    assert len(await stand.attempts()) == 3


async def test_a_genuine_command_for_another_case_is_refused_here(stand: Stand) -> None:
    before = await stand.rig.reading.head()
    asked = stand.suspension()
    other = asked.model_copy(update={"claim": asked.claim.model_copy(update={"target": "r-other"})})
    assert await stand.refused(claimed(other, stand.rig.keys.claim)) == RefusalCode.CLAIM_INVALID
    assert await stand.rig.reading.head() == before
    (kept,) = await stand.attempts()
    assert "another case" in kept


async def test_a_genuine_command_sent_again_is_one_act(stand: Stand) -> None:
    genuine = claimed(stand.suspension(), stand.rig.keys.claim)
    first = await stand.send(genuine)
    update = stand.case.execute_update(names.ACT_UPDATE, genuine, id="replayed", result_type=Accepted)
    assert await update == first
    assert (await stand.rig.reading.head()).length == first.index + 1
    assert await stand.attempts() == []


async def test_a_case_that_nobody_asked_for_does_not_begin(stand: Stand) -> None:
    forged = claimed(opening("r-forged"), stand.rig.keys.errand)
    unsigned = forged.model_copy(update={"claim": forged.claim.model_copy(update={"signature": UNSIGNED})})
    await begin(stand.client, CaseKind.REMOVAL, "r-forged", unsigned, ONCE)
    with pytest.raises(WorkflowFailureError):
        await stand.client.get_workflow_handle("removal:r-forged").result()
    assert len(await stand.attempts()) == 1
    _, envelopes = await stand.rig.look("r-forged", 0)
    assert envelopes == []
    assert await begin(
        stand.client,
        CaseKind.REMOVAL,
        "r-forged",
        claimed(opening("r-forged"), stand.rig.keys.claim),
        WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
    ), "and keeps nobody from beginning it in order"
    await stand.client.get_workflow_handle("removal:r-forged").terminate()

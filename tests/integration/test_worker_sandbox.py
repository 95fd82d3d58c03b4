"""The sandbox is kept and not entered where nothing of the workflow is asked; payloads are of their workflow alone."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.converter import PayloadCodec, WorkflowSerializationContext
from temporalio.worker import Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, _runner

from services.kit.codec import SealingCodec
from services.kit.temporal import connect
from services.worker import sandbox
from tests.claims import KeySet
from tests.echo_case import EchoCase, echo
from tests.servers import TemporalServer

_numbers = itertools.count(1)


@pytest.fixture
def unreadable() -> list[str]:
    """The workflows to which something came that does not open."""
    return []


@pytest.fixture
async def client(
    temporal_server: TemporalServer, tmp_path_factory: pytest.TempPathFactory, unreadable: list[str]
) -> Client:
    keys = KeySet.make(tmp_path_factory.mktemp("keys"))
    return await connect(
        temporal_server.address, "default", keys.engine, lambda workflow_id, _: unreadable.append(workflow_id)
    )


def worker(client: Client, queue: str, runner: WorkflowRunner) -> Worker:
    """A worker for the workflow below."""
    return Worker(client, task_queue=queue, workflows=[EchoCase], activities=[echo], workflow_runner=runner)


@pytest.fixture
def entered(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the sandbox was entered, by what was asked there."""
    counts: Counter[str] = Counter()
    run_code = _runner._Instance._run_code

    def counting(self: Any, code: str, **more: Any) -> None:
        counts[next((name for name in ("_context", ".activate") if name in code), "create")] += 1
        run_code(self, code, **more)

    monkeypatch.setattr(_runner._Instance, "_run_code", counting)
    return counts


async def _talk(client: Client, runner: WorkflowRunner) -> str:
    queue = f"echo-{next(_numbers)}"
    async with worker(client, queue, runner):
        handle = await client.start_workflow(EchoCase.run, "one", id=queue, task_queue=queue)
        said: str = await handle.execute_update(EchoCase.say, "two")
        await handle.signal(EchoCase.end)
        assert await handle.result() == "one"
    return said


async def test_payloads_do_not_enter_the_sandbox(client: Client, entered: Counter[str]) -> None:
    assert await _talk(client, sandbox.runner()) == "two"
    assert entered["create"] > 0
    assert entered[".activate"] > 0
    assert entered["_context"] == 0


async def test_with_the_library_s_own_runner_they_do(client: Client, entered: Counter[str]) -> None:
    """What the test above counts is counted: without our runner it fails."""
    assert await _talk(client, SandboxedWorkflowRunner()) == "two"
    assert entered["_context"] > 0


async def test_the_library_still_calls_what_our_runner_answers() -> None:
    for name in ("get_serialization_context", "get_external_store_context"):
        assert name in vars(_runner._Instance), (
            f"the library's sandbox no longer has {name}: see services/worker/sandbox"
        )
        assert name in vars(sandbox._CaseInstance)


async def test_what_a_workflow_may_not_do_is_still_found_out(client: Client) -> None:
    queue = f"echo-{next(_numbers)}"
    async with worker(client, queue, sandbox.runner()):
        handle = await client.start_workflow(EchoCase.run, "one", id=queue, task_queue=queue)
        assert await handle.execute_update(EchoCase.gamble) == "RestrictedWorkflowAccessError"
        await handle.signal(EchoCase.end)


class Copied(PayloadCodec):
    """Sends whatever it sends as it was sealed for another workflow: what was copied from that one's history."""

    def __init__(self, codec: SealingCodec) -> None:
        self._codec = codec

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """As for the other."""
        return await self._codec.encode(payloads)

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """As from the other."""
        return await self._codec.decode(payloads)


async def test_what_was_sealed_for_another_workflow_is_not_taken(
    client: Client, temporal_server: TemporalServer, unreadable: list[str]
) -> None:
    queue = f"echo-{next(_numbers)}"
    other = WorkflowSerializationContext(namespace="default", workflow_id="another")
    sealing = client.data_converter.payload_codec
    assert isinstance(sealing, SealingCodec)
    converter = replace(client.data_converter, payload_codec=Copied(sealing.with_context(other)))
    forger = await Client.connect(temporal_server.address, data_converter=converter)
    async with worker(client, queue, sandbox.runner()):
        handle = await client.start_workflow(EchoCase.run, "one", id=queue, task_queue=queue)
        forged = forger.get_workflow_handle_for(EchoCase.run, queue)
        with pytest.raises(WorkflowUpdateFailedError):
            await forged.execute_update(EchoCase.say, "forged", rpc_timeout=timedelta(seconds=20))
        await forged.signal("end", "forged")
        assert await handle.execute_update(EchoCase.say, "two") == "two"
        await handle.signal(EchoCase.end)
        assert await handle.result() == "one"
    assert unreadable.count(queue) >= 2, "the update and the signal"

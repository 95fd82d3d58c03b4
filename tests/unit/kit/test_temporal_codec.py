"""Temporal's payloads and failures leave the process sealed for one workflow, and nothing else comes in."""

from pathlib import Path

import pytest
from pydantic import BaseModel
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import (
    ActivitySerializationContext,
    NexusSerializationContext,
    SerializationContext,
    WorkflowSerializationContext,
)
from temporalio.exceptions import ApplicationError

from services.kit.codec import SealingCodec
from services.kit.sealing import Keyring, SealError
from services.kit.temporal import data_converter

SECRET = "甄选-canary"
HERE = WorkflowSerializationContext(namespace="default", workflow_id="nomination:c1")
ONE = Payload(metadata={"encoding": b"json/plain"}, data=b"1")


class Value(BaseModel):
    text: str


def _activity(workflow_id: str | None) -> ActivitySerializationContext:
    return ActivitySerializationContext(
        namespace="default",
        activity_id="1",
        activity_type="settle",
        activity_task_queue="vetting",
        workflow_id=workflow_id,
        workflow_type="nomination",
        is_local=True,
    )


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path)


@pytest.fixture
def codec(keyring: Keyring) -> SealingCodec:
    return SealingCodec(keyring).with_context(HERE)


async def test_a_value_passes_and_is_not_to_be_read_on_the_way(keyring: Keyring) -> None:
    converter = data_converter(keyring).with_context(HERE)
    (payload,) = await converter.encode([Value(text=SECRET)])
    assert SECRET.encode() not in payload.SerializeToString()
    assert await converter.decode([payload], [Value]) == [Value(text=SECRET)]


async def test_a_failure_s_message_and_trace_are_sealed(keyring: Keyring) -> None:
    converter = data_converter(keyring).with_context(HERE)
    failure = Failure()
    try:
        raise ApplicationError(f"refused: {SECRET}", {"who": SECRET}, type="refused")
    except ApplicationError as error:
        await converter.encode_failure(error, failure)
    assert SECRET.encode() not in failure.SerializeToString()
    assert failure.message == "Encoded failure"
    assert failure.stack_trace == ""
    back = await converter.decode_failure(failure)
    assert isinstance(back, ApplicationError)
    assert SECRET in back.message


async def test_a_workflow_and_its_activities_read_one_another(codec: SealingCodec, keyring: Keyring) -> None:
    activity = SealingCodec(keyring).with_context(_activity("nomination:c1"))
    assert await activity.decode(await codec.encode([ONE])) == [ONE]
    assert await codec.decode(await activity.encode([ONE])) == [ONE]


@pytest.mark.parametrize(
    "elsewhere",
    [
        WorkflowSerializationContext(namespace="default", workflow_id="nomination:c2"),
        WorkflowSerializationContext(namespace="other", workflow_id="nomination:c1"),
        WorkflowSerializationContext(namespace="defaultn", workflow_id="omination:c1"),
        _activity("nomination:c2"),
    ],
)
async def test_a_payload_that_was_copied_elsewhere_does_not_open(
    codec: SealingCodec, keyring: Keyring, elsewhere: SerializationContext
) -> None:
    sealed = await codec.encode([ONE])
    with pytest.raises(SealError, match="another workflow"):
        await SealingCodec(keyring).with_context(elsewhere).decode(sealed)


@pytest.mark.parametrize(
    "nowhere", [None, _activity(None), NexusSerializationContext(endpoint="e", service="s", operation="o")]
)
async def test_where_no_workflow_is_known_nothing_is_sealed_or_opened(
    codec: SealingCodec, keyring: Keyring, nowhere: SerializationContext | None
) -> None:
    free = SealingCodec(keyring) if nowhere is None else SealingCodec(keyring).with_context(nowhere)
    with pytest.raises(SealError, match="no workflow"):
        await free.encode([ONE])
    with pytest.raises(SealError, match="no workflow"):
        await free.decode(await codec.encode([ONE]))


async def test_the_same_value_never_looks_the_same_twice(codec: SealingCodec) -> None:
    first, second = await codec.encode([ONE, ONE])
    assert first.data != second.data


async def test_an_unsealed_payload_is_refused(codec: SealingCodec) -> None:
    with pytest.raises(SealError, match="not encrypted"):
        await codec.decode([ONE])


async def test_an_unknown_key_and_changed_bytes_are_refused(codec: SealingCodec, tmp_path: Path) -> None:
    (sealed,) = await codec.encode([ONE])
    other = SealingCodec(Keyring.create(tmp_path / "other")).with_context(HERE)
    with pytest.raises(SealError, match="no key"):
        await other.decode([sealed])
    for data in (sealed.data[:-1] + bytes([sealed.data[-1] ^ 1]), sealed.data[:5], b""):
        with pytest.raises(SealError, match="changed"):
            await codec.decode([Payload(metadata=sealed.metadata, data=data)])
    for name in ("key-id", "algorithm", "digest"):
        less = {key: value for key, value in sealed.metadata.items() if key != name}
        with pytest.raises(SealError, match=r"no key|changed"):
            await codec.decode([Payload(metadata=less, data=sealed.data)])


async def test_a_large_value_is_compressed_before_it_is_sealed(codec: SealingCodec) -> None:
    (sealed,) = await codec.encode([Payload(data=b"a" * 100_000)])
    assert len(sealed.data) < 2_000


async def test_a_payload_that_unfolds_without_end_is_refused(
    codec: SealingCodec, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sealed,) = await codec.encode([Payload(data=b"a" * 100_000)])
    monkeypatch.setattr("services.kit.codec.LARGEST", 50_000)
    with pytest.raises(SealError, match="larger"):
        await codec.decode([sealed])


async def test_a_worker_is_told_of_what_does_not_open_and_makes_nothing_of_it(keyring: Keyring) -> None:
    told: list[tuple[str, str]] = []
    converter = data_converter(keyring, lambda workflow_id, reason: told.append((workflow_id, reason)))
    here = converter.with_context(HERE)
    with pytest.raises(Exception, match="unreadable"):
        await here.decode([ONE], [int])
    assert told == [("nomination:c1", "a payload came as 'json/plain': it is not encrypted by us")]


def test_what_one_workflow_learned_to_read_the_next_need_not_learn(keyring: Keyring) -> None:
    first, second = data_converter(keyring), data_converter(keyring)
    assert first.payload_converter_class() is second.payload_converter_class()


async def test_the_payloads_of_each_workflow_are_sealed_for_it_by_the_same_parts(keyring: Keyring) -> None:
    free = data_converter(keyring)
    here = free.with_context(HERE)
    there = here.with_context(WorkflowSerializationContext(namespace="default", workflow_id="nomination:c2"))
    assert here.payload_converter is there.payload_converter is free.payload_converter
    sealed = await here.encode([1])
    assert await here.decode(sealed, [int]) == [1]
    with pytest.raises(SealError, match="another workflow"):
        await there.decode(sealed, [int])
    with pytest.raises(SealError, match="no workflow"):
        await free.encode([1])

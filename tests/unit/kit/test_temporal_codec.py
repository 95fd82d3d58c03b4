"""Temporal's payloads and failures leave the process sealed, and nothing unsealed comes in."""

from pathlib import Path

import pytest
from pydantic import BaseModel
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError

from services.kit.sealing import Keyring, SealError
from services.kit.temporal import ENCODING, SealingCodec, data_converter

SECRET = "甄选-canary"


class Value(BaseModel):
    text: str


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path)


async def test_a_value_passes_and_is_not_to_be_read_on_the_way(keyring: Keyring) -> None:
    converter = data_converter(keyring)
    (payload,) = await converter.encode([Value(text=SECRET)])
    assert SECRET.encode() not in payload.SerializeToString()
    assert await converter.decode([payload], [Value]) == [Value(text=SECRET)]


async def test_a_failure_s_message_and_trace_are_sealed(keyring: Keyring) -> None:
    converter = data_converter(keyring)
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


async def test_the_same_value_never_looks_the_same_twice(keyring: Keyring) -> None:
    codec = SealingCodec(keyring)
    payload = Payload(metadata={"encoding": b"json/plain"}, data=b"1")
    first, second = await codec.encode([payload, payload])
    assert first.data != second.data


async def test_an_unsealed_payload_is_refused(keyring: Keyring) -> None:
    with pytest.raises(SealError, match="not encrypted"):
        await SealingCodec(keyring).decode([Payload(metadata={"encoding": b"json/plain"}, data=b"1")])


async def test_an_unknown_key_and_changed_bytes_are_refused(keyring: Keyring, tmp_path: Path) -> None:
    codec = SealingCodec(keyring)
    (sealed,) = await codec.encode([Payload(metadata={"encoding": b"json/plain"}, data=b"1")])
    other = SealingCodec(Keyring.create(tmp_path / "other"))
    with pytest.raises(SealError, match="no key"):
        await other.decode([sealed])
    for data in (sealed.data[:-1] + bytes([sealed.data[-1] ^ 1]), sealed.data[:5], b""):
        with pytest.raises(SealError, match="changed"):
            await codec.decode([Payload(metadata=sealed.metadata, data=data)])
    with pytest.raises(SealError, match="no key"):
        await codec.decode([Payload(metadata={"encoding": ENCODING}, data=sealed.data)])


async def test_a_large_value_is_compressed_before_it_is_sealed(keyring: Keyring) -> None:
    (sealed,) = await SealingCodec(keyring).encode([Payload(data=b"a" * 100_000)])
    assert len(sealed.data) < 2_000


async def test_a_payload_that_unfolds_without_end_is_refused(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    codec = SealingCodec(keyring)
    (sealed,) = await codec.encode([Payload(data=b"a" * 100_000)])
    monkeypatch.setattr("services.kit.temporal.LARGEST", 50_000)
    with pytest.raises(SealError, match="larger"):
        await codec.decode([sealed])

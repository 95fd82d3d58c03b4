"""A Temporal client whose payloads and failures leave this process encrypted only."""

import asyncio
import contextlib
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes, PayloadCodec
from temporalio.service import RPCError, RPCStatusCode

from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.sealing import NONCE_BYTES, Keyring, SealError

ENCODING = b"binary/qingxuan-aes256gcm-zlib"
LARGEST = 16 * 1024 * 1024
"""Bytes that a payload may have after decompression; the server's own limit is 2 MiB before it."""

ASK_AGAIN_SECONDS = 0.1
TOLD_EVERY = 100
"""Of the questions to a server that is not up yet, every hundredth is logged: one line in some ten seconds."""

COMING = frozenset({RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.NOT_FOUND})
"""What a server answers that is not up yet, or has not made the namespace yet."""


class SealingCodec(PayloadCodec):
    """Compress, then AES-256-GCM with a random nonce; the key's id travels in the metadata.

    Fails closed: a payload under an unknown key, a changed one and one that is not encrypted are errors.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt each payload with its metadata."""
        return [self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open each payload; raises SealError for one that we did not seal."""
        return [self._open(payload) for payload in payloads]

    def _seal(self, payload: Payload) -> Payload:
        key_id = self._keyring.current
        nonce = secrets.token_bytes(NONCE_BYTES)
        plain = zlib.compress(payload.SerializeToString(), level=1)
        sealed = nonce + AESGCM(self._keyring.key(key_id)).encrypt(nonce, plain, ENCODING)
        return Payload(metadata={"encoding": ENCODING, "key-id": key_id.encode()}, data=sealed)

    def _open(self, payload: Payload) -> Payload:
        encoding = payload.metadata.get("encoding", b"")
        if encoding != ENCODING:
            raise SealError(
                f"a payload came as {encoding.decode(errors='replace')!r}: it is not encrypted by us"
            )
        key = self._keyring.key(payload.metadata.get("key-id", b"").decode(errors="replace"))
        nonce, ciphertext = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        try:
            plain = AESGCM(key).decrypt(nonce, ciphertext, ENCODING)
        except (InvalidTag, ValueError):
            raise SealError("a payload was changed on its way") from None
        opener = zlib.decompressobj()
        content = opener.decompress(plain, LARGEST)
        if not opener.eof:
            raise SealError(f"a payload is larger than {LARGEST} bytes")
        return Payload.FromString(content)


def data_converter(keyring: Keyring) -> DataConverter:
    """Pydantic values in, sealed payloads out; messages and stack traces of failures are sealed as well."""
    return replace(
        pydantic_data_converter,
        payload_codec=SealingCodec(keyring),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


async def connect(address: str, namespace: str, keyring: Keyring) -> Client:
    """A client for the namespace. Raises RuntimeError when the server does not answer."""
    return await Client.connect(address, namespace=namespace, data_converter=data_converter(keyring))


async def connect_when_up(address: str, namespace: str, keyring: Keyring, stop: asyncio.Event) -> Client:
    """A client for the namespace, once the server is up and has it; waits for that until `stop` is set.

    So a process need not be started after the engine. Raises UnavailableError when it is stopped first, and
    RPCError when the server refuses.
    """
    asked = 0
    while not stop.is_set():
        try:
            client = await connect(address, namespace, keyring)
            await client.workflow_service.describe_namespace(
                DescribeNamespaceRequest(namespace=namespace), timeout=timedelta(seconds=5)
            )
            return client
        except (RuntimeError, RPCError) as error:
            if isinstance(error, RPCError) and error.status not in COMING:
                raise
            asked += 1
            if asked % TOLD_EVERY == 0:
                logger.warning("waiting for the engine", address=address, attempt=asked, exc_info=error)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), ASK_AGAIN_SECONDS)
    raise UnavailableError("stopped before the engine answered")

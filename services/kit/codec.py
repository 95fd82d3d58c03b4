"""Temporal's payloads, sealed for the workflow that they belong to: copied to another one they do not open (D10)."""

import secrets
import zlib
from collections.abc import Callable, Mapping, Sequence

from cryptography.exceptions import InvalidTag
from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    ActivitySerializationContext,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

from contracts.sealed import Algorithm, DigestName
from services.kit.locks import NONCE_BYTES, Suite
from services.kit.sealing import Keyring, SealError

ENCODING = b"binary/qingxuan-sealed-zlib"
LARGEST = 16 * 1024 * 1024
"""Bytes that a payload may have after decompression; the server's own limit is 2 MiB before it."""

UNREADABLE = Payload(metadata={"encoding": b"binary/qingxuan-unreadable"})
"""Stands for a payload that does not open; no converter makes a value of it."""

Unreadable = Callable[[str, str], None]
"""Told the workflow and the reason when a payload sent to it does not open."""

_PURPOSE = b"engine"


class SealingCodec(PayloadCodec, WithSerializationContext):
    """Compress, then encrypt with a random nonce; the key's id and what it was encrypted with travel in the metadata.

    The associated data names purpose, namespace and workflow. Fails closed: a payload under an unknown key, a
    changed one, one of another workflow and one that is not encrypted are errors, and so is one of no workflow.
    """

    def __init__(
        self, keyring: Keyring, unreadable: Unreadable | None = None, place: tuple[str, str] | None = None
    ) -> None:
        """`place` is namespace and workflow; it comes with the context.

        With `unreadable` a payload that does not open is told there, and UNREADABLE is handed on: a worker that
        raised instead could not go on with the workflow, whoever had sent it that.
        """
        self._keyring = keyring
        self._unreadable = unreadable
        self._place = place

    def with_context(self, context: SerializationContext) -> "SealingCodec":
        """The codec for the payloads of one workflow, those of its activities included."""
        return SealingCodec(self._keyring, self._unreadable, _place(context))

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt each payload with its metadata; raises SealError where no workflow is known."""
        place = _associated(self._known_place())
        return [self._seal(payload, place) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open each payload; raises SealError for one that we did not seal for this workflow."""
        return [self._opened(payload, self._known_place()) for payload in payloads]

    def _opened(self, payload: Payload, place: tuple[str, str]) -> Payload:
        try:
            return self._open(payload, _associated(place))
        except SealError as error:
            if self._unreadable is None:
                raise
            self._unreadable(place[1], str(error))
            return UNREADABLE

    def _known_place(self) -> tuple[str, str]:
        if self._place is None:
            raise SealError("a payload that belongs to no workflow is neither sealed nor opened")
        return self._place

    def _seal(self, payload: Payload, place: bytes) -> Payload:
        key_id, suite = self._keyring.current, self._keyring.suite
        nonce = secrets.token_bytes(NONCE_BYTES)
        plain = zlib.compress(payload.SerializeToString(), level=1)
        sealed = nonce + self._keyring.lock(key_id, suite).aead.encrypt(nonce, plain, place)
        said = {
            "encoding": ENCODING,
            "key-id": key_id.encode(),
            "algorithm": suite.algorithm.encode(),
            "digest": suite.digest.encode(),
        }
        return Payload(metadata=said, data=sealed)

    def _open(self, payload: Payload, place: bytes) -> Payload:
        encoding = payload.metadata.get("encoding", b"")
        if encoding != ENCODING:
            raise SealError(
                f"a payload came as {encoding.decode(errors='replace')!r}: it is not encrypted by us"
            )
        key_id, algorithm, digest = (
            payload.metadata.get(name, b"").decode(errors="replace")
            for name in ("key-id", "algorithm", "digest")
        )
        nonce, ciphertext = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        try:
            lock = self._keyring.lock(key_id, Suite(Algorithm(algorithm), DigestName(digest)))
            plain = lock.aead.decrypt(nonce, ciphertext, place)
        except (InvalidTag, ValueError):
            raise SealError("a payload was changed on its way, or sealed for another workflow") from None
        opener = zlib.decompressobj()
        content = opener.decompress(plain, LARGEST)
        if not opener.eof:
            raise SealError(f"a payload is larger than {LARGEST} bytes")
        return Payload.FromString(content)


def open_payload(
    keyring: Keyring, namespace: str, workflow: str, metadata: Mapping[str, bytes], data: bytes
) -> bytes:
    """What a payload holds, as its converter wrote it. Raises SealError for one not sealed for this workflow."""
    payload = Payload(metadata=dict(metadata), data=data)
    codec = SealingCodec(keyring)
    return codec._open(payload, _associated((namespace, workflow))).data


def _place(context: SerializationContext) -> tuple[str, str] | None:
    match context:
        case WorkflowSerializationContext(namespace=namespace, workflow_id=workflow_id):
            return namespace, workflow_id
        case ActivitySerializationContext(namespace=namespace, workflow_id=str(workflow_id)):
            return namespace, workflow_id
        case _:
            return None


def _associated(place: tuple[str, str]) -> bytes:
    # Each part with its length before it: no two places read alike.
    return b"".join(
        len(part).to_bytes(4, "big") + part for part in (_PURPOSE, *(one.encode() for one in place))
    )

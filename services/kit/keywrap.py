"""The key under which the keys of people are kept: behind a small interface, so that a device may hold it instead.

A hardware module or a key service is another `KeyWrapper`: it wraps, unwraps and renews inside, and its own key never
leaves it. Whoever adds one builds it where `FileWrapper` is built.
"""

import base64
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from pydantic import Base64Bytes, ValidationError

from contracts.base import Contract
from contracts.sealed import Algorithm, DigestName
from services.kit.locks import NONCE_BYTES, Suite
from services.kit.sealing import Keyring, SealError

_TRIES = 3


class KeyWrapper(Protocol):
    """Keeps a key of its own, in generations, under which others' are wrapped. `context` is whose key it is."""

    def wrap(self, key: bytes, context: str) -> bytes:
        """The key, wrapped under the latest generation."""

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """The key, whatever generation it was wrapped under. Raises SealError for any other bytes, or context."""

    def latest(self, wrapped: bytes) -> bool:
        """Whether it is wrapped under the latest generation."""

    def renew(self) -> None:
        """Begin a new generation; what the older ones wrapped still unwraps while they are kept."""


class Wrapped(Contract):
    """A wrapped key as it is stored, and what it was wrapped with."""

    wrapped_by: str
    algorithm: Algorithm
    digest: DigestName
    nonce: Base64Bytes
    key: Base64Bytes


class FileWrapper:
    """A keyring in a folder of its own. It sees new generations while it runs, and needs no restart for them."""

    def __init__(self, folder: Path, suite: Suite | None = None) -> None:
        """Raises SealError when the folder holds no keyring."""
        self._folder = folder
        self._suite = suite or Suite()
        self._ring = _loaded(folder)

    def wrap(self, key: bytes, context: str) -> bytes:
        """The key, wrapped under the current one of the folder."""
        self._ring = _loaded(self._folder)
        nonce = secrets.token_bytes(NONCE_BYTES)
        lock = self._ring.lock(self._ring.current, self._suite)
        body = lock.aead.encrypt(nonce, key, context.encode())
        said = {
            "wrapped_by": self._ring.current,
            "algorithm": self._suite.algorithm,
            "digest": self._suite.digest,
            "nonce": base64.b64encode(nonce),
            "key": base64.b64encode(body),
        }
        return Wrapped.model_validate(said).model_dump_json().encode()

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """The key. Raises SealError when it was wrapped for another, was changed, or its generation is not there."""
        said = _read(wrapped, context)
        if not self._ring.holds(said.wrapped_by):
            self._ring = _loaded(self._folder)
        if not self._ring.holds(said.wrapped_by):
            raise SealError(
                f"the key of {context} is wrapped under {said.wrapped_by!r}, which is not in {self._folder}"
            )
        lock = self._ring.lock(said.wrapped_by, Suite(said.algorithm, said.digest))
        try:
            return lock.aead.decrypt(said.nonce, said.key, context.encode())
        except (InvalidTag, ValueError):
            raise SealError(f"the key of {context} was changed, or wrapped for another") from None

    def latest(self, wrapped: bytes) -> bool:
        """Whether it is wrapped under the current key of the folder, and with what is chosen for new values."""
        said = _read(wrapped, "somebody")
        now = _loaded(self._folder).current
        return (said.wrapped_by, said.algorithm, said.digest) == (
            now,
            self._suite.algorithm,
            self._suite.digest,
        )

    def renew(self) -> None:
        """Draw a new key and make it the current one. The older ones stay."""
        Keyring.add(self._folder, "k" + secrets.token_hex(6))


def _loaded(folder: Path) -> Keyring:
    for _ in range(_TRIES - 1):
        with suppress(SealError):
            return Keyring(folder)
    # What was current a moment ago may have been replaced and taken away; not time and again.
    return Keyring(folder)


def _read(wrapped: bytes, whose: str) -> Wrapped:
    try:
        return Wrapped.model_validate_json(wrapped)
    except ValidationError:
        raise SealError(f"what is kept as the key of {whose} is no wrapped key") from None

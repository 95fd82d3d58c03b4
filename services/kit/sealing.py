"""Seal personal data under a key, so that it opens only in the place and for the people it was sealed for (D10)."""

import base64
import json
import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag

from contracts.sealed import Sealed
from services.kit.locks import NONCE_BYTES, Lock, Suite

KEY_BYTES = 32
LOCKS = 8_192
"""Keys that are kept ready for use, about 8 MB; one that was dropped is derived again."""
_KEY_ID = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_\-]{0,63}")


class SealError(Exception):
    """A sealed value cannot be opened, or there is no key to seal with. Never treat it as an empty value."""


class PersonKeys(Protocol):
    """The keys of people, one each; and of reports, whose signers have no other."""

    def key(self, owner: str) -> bytes:
        """The key. Raises SealError when there is none, or none any more."""


class Keyring:
    """AES-256 keys in a directory: `<key_id>.key` in base64, readable by the owner only, and `current`.

    New values are sealed under the current key; an older key stays while something is to be opened with it. What is
    about people is sealed under their own keys besides: it opens for whoever has both.
    """

    def __init__(self, directory: Path, people: PersonKeys | None = None, suite: Suite | None = None) -> None:
        """`people` are the keys of people; without, nothing that is somebody's is sealed or opened here."""
        self._keys: dict[str, bytes] = {}
        current = directory / "current"
        if not current.is_file():
            raise SealError(f"{directory} holds no file `current`: create a keyring first")
        # First what is current: its key is there before it, whoever adds one meanwhile.
        self.current = current.read_text(encoding="ascii").strip()
        for path in sorted(directory.glob("*.key")):
            with suppress(FileNotFoundError):
                self._keys[path.stem] = _read_key(path)
        if self.current not in self._keys:
            raise SealError(f"{current} names {self.current!r}, and {directory} holds no such key")
        self.suite = suite or Suite()
        self._people = people
        self.lock = lru_cache(LOCKS)(self._made)

    def holds(self, key_id: str) -> bool:
        """Whether the ring has this key."""
        return key_id in self._keys

    @classmethod
    def create(cls, directory: Path) -> "Keyring":
        """A keyring with one new key; a directory that holds one already is left alone and loaded."""
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not (directory / "current").exists():
            cls.add(directory, "k" + secrets.token_hex(6))
        return cls(directory)

    @staticmethod
    def add(directory: Path, key_id: str) -> None:
        """Draw a new key and make it the current one."""
        if not _KEY_ID.fullmatch(key_id):
            raise SealError(f"{key_id!r} is not a key id: letters, digits, - and _ only")
        _write(directory / f"{key_id}.key", base64.b64encode(secrets.token_bytes(KEY_BYTES)), exclusive=True)
        pending = directory / ".current.new"
        _write(pending, key_id.encode(), exclusive=False)
        pending.replace(directory / "current")

    def _made(self, key_id: str, suite: Suite, owners: tuple[str, ...] = ()) -> Lock:
        """The lock of a key and of these owners' own; raises SealError when one of them is not there."""
        try:
            secret = self._keys[key_id]
        except KeyError:
            raise SealError(f"no key {key_id!r} in the keyring") from None
        if owners and self._people is None:
            raise SealError("what is somebody's own is neither sealed nor opened without the keys of people")
        # Every part has its length: no two sets of keys make one secret.
        parts = [secret, *(self._people.key(owner) for owner in owners if self._people is not None)]
        joined = b"".join(len(part).to_bytes(2, "big") + part for part in parts)
        return Lock(joined, suite, "\n".join(owners))


def seal(value: dict[str, object], context: str, keyring: Keyring, owners: Iterable[str] = ()) -> Sealed:
    """Seal a JSON value for the place that `context` names; the same value there seals to the same bytes.

    `owners` are those whose own keys it is to need besides. Raises SealError when one of them has none.
    """
    plain = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
    whose = tuple(sorted(set(owners)))
    suite = keyring.suite
    lock = keyring.lock(keyring.current, suite, whose)
    # The nonce is derived from context and content, not drawn: settling that is run again must send the very same
    # step, byte for byte, or its digest would change and the record would take it for another one. Different plaintexts
    # get different nonces; equal ones in one context give equal ciphertexts, which tells an observer only that the
    # event was repeated.
    place = context.encode()
    nonce = lock.nonce(place, plain)
    ciphertext = lock.aead.encrypt(nonce, plain, place)
    return Sealed(
        algorithm=suite.algorithm,
        digest=suite.digest,
        key_id=keyring.current,
        owners=whose,
        nonce=base64.b64encode(nonce).decode(),
        ciphertext=base64.b64encode(ciphertext).decode(),
    )


def open_sealed(sealed: Sealed, context: str, keyring: Keyring) -> dict[str, object]:
    """The value. Raises SealError for a key that is not there, changed bytes, or a value sealed for another place."""
    lock = keyring.lock(sealed.key_id, Suite(sealed.algorithm, sealed.digest), sealed.owners)
    try:
        nonce = base64.b64decode(sealed.nonce, validate=True)
        ciphertext = base64.b64decode(sealed.ciphertext, validate=True)
        if len(nonce) != NONCE_BYTES:
            raise ValueError
        plain = lock.aead.decrypt(nonce, ciphertext, context.encode())
    except (InvalidTag, ValueError):
        raise SealError(f"the sealed value of {context} was changed, or sealed for another place") from None
    value = json.loads(plain)
    if not isinstance(value, dict):
        raise SealError(f"the sealed value of {context} is not an object")
    return value


def _read_key(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise SealError(f"{path} may be read by others: set its mode to 0600")
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except ValueError:
        raise SealError(f"{path} is not base64") from None
    if len(key) != KEY_BYTES:
        raise SealError(f"{path} holds {len(key)} bytes: an AES-256 key has {KEY_BYTES}")
    return key


def _write(path: Path, content: bytes, exclusive: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if exclusive else os.O_TRUNC)
    descriptor = os.open(path, flags, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())

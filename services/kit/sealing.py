"""Seal personal data under a key, so that it opens only in the place it was sealed for (D10)."""

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from contracts.sealed import Sealed

KEY_BYTES = 32
NONCE_BYTES = 12
_KEY_ID = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_\-]{0,63}")


class SealError(Exception):
    """A sealed value cannot be opened, or there is no key to seal with. Never treat it as an empty value."""


class Keyring:
    """AES-256 keys in a directory: `<key_id>.key` in base64, readable by the owner only, and `current`.

    New values are sealed under the current key; an older key stays while something is to be opened with it.
    """

    def __init__(self, directory: Path) -> None:
        self._keys: dict[str, bytes] = {}
        current = directory / "current"
        if not current.is_file():
            raise SealError(f"{directory} holds no file `current`: create a keyring first")
        for path in sorted(directory.glob("*.key")):
            self._keys[path.stem] = _read_key(path)
        self.current = current.read_text(encoding="ascii").strip()
        if self.current not in self._keys:
            raise SealError(f"{current} names {self.current!r}, and {directory} holds no such key")

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

    def key(self, key_id: str) -> bytes:
        """The key; raises SealError when the ring does not hold it."""
        try:
            return self._keys[key_id]
        except KeyError:
            raise SealError(f"no key {key_id!r} in the keyring") from None


def seal(value: dict[str, object], context: str, keyring: Keyring) -> Sealed:
    """Seal a JSON value for the place that `context` names; the same value there seals to the same bytes."""
    plain = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
    key = keyring.key(keyring.current)
    # The nonce is derived from context and content, not drawn: settling that is run again must send the very same
    # step, byte for byte, or its digest would change and the record would take it for another one. Different plaintexts
    # get different nonces; equal ones in one context give equal ciphertexts, which tells an observer only that the
    # event was repeated.
    mac_key = hmac.digest(key, b"qingxuan synthetic nonce v1", hashlib.sha256)
    place = context.encode()
    nonce = hmac.digest(mac_key, len(place).to_bytes(8, "big") + place + plain, hashlib.sha256)[:NONCE_BYTES]
    ciphertext = AESGCM(key).encrypt(nonce, plain, place)
    return Sealed(
        key_id=keyring.current,
        nonce=base64.b64encode(nonce).decode(),
        ciphertext=base64.b64encode(ciphertext).decode(),
    )


def open_sealed(sealed: Sealed, context: str, keyring: Keyring) -> dict[str, object]:
    """The value. Raises SealError for an unknown key, changed bytes, or a value sealed for another place."""
    try:
        nonce = base64.b64decode(sealed.nonce, validate=True)
        ciphertext = base64.b64decode(sealed.ciphertext, validate=True)
        if len(nonce) != NONCE_BYTES:
            raise ValueError
        plain = AESGCM(keyring.key(sealed.key_id)).decrypt(nonce, ciphertext, context.encode())
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

"""Ed25519 signatures, each for one purpose: the key's holder signs, whoever has the public key checks (D17)."""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from contracts.claim import Signature
from services.kit.settings import SettingsError


class SigningKeyError(SettingsError):
    """A signing key is missing or cannot be used; the message names the file and what would be right."""


class SigningKey:
    """A private key that signs for one purpose."""

    def __init__(self, key: Ed25519PrivateKey, purpose: bytes) -> None:
        self._key = key
        self._purpose = purpose
        self.key_id = _key_id(key.public_key())

    @classmethod
    def load(cls, path: Path, purpose: bytes) -> "SigningKey":
        """The key in a PEM file that only its owner may read. Raises SigningKeyError naming what is wrong."""
        try:
            mode, content = path.stat().st_mode, path.read_bytes()
            key = serialization.load_pem_private_key(content, password=None)
        except (OSError, ValueError) as error:
            raise SigningKeyError(f"{path}: no private key can be read here") from error
        if mode & 0o077:
            raise SigningKeyError(f"{path} may be read by others: set its mode to 0600")
        if not isinstance(key, Ed25519PrivateKey):
            raise SigningKeyError(f"{path} holds no Ed25519 key")
        return cls(key, purpose)

    def sign(self, message: bytes) -> Signature:
        """The signature over the purpose and the message."""
        value = self._key.sign(self._purpose + message)
        return Signature(key_id=self.key_id, value=base64.b64encode(value).decode())


class Verifier:
    """The public keys that may have signed for one purpose: every `*.pub` of a directory."""

    def __init__(self, directory: Path, purpose: bytes) -> None:
        """Raises SigningKeyError when there is none: what nobody can have signed is refused without a word."""
        self._purpose = purpose
        self._keys = {path.stem: _public(path) for path in sorted(directory.glob("*.pub"))}
        if not self._keys:
            raise SigningKeyError(f"{directory} holds no public key (*.pub)")

    def holds(self, message: bytes, signature: Signature) -> bool:
        """Whether one of the keys signed this message for this purpose."""
        key = self._keys.get(signature.key_id)
        if key is None:
            return False
        try:
            key.verify(base64.b64decode(signature.value, validate=True), self._purpose + message)
        except (InvalidSignature, ValueError):
            return False
        return True


def create_key(private: Path, public_directory: Path) -> None:
    """Draw a key unless there is one, and put its public half where those look who check it."""
    if not private.exists():
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _write(private, pem, 0o600)
    public = SigningKey.load(private, b"")._key.public_key()
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    published = public_directory / f"{_key_id(public)}.pub"
    if not published.exists():
        _write(published, base64.b64encode(raw), 0o644)


def _key_id(public: Ed25519PublicKey) -> str:
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return "s" + hashlib.sha256(raw).hexdigest()[:16]


def _public(path: Path) -> Ed25519PublicKey:
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(path.read_bytes(), validate=True))
    except ValueError as error:
        raise SigningKeyError(f"{path} holds no public Ed25519 key in base64") from error
    if _key_id(key) != path.stem:
        raise SigningKeyError(f"{path} is not named after the key in it")
    return key


def _write(path: Path, content: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pending = path.with_name(f".{path.name}.new")
    descriptor = os.open(pending, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    pending.replace(path)

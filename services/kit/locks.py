"""Algorithms and digests for sealing, by their names, and a key made ready for one choice of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from contracts.sealed import Algorithm, DigestName

NONCE_BYTES = 12
_TAG_BYTES = 16
_MAC_BYTES = 32


@dataclass(frozen=True)
class Suite:
    """What new values are sealed with. A stored value names its own, so a later choice leaves it readable."""

    algorithm: Algorithm = Algorithm.AES_256_GCM
    digest: DigestName = DigestName.SHA_256


class Aead(Protocol):
    """Authenticated encryption under one key."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        """Ciphertext with its tag."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        """The plain bytes. Raises InvalidTag, and ValueError for what is too short to hold a tag."""


class Sm4Gcm:
    """SM4-GCM (RFC 8998), with the calls of the library's AESGCM; the library has the cipher and the mode apart."""

    def __init__(self, key: bytes) -> None:
        self._cipher = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        """Ciphertext with its tag."""
        encryptor = Cipher(self._cipher, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        """The plain bytes. Raises InvalidTag, and ValueError for what is too short to hold a tag."""
        body, tag = data[:-_TAG_BYTES], data[-_TAG_BYTES:]
        decryptor = Cipher(self._cipher, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(body) + decryptor.finalize()


_CIPHERS: Mapping[Algorithm, tuple[int, Callable[[bytes], Aead]]] = {
    Algorithm.AES_256_GCM: (32, AESGCM),
    Algorithm.SM4_GCM: (16, Sm4Gcm),
}
_DIGESTS = {DigestName.SHA_256: hashes.SHA256, DigestName.SM3: hashes.SM3}


class Lock:
    """A key for one suite. From one secret each suite, and each `info`, gets keys of its own by HKDF (RFC 5869)."""

    def __init__(self, secret: bytes, suite: Suite, info: str) -> None:
        """`info` says what the key is for; none that is given here may be the beginning of another."""
        size, cipher = _CIPHERS[suite.algorithm]
        self._digest = _DIGESTS[suite.digest]()
        label = f"qingxuan seal v2\n{suite.algorithm}\n{suite.digest}\n{info}\n".encode()
        derived = HKDF(self._digest, size + _MAC_BYTES, None, label).derive(secret)
        self.aead = cipher(derived[:size])
        self._mac_key = derived[size:]

    def nonce(self, place: bytes, plain: bytes) -> bytes:
        """Of place and content: equal in both gives equal bytes, and whatever differs in one another nonce."""
        mac = hmac.HMAC(self._mac_key, self._digest)
        mac.update(len(place).to_bytes(8, "big"))
        mac.update(place)
        mac.update(plain)
        return mac.finalize()[:NONCE_BYTES]

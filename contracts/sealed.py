"""What a sealed field looks like. Sealing itself is done at the edges, never here."""

from enum import StrEnum

from contracts.base import Contract, OpaqueId


class Algorithm(StrEnum):
    """How a value is encrypted."""

    AES_256_GCM = "aes-256-gcm"
    SM4_GCM = "sm4-gcm"


class DigestName(StrEnum):
    """By which digest its key and its nonce are derived."""

    SHA_256 = "sha-256"
    SM3 = "sm3"


class Sealed(Contract):
    """Ciphertext in base64; the associated data is the place that it was sealed for, so it opens nowhere else (D10).

    `key_id` names a key of the service that keeps it, `owners` whose own keys were taken besides: the people whom it
    is about, and the report that it came by. While one of these keys is gone it does not open.
    """

    algorithm: Algorithm
    digest: DigestName
    key_id: str
    owners: tuple[OpaqueId, ...]
    nonce: str
    ciphertext: str

"""What a sealed field looks like. Sealing itself is done at the edges, never here."""

from contracts.base import Contract


class Sealed(Contract):
    """AES-256-GCM ciphertext in base64; the associated data is the event's id, so it opens nowhere else (D10)."""

    key_id: str
    nonce: str
    ciphertext: str

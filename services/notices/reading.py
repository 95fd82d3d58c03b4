"""Open an envelope as far as letters need it, and no further."""

from contracts.catalogue import build, build_plain
from contracts.envelope import Envelope
from contracts.events.base import Event
from services.kit.sealing import Keyring, open_sealed
from services.notices.folding.kinds import needs


def read(envelope: Envelope, keyring: Keyring) -> Event:
    """The event; its sealed part is opened only when letters need it, and otherwise is not there.

    Raises UnknownEventError, SealError, or pydantic's ValidationError for a malformed payload.
    """
    plain = build_plain(envelope.type, envelope.version, envelope.payload)
    if not needs(envelope.kind, plain):
        return plain
    sealed = envelope.sealed
    private = None if sealed is None else open_sealed(sealed, envelope.id, keyring)
    return build(envelope.type, envelope.version, envelope.payload, private)

"""Open an envelope as far as letters need it, and no further."""

from contracts.catalogue import EVENTS, UnknownEventError, decode
from contracts.envelope import Envelope
from contracts.events.base import Event
from services.kit.sealing import Keyring, open_sealed
from services.notices.casefile import FOLDED, opened
from services.notices.policy import LETTERS


def read(envelope: Envelope, keyring: Keyring) -> Event | None:
    """The event, its sealed part opened; None when no letter depends on it, and then nothing is opened.

    Raises UnknownEventError, SealError, or pydantic's ValidationError for a malformed payload.
    """
    kind = EVENTS.get((envelope.type, envelope.version))
    if kind is None:
        raise UnknownEventError(f"{envelope.type} v{envelope.version}")
    if (kind not in LETTERS and kind not in FOLDED) or not opened(kind, envelope.payload):
        return None
    if envelope.sealed is None or "private" not in kind.model_fields:
        return decode(envelope)
    return decode(envelope, open_sealed(envelope.sealed, envelope.id, keyring))

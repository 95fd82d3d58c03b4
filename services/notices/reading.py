"""Open an envelope as far as letters need it, and no further."""

from contracts.catalogue import EVENTS, UnknownEventError, decode
from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.policy.model import Policy
from services.kit.sealing import Keyring, open_sealed
from services.notices.casefile import FOLDED, opened


def read(envelope: Envelope, kind: str, policy: Policy, keyring: Keyring) -> Event | None:
    """The event, its sealed part opened; None when no letter depends on it, and then nothing is opened.

    `kind` is the case's. Raises UnknownEventError, SealError, KeyError for an event that the policy does not know,
    or pydantic's ValidationError for a malformed payload.
    """
    event = EVENTS.get((envelope.type, envelope.version))
    if event is None:
        raise UnknownEventError(f"{envelope.type} v{envelope.version}")
    told = policy.occasions(kind, envelope.type)
    if not (told or event in FOLDED) or not opened(event, envelope.payload):
        return None
    if envelope.sealed is None or "private" not in event.model_fields:
        return decode(envelope)
    return decode(envelope, open_sealed(envelope.sealed, envelope.id, keyring))

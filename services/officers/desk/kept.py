"""An answer as it is kept for the repeats: sealed, for it may hold what somebody calls a file, or a reason."""

from collections.abc import Iterable

from contracts.sealed import Sealed
from services.kit.sealing import Keyring, open_sealed, seal
from services.officers.desk.ask import Reply
from services.officers.desk.known import Kept

_SEALED = frozenset(Sealed.model_fields)


def sealed(ident: str, reply: Reply, keyring: Keyring, whose: Iterable[str]) -> dict[str, object]:
    """What is stored of the body of the answer to this command; it is these people's."""
    return seal(dict(reply.body), _place(ident), keyring, set(whose) - {""}).model_dump(mode="json")


def opened(known: Kept, keyring: Keyring) -> Reply:
    """The answer as it was given. Raises SealError when the row was changed; one of before lies as it was given."""
    kept = known.reply
    if kept.body.keys() != _SEALED:
        return kept
    body = open_sealed(Sealed.model_validate(kept.body), _place(known.command_id), keyring)
    return Reply(kept.status, body, kept.headers)


def _place(ident: str) -> str:
    return f"answer:{ident}"

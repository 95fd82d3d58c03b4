"""Why somebody is absent, or another stands in, as the registers keep it: sealed, for it is often about health."""

import json

from contracts.sealed import Sealed
from services.kit.sealing import Keyring, open_sealed, seal

_SEALED = "sealed:"


def sealed(entry_id: str, reason: str, keyring: Keyring, person: str) -> str:
    """What is stored in the entry of this id; it needs the key of the person besides. Raises SealError without one."""
    said = seal({"reason": reason}, _place(entry_id), keyring, (person,))
    return _SEALED + json.dumps(said.model_dump(mode="json"), separators=(",", ":"))


def opened(entry_id: str, stored: str, keyring: Keyring) -> str:
    """The reason as it was given. Raises SealError when the row was changed; a row of before has it in clear."""
    if not stored.startswith(_SEALED):
        return stored
    said = Sealed.model_validate_json(stored.removeprefix(_SEALED))
    return str(open_sealed(said, _place(entry_id), keyring)["reason"])


def _place(entry_id: str) -> str:
    return f"bond:{entry_id}"

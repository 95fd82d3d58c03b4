"""Which key of a provider's set a token is held against. Pure: what the token brings along is never a key."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from services.officers.identity.provider.trust import SilenceError

MOST_KEYS = 100
LEAST_RSA_BITS = 2048

Key = RSAKey | ECKey

_PUBLIC: Mapping[str, tuple[str, ...]] = {"RSA": ("kty", "n", "e"), "EC": ("kty", "crv", "x", "y")}
_FAMILIES = {"RS": "RSA", "PS": "RSA", "ES": "EC"}
"""By the first letters of an algorithm the kind of its keys: a key of one kind never checks the other's signature."""


def keys_of(document: Any) -> Sequence[Mapping[str, Any]]:
    """The keys of a set, as they stand there. SilenceError when it is none."""
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list) or len(keys) > MOST_KEYS or any(not isinstance(one, dict) for one in keys):
        raise SilenceError("the set of keys is none")
    return keys


def key_for(keys: Sequence[Mapping[str, Any]], kid: str | None, algorithm: str) -> Key | None:
    """The one key of this id for this algorithm; None when there is none, or when it is not clear which.

    A token without an id is held against the only key that there is for its algorithm.
    """
    family = _FAMILIES[algorithm[:2]]
    fitting = [one for one in keys if one.get("kty") == family and _signs(one, algorithm)]
    named = [one for one in fitting if kid is None or one.get("kid") == kid]
    return _opened(named[0], family) if len(named) == 1 else None


def _signs(key: Mapping[str, Any], algorithm: str) -> bool:
    operations = key.get("key_ops", ["verify"])
    return (
        key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and isinstance(operations, list)
        and "verify" in operations
    )


def _opened(key: Mapping[str, Any], family: str) -> Key | None:
    public: dict[str, str | list[str]] = {name: str(key.get(name)) for name in _PUBLIC[family]}
    try:
        if family == "EC":
            return ECKey.import_key(public)
        return RSAKey.import_key(public) if _bits(str(key.get("n"))) >= LEAST_RSA_BITS else None
    except (JoseError, ValueError, TypeError):
        return None


def _bits(number: str) -> int:
    """Of a number as keys have it."""
    return int.from_bytes(base64.urlsafe_b64decode(number + "=" * (-len(number) % 4))).bit_length()

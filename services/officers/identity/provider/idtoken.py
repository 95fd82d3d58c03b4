"""Whether an ID token is one that this provider made for us, now, and for this sign-in. Pure.

OpenID Connect Core 1.0, 3.1.3.7, with less room: one audience, an asymmetric algorithm, an instant of authentication.
"""

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import BadSignatureError, JoseError

from services.officers.identity.provider.keys import Key
from services.officers.identity.provider.trust import DoubtError, UnsignedError
from services.officers.web.problems import RefusedError
from services.officers.web.strict import parse

LONGEST = 16_000
"""Characters of a token that are looked at."""
LONGEST_SUBJECT = 255
LEEWAY = 30
"""Seconds by which the provider's clock may differ from ours."""
OLDEST = 300
"""Seconds since it was issued: we have just asked for it."""

_BRINGS_A_KEY = frozenset({"jwk", "jku", "x5u", "x5c", "crit"})


@dataclass(frozen=True)
class Header:
    """By what a token says that it is signed."""

    algorithm: str
    kid: str | None


@dataclass(frozen=True)
class Expected:
    """What a token must say for us to be the ones whom it is for."""

    issuer: str
    client_id: str
    nonce: str
    shown_since: int
    """Seconds of the world before which nobody may have shown to the provider who they are."""


@dataclass(frozen=True)
class Said:
    """What a good token says: who, as the provider names them, since when, and how they showed it."""

    subject: str
    authenticated_at: int
    acr: str
    amr: frozenset[str]


def header(token: str, algorithms: frozenset[str]) -> Header:
    """What stands before the claims. DoubtError for another algorithm than these, and for what brings its own key."""
    said = _object(token.split(".")[0]) if len(token) <= LONGEST and token.count(".") == 2 else {}
    algorithm, kid = said.get("alg"), said.get("kid")
    if not isinstance(algorithm, str) or algorithm not in algorithms:
        raise DoubtError("another algorithm")
    if _BRINGS_A_KEY & {*said} or str(said.get("typ", "JWT")).upper() != "JWT":
        raise DoubtError("another kind of token")
    if kid is not None and not isinstance(kid, str):
        raise DoubtError("a key's id that is none")
    return Header(algorithm, kid)


def read(token: str, key: Key, algorithm: str, expected: Expected, now: int) -> Said:
    """What it says. DoubtError for every token that is not for us, now; UnsignedError when another key signed it."""
    try:
        claims = parse(jws.deserialize_compact(token, key, algorithms=[algorithm]).payload)
    except BadSignatureError as error:
        raise UnsignedError("another key") from error
    except (JoseError, ValueError, TypeError, KeyError, RefusedError) as error:
        raise DoubtError(f"not signed so: {type(error).__name__}") from error
    if not isinstance(claims, dict):
        raise DoubtError("no claims")
    _for_us(claims, expected)
    _now(claims, now)
    shown = _instant(claims, "auth_time")
    if not expected.shown_since - LEEWAY <= shown <= now + LEEWAY:
        raise DoubtError("shown to the provider too long ago")
    return Said(_subject(claims), shown, *_how(claims))


def _for_us(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise DoubtError("another issuer")
    if claims.get("aud") not in (expected.client_id, [expected.client_id]):
        raise DoubtError("for somebody else")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise DoubtError("given to somebody else")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise DoubtError("of another sign-in")


def _now(claims: Mapping[str, Any], now: int) -> None:
    if _instant(claims, "exp") <= now - LEEWAY:
        raise DoubtError("ended")
    if not now - OLDEST <= _instant(claims, "iat") <= now + LEEWAY:
        raise DoubtError("not issued now")
    if "nbf" in claims and _instant(claims, "nbf") > now + LEEWAY:
        raise DoubtError("not good yet")


def _subject(claims: Mapping[str, Any]) -> str:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isascii():
        raise DoubtError("nobody's")
    return subject


def _how(claims: Mapping[str, Any]) -> tuple[str, frozenset[str]]:
    acr, amr = claims.get("acr", ""), claims.get("amr", [])
    if not isinstance(acr, str) or not isinstance(amr, list) or any(not isinstance(one, str) for one in amr):
        raise DoubtError("shown by what nobody can read")
    return acr, frozenset(amr)


def _instant(claims: Mapping[str, Any], name: str) -> int:
    said = claims.get(name)
    if type(said) is not int or said <= 0:
        raise DoubtError(f"{name} is no instant")
    return said


def _object(part: str) -> Mapping[str, Any]:
    try:
        said = parse(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RefusedError) as error:
        raise DoubtError("no token") from error
    if not isinstance(said, dict):
        raise DoubtError("no token")
    return said

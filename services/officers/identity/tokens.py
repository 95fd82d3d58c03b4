"""Sign-in tokens: short-lived, signed with one algorithm, and good only for this API."""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from services.kit.settings import SettingsError
from services.officers.web.problems import RefusedError
from services.officers.web.strict import parse

ALGORITHM = "HS256"
TYPE = "qx-signin+jwt"
ISSUER = "qingxuan/officers"
AUDIENCE = "qingxuan/v1"
LEAST_SECRET = 32
LONGEST = 2000
"""Characters of a token that are looked at."""

_HEADER = {"alg": ALGORITHM, "typ": TYPE}
_NAMES = frozenset({"iss", "aud", "sub", "sid", "iat", "exp", "auth_time", "jti"})


class TokenError(Exception):
    """The token is not one of ours, or no longer good. Why is nobody's business but the log's."""


@dataclass(frozen=True)
class Claims:
    """What a good token says: whose it is, of which session, and when it was last shown who that is."""

    account_id: str
    session_id: str
    authenticated_at: datetime
    expires_at: datetime


class Tokens:
    """Issue and read. The algorithm is fixed here and never taken from the token."""

    def __init__(self, secret: str, minutes: int) -> None:
        if len(secret) < LEAST_SECRET:
            raise SettingsError(f"signing_key_file: the secret must have {LEAST_SECRET} characters or more")
        self._key = OctKey.import_key(secret.encode())
        self.life = timedelta(minutes=minutes)
        """How long a token is good at most, and so a session that is not renewed."""

    def issue(self, claims: Claims, now: datetime) -> str:
        """The token that says this."""
        said = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": claims.account_id,
            "sid": claims.session_id,
            "iat": int(now.timestamp()),
            "exp": int(claims.expires_at.timestamp()),
            "auth_time": int(claims.authenticated_at.timestamp()),
            "jti": secrets.token_urlsafe(12),
        }
        content = json.dumps(said, separators=(",", ":"))
        return jws.serialize_compact(_HEADER, content, self._key, algorithms=[ALGORITHM])

    def read(self, token: str, now: datetime) -> Claims:
        """The claims of a good token. Raises TokenError for every other text."""
        if len(token) > LONGEST:
            raise TokenError("too long")
        if not token.startswith(_FIRST + ".") or not all(_canonical(part) for part in token.split(".")):
            raise TokenError("another kind of token")
        try:
            opened = jws.deserialize_compact(token, self._key, algorithms=[ALGORITHM])
            said = parse(opened.payload)
        except (JoseError, ValueError, TypeError, KeyError, RefusedError) as error:
            raise TokenError(type(error).__name__) from error
        return self._believed(said, int(now.timestamp()))

    def _believed(self, said: Any, now: int) -> Claims:
        """Held against the shape that `issue` gives them, whatever key signed: nothing more, nothing less."""
        if not isinstance(said, dict) or set(said) != _NAMES:
            raise TokenError("a claim lacks or is too many")
        account_id, session_id = said["sub"], said["sid"]
        issued, ends, shown = said["iat"], said["exp"], said["auth_time"]
        if any(type(one) is not str or not one for one in (account_id, session_id)):
            raise TokenError("a claim is not what it should be")
        if any(type(one) is not int for one in (issued, ends, shown)):
            raise TokenError("an instant is not what it should be")
        if said["iss"] != ISSUER or said["aud"] != AUDIENCE:
            raise TokenError("for somebody else")
        if not 0 < shown <= issued <= now + LEEWAY or not issued < ends <= issued + self.life.total_seconds():
            raise TokenError("instants that no token of ours has")
        if ends <= now:
            raise TokenError("ended")
        return Claims(account_id, session_id, _instant(shown), _instant(ends))


LEEWAY = 5
"""Seconds by which the clock of another process of the API may be ahead."""


def _canonical(part: str) -> bool:
    """Whether no other text stands for the same bytes: a token has one spelling."""
    try:
        content = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        return False
    return base64.urlsafe_b64encode(content).decode().rstrip("=") == part


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


_FIRST = base64.urlsafe_b64encode(json.dumps(_HEADER, separators=(",", ":")).encode()).decode().rstrip("=")
"""The header as it is written here, and as nobody else may write it."""

"""Sign-in tokens: short-lived, signed with one algorithm, and good only for this API."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from services.kit.settings import SettingsError

ALGORITHM = "HS256"
TYPE = "qx-signin+jwt"
ISSUER = "qingxuan/officers"
AUDIENCE = "qingxuan/v1"
LEAST_SECRET = 32
LONGEST = 2000
"""Characters of a token that are looked at."""


class TokenError(Exception):
    """The token is not one of ours, or no longer good. Why is nobody's business but the log's."""


@dataclass(frozen=True)
class Claims:
    """What a good token says: the account, and the generation that must still be the account's."""

    account_id: str
    generation: int
    expires_at: datetime


class Tokens:
    """Issue and read. The algorithm is fixed here and never taken from the token."""

    def __init__(self, secret: str, minutes: int) -> None:
        if len(secret) < LEAST_SECRET:
            raise SettingsError(f"signing_key_file: the secret must have {LEAST_SECRET} characters or more")
        self._key = OctKey.import_key(secret.encode())
        self._life = timedelta(minutes=minutes)

    def issue(self, account_id: str, generation: int, now: datetime) -> tuple[str, datetime]:
        """A token and the instant at which it ends."""
        expires_at = (now + self._life).replace(microsecond=0)
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": account_id,
            "gen": generation,
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
            "jti": secrets.token_urlsafe(12),
        }
        header = {"alg": ALGORITHM, "typ": TYPE}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM]), expires_at

    def read(self, token: str, now: datetime) -> Claims:
        """The claims of a good token. Raises TokenError for every other text."""
        if len(token) > LONGEST:
            raise TokenError("too long")
        try:
            opened = jwt.decode(token, self._key, algorithms=[ALGORITHM])
            if opened.header.get("typ") != TYPE or set(opened.header) != {"alg", "typ"}:
                raise TokenError("another kind of token")
            wanted = jwt.JWTClaimsRegistry(
                now=lambda: int(now.timestamp()),
                iss={"essential": True, "value": ISSUER},
                aud={"essential": True, "value": AUDIENCE},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
            )
            wanted.validate(opened.claims)
            account_id, generation, ends = (opened.claims.get(name) for name in ("sub", "gen", "exp"))
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise TokenError(type(error).__name__) from error
        if not isinstance(account_id, str) or type(generation) is not int or type(ends) is not int:
            raise TokenError("a claim is not what it should be")
        return Claims(account_id, generation, datetime.fromtimestamp(ends, UTC))

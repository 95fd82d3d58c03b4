"""What an attack on sign-in is: a way to be let in or believed wrongly, and the code by which it must be refused."""

import base64
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2
from joserfc import jws
from joserfc.jwk import OctKey

from contracts.actor import Grant
from services.officers.identity.tokens import AUDIENCE, ISSUER, TYPE
from tests.officers_rig import Rig
from tests.person import Person

HEADER: dict[str, Any] = {"alg": "HS256", "typ": TYPE}


@dataclass
class Ground:
    """The API, somebody who is signed in, and what an attacker is given beyond what attackers have: the signing key."""

    rig: Rig
    victim: Person
    attacker: Person
    session_id: str

    @classmethod
    async def of(cls, rig: Rig) -> "Ground":
        """Two people of the office, both signed in."""
        victim = await rig.account(Grant(role="SCREENER", district="d01"))
        attacker = await rig.account(Grant(role="SCREENER", district="d02"))
        [session] = (await victim.get("/v1/sessions")).json()["items"]
        return cls(rig, victim, attacker, session["session_id"])

    @property
    def key(self) -> OctKey:
        """The key under which the API signs."""
        return self.rig.office.standings._tokens._key

    def claims(self, **other: Any) -> dict[str, Any]:
        """The claims of a good token of the victim, with others in their place; None leaves one out."""
        now = int(datetime.now(UTC).timestamp())
        good = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": self.victim.account_id,
            "sid": self.session_id,
            "iat": now,
            "exp": now + 600,
            "auth_time": now,
            "jti": secrets.token_hex(8),
        }
        return {name: value for name, value in {**good, **other}.items() if value is not None}

    def signed(self, claims: object, header: dict[str, Any] | None = None, key: Any = None) -> str:
        """A token signed by the library, with our key unless another is given."""
        content = claims if isinstance(claims, str) else json.dumps(claims)
        said = header or HEADER
        return jws.serialize_compact(said, content, key or self.key, algorithms=[str(said["alg"])])

    async def shown(self, token: str, header: str = "Authorization") -> httpx2.Response:
        """What is answered to whoever shows the token."""
        return await self.rig.client.get("/v1/me", headers={header: f"Bearer {token}"})

    def holding(self, token: str) -> Person:
        """The victim's account with another token."""
        victim = self.victim
        return Person(victim.client, victim.login, victim.account_id, victim.person_id, token)


Run = Callable[[Ground], Awaitable[httpx2.Response]]


@dataclass(frozen=True)
class Attack:
    """One attack: what it tries, and what must be answered to it."""

    tries: str
    run: Run
    status: int = 401
    code: str = "unauthenticated"


def part(content: bytes | str | dict[str, Any]) -> str:
    """A part of a token."""
    if isinstance(content, dict):
        content = json.dumps(content, separators=(",", ":"))
    raw = content.encode() if isinstance(content, str) else content
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")

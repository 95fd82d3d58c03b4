"""Tokens that nobody issued. Most are signed with the API's own key, so that only what they say can give them away."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from joserfc.jwk import OctKey, RSAKey

from services.officers.identity.tokens import LONGEST
from tests.attacks.attack import HEADER, Attack, Ground, part

YEAR = 365 * 24 * 3600
OURS = json.dumps(HEADER, separators=(",", ":"))
"""The header as we write it."""


def shows(tries: str, make: Callable[[Ground], str]) -> Attack:
    """The attack of showing this token."""
    return Attack(tries, lambda ground: ground.shown(make(ground)))


def says(tries: str, **other: Any) -> Attack:
    """A token under our key whose claims are these."""
    return shows(tries, lambda ground: ground.signed(ground.claims(**other)))


def heads(tries: str, **other: Any) -> Attack:
    """A token under our key whose header has this besides."""
    return shows(tries, lambda ground: ground.signed(ground.claims(), {**HEADER, **other}))


def now() -> int:
    """This second."""
    return int(datetime.now(UTC).timestamp())


def by_hand(ground: Ground, header: str, content: str, secret: bytes | None = None) -> str:
    """Signed as we sign, whatever the parts hold: no library stands in the way."""
    said = f"{part(header)}.{part(content)}"
    digest = hmac.digest(secret or ground.key.raw_value, said.encode(), hashlib.sha256)
    return f"{said}.{part(digest)}"


def twice(ground: Ground) -> str:
    """A claim that two readers understand differently."""
    content = json.dumps(ground.claims(sub=ground.attacker.account_id))[:-1]
    return by_hand(ground, OURS, f'{content},"sub":"{ground.victim.account_id}"}}')


def number(ground: Ground, name: str, literal: str) -> str:
    """A claim whose number is written out."""
    content = json.dumps(ground.claims(**{name: 4711000000}))
    return by_hand(ground, OURS, content.replace("4711000000", literal))


def swapped(ground: Ground) -> str:
    """The attacker's signature under the victim's claims."""
    head, _, _ = ground.attacker.token.split(".")
    return f"{head}.{ground.victim.token.split('.')[1]}.{ground.attacker.token.split('.')[2]}"


def changed(position: int) -> Callable[[Ground], str]:
    """A good token with one sign of a part changed."""

    def make(ground: Ground) -> str:
        parts = ground.victim.token.split(".")
        middle = len(parts[position]) // 2
        old = parts[position][middle]
        parts[position] = (
            parts[position][:middle] + ("A" if old != "A" else "B") + parts[position][middle + 1 :]
        )
        return ".".join(parts)

    return make


def respelled(ground: Ground) -> str:
    """The same bytes in another spelling: the last sign of a signature has bits that stand for nothing."""
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = ground.victim.token[-1]
    return ground.victim.token[:-1] + signs[signs.index(last) ^ 1]


def confused(ground: Ground) -> str:
    """Signed with HS256 under a public key."""
    public = RSAKey.generate_key(2048).as_pem(private=False)
    return by_hand(ground, OURS, json.dumps(ground.claims()), public)


TOKENS = (
    shows("nothing", lambda ground: ""),
    shows("dots", lambda ground: ".."),
    shows(
        "no signature, alg none",
        lambda g: f"{part({'alg': 'none', 'typ': HEADER['typ']})}.{part(g.claims())}.",
    ),
    shows("no signature, our header", lambda g: ".".join(g.victim.token.split(".")[:2]) + "."),
    shows("two parts", lambda g: ".".join(g.victim.token.split(".")[:2])),
    shows("five parts", lambda g: g.victim.token + ".x.y"),
    shows("another key", lambda g: g.signed(g.claims(), key=OctKey.import_key("t" * 40))),
    shows("a public key as the secret", confused),
    shows(
        "another algorithm, RS256",
        lambda g: g.signed(g.claims(), {**HEADER, "alg": "RS256"}, RSAKey.generate_key(2048)),
    ),
    heads("another algorithm, HS512", alg="HS512"),
    heads("another kind of token", typ="JWT"),
    heads("a kid that names a file", kid="../../dev/null"),
    heads("a key in the header", jwk={"kty": "oct", "k": "AAAA"}),
    heads("where to fetch the key", jku="https://attacker.example/keys"),
    shows(
        "a header in another spelling",
        lambda g: by_hand(g, json.dumps(HEADER, indent=1), json.dumps(g.claims())),
    ),
    shows(
        "a repeated name in the header",
        lambda g: by_hand(g, '{"alg":"none","alg":"HS256","typ":"qx-signin+jwt"}', "{}"),
    ),
    shows("another's signature", swapped),
    shows("a changed header", changed(0)),
    shows("changed claims", changed(1)),
    shows("a changed signature", changed(2)),
    shows("another spelling of the signature", respelled),
    says("another issuer", iss="elsewhere"),
    says("another audience", aud="elsewhere"),
    says("a list of audiences", aud=["qingxuan/v1", "elsewhere"]),
    says("no audience", aud=None),
    says("no end", exp=None),
    says("no session", sid=None),
    says("an empty session", sid=""),
    says("a session in a list", sid=["s1"]),
    says("no instant of authentication", auth_time=None),
    says("a number as account", sub=7),
    says("a claim too many", admin=True),
    shows("ended", lambda g: g.signed(g.claims(iat=now() - 700, exp=now() - 100, auth_time=now() - 700))),
    shows("issued in the future", lambda g: g.signed(g.claims(iat=now() + 300, exp=now() + 600))),
    shows("good for ten years", lambda g: g.signed(g.claims(exp=now() + 10 * YEAR))),
    shows("good for longer than any of ours", lambda g: g.signed(g.claims(exp=now() + 3700))),
    shows("authenticated after it was issued", lambda g: g.signed(g.claims(auth_time=now() + 60))),
    shows("an end of 10^400", lambda g: number(g, "exp", "1" + "0" * 400)),
    shows("an end of 1e400", lambda g: number(g, "exp", "1e400")),
    shows("an end that is NaN", lambda g: number(g, "exp", "NaN")),
    shows("a fractional end", lambda g: number(g, "exp", f"{now() + 60}.5")),
    says("an end that is true", exp=True),
    shows("an end in words", lambda g: g.signed(g.claims(exp=str(now() + 60)))),
    shows("a claim twice", twice),
    shows("claims that are a list", lambda g: g.signed("[]")),
    shows("claims that are no JSON", lambda g: g.signed("{")),
    shows("claims after a byte order mark", lambda g: by_hand(g, OURS, "\ufeff" + json.dumps(g.claims()))),
    shows("oversized", lambda g: g.signed(g.claims(jti="x" * LONGEST))),
    shows("signs of other alphabets", lambda g: g.victim.token[:-4] + "%2e%2e"),
    says("another session of nobody", sid="s0"),
    Attack("a good token in another header", lambda g: g.shown(g.victim.token, "X-Authorization")),
    Attack(
        "a good token in the address",
        lambda g: g.rig.client.get("/v1/me", params={"access_token": g.victim.token}),
    ),
    Attack(
        "a good token in a cookie",
        lambda g: g.rig.client.get("/v1/me", headers={"Cookie": f"token={g.victim.token}"}),
    ),
    Attack(
        "a good token under another scheme",
        lambda g: g.rig.client.get("/v1/me", headers={"Authorization": f"Basic {g.victim.token}"}),
    ),
)

"""Attacks on ID tokens: another key, another algorithm, another audience, another time, or a key brought along."""

import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, RSAKey

from tests.attacks.attack import Attack, Ground, Run, part
from tests.attacks.of_provider import REFUSED, own, signed_in, spoiled
from tests.soft_provider import CLIENT, SECRET, Claims, SoftProvider, fresh_key

Forge = Callable[[SoftProvider, Claims], str]


def now() -> int:
    """Seconds of the world."""
    return int(datetime.now(UTC).timestamp())


def claiming(**claims: Any) -> Run:
    """A token that says otherwise, under the provider's own key."""
    return spoiled(claims=claims)


def at(**seconds: int) -> Run:
    """A token whose instants are so many seconds from now."""

    async def run(ground: Ground) -> httpx2.Response:
        provider = await own(ground)
        provider.claims = {name: now() + value for name, value in seconds.items()}
        return await signed_in(ground, provider)

    return run


def forged(forge: Forge) -> Run:
    """A token that the attacker made."""

    async def run(ground: Ground) -> httpx2.Response:
        provider = await own(ground)
        provider.forged = lambda claims: forge(provider, claims)
        return await signed_in(ground, provider)

    return run


def signed(header: Claims, claims: Claims, key: OctKey | ECKey | RSAKey) -> str:
    """A token by the library, whatever is signed with whatever."""
    return jws.serialize_compact(header, json.dumps(claims), key, algorithms=[header["alg"]])


def unsigned(provider: SoftProvider, claims: Claims) -> str:
    return f"{part({'alg': 'none'})}.{part(claims)}."


def public_as_secret(provider: SoftProvider, claims: Claims) -> str:
    content = f"{part({'alg': 'HS256', 'kid': provider.key.kid})}.{part(claims)}"
    return f"{content}.{part(hmac.digest(provider.key.as_pem(private=False), content.encode(), 'sha256'))}"


def client_secret(provider: SoftProvider, claims: Claims) -> str:
    return signed({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


def shared_key_in_the_set(provider: SoftProvider, claims: Claims) -> str:
    """A set that holds a shared secret, and a token under it."""
    key = OctKey.generate_key(256, {"kid": "shared"})
    provider.more_keys.append(key.as_dict(private=True))
    return signed({"alg": "HS256", "kid": "shared"}, claims, key)


def another_key(provider: SoftProvider, claims: Claims) -> str:
    return signed({"alg": "ES256", "kid": provider.key.kid}, claims, fresh_key("k1"))


def another_kind_of_key(provider: SoftProvider, claims: Claims) -> str:
    key = RSAKey.generate_key(2048, {"kid": provider.key.kid})
    return signed({"alg": "RS256", "kid": provider.key.kid}, claims, key)


def weak_key(provider: SoftProvider, claims: Claims) -> str:
    """A key of the provider's that can be reckoned back."""
    key = generate_private_key(65537, 1024)  # noqa: S505
    public = key.public_key().public_numbers()
    numbers = {"n": part(public.n.to_bytes(128)), "e": part(public.e.to_bytes(3))}
    provider.more_keys.append({"kty": "RSA", "kid": "weak", **numbers})
    content = f"{part({'alg': 'RS256', 'kid': 'weak'})}.{part(claims)}"
    return f"{content}.{part(key.sign(content.encode(), PKCS1v15(), SHA256()))}"


def key_for_sealing(provider: SoftProvider, claims: Claims) -> str:
    """A key of the provider's that is for something else."""
    key = ECKey.generate_key("P-256", {"kid": "sealing", "use": "enc"})
    provider.more_keys.append(key.as_dict(private=False))
    return signed(
        {"alg": "ES256", "kid": "sealing"},
        claims,
        ECKey.import_key(key.as_dict(private=True) | {"use": "sig"}),
    )


def two_of_one_id(provider: SoftProvider, claims: Claims) -> str:
    """A set in which an id stands for two keys."""
    key = fresh_key("k1")
    provider.more_keys.append(key.as_dict(private=False))
    return signed({"alg": "ES256", "kid": "k1"}, claims, key)


def named(**header: Any) -> Run:
    """A token under the attacker's key, which it brings along, or says where it is."""
    key = fresh_key("k9")
    own_key = {"jwk": key.as_dict(private=False)} if header.get("jwk") else {}
    return forged(lambda _, claims: _raw({"alg": "ES256", "kid": "k9", **header, **own_key}, claims, key))


def _raw(header: Claims, claims: Claims, key: ECKey) -> str:
    """Signed though the library knows better than to write such a header."""
    good = signed({"alg": "ES256"}, claims, key).split(".")
    content = f"{part(header)}.{good[1]}"
    return f"{content}.{part(_signature(content.encode(), key))}"


def _signature(content: bytes, key: ECKey) -> bytes:

    pair = decode_dss_signature(key.private_key.sign(content, ECDSA(SHA256())))
    return b"".join(one.to_bytes(32) for one in pair)


async def retired(ground: Ground) -> httpx2.Response:
    """A key that the provider has given up, once that is known."""
    provider = await own(ground)
    old, provider.key = provider.key, fresh_key("k2")
    ground.rig.office.provider._fetching._keys = None
    provider.forged = lambda claims: signed({"alg": "ES256", "kid": "k1"}, claims, old)
    return await signed_in(ground, provider)


TOKENS = (
    Attack("an ID token without a signature, alg none", forged(unsigned), **REFUSED),
    Attack("an ID token with a public key as the secret, HS256", forged(public_as_secret), **REFUSED),
    Attack("an ID token with the client's secret, HS256", forged(client_secret), **REFUSED),
    Attack("an ID token under a shared secret of the set", forged(shared_key_in_the_set), **REFUSED),
    Attack("an ID token under another key of the same id", forged(another_key), **REFUSED),
    Attack("an ID token under a key of another kind", forged(another_kind_of_key), **REFUSED),
    Attack("an ID token under a key of 1024 bits", forged(weak_key), **REFUSED),
    Attack("an ID token under a key for sealing", forged(key_for_sealing), **REFUSED),
    Attack("an ID token whose key's id stands twice", forged(two_of_one_id), **REFUSED),
    Attack("an ID token under an unknown key", named(), **REFUSED),
    Attack("an ID token whose key's id names a file", named(kid="../../../dev/null"), **REFUSED),
    Attack("an ID token whose key's id is a list", named(kid=["k1"]), **REFUSED),
    Attack("an ID token that brings its key", named(jwk=True), **REFUSED),
    Attack("an ID token that says where its key is", named(jku="https://evil.example/keys"), **REFUSED),
    Attack("an ID token that says where its certificate is", named(x5u="https://evil.example/c"), **REFUSED),
    Attack("an ID token with what must be understood", named(crit=["exp"]), **REFUSED),
    Attack("an access token as an ID token", spoiled(header={"typ": "at+jwt"}), **REFUSED),
    Attack("an ID token under a key that was given up", retired, **REFUSED),
    Attack("an ID token of another issuer", claiming(iss="https://login.evil.example"), **REFUSED),
    Attack("an ID token for another client", claiming(aud="another"), **REFUSED),
    Attack("an ID token for us and another", claiming(aud=[CLIENT, "another"]), **REFUSED),
    Attack("an ID token for nobody", claiming(aud=None), **REFUSED),
    Attack("an ID token given to another client", claiming(azp="another"), **REFUSED),
    Attack("an ID token of another sign-in", claiming(nonce="n-of-another"), **REFUSED),
    Attack("an ID token of no sign-in", claiming(nonce=None), **REFUSED),
    Attack("an ID token about nobody", claiming(sub=""), **REFUSED),
    Attack("an ID token about a list of people", claiming(sub=["p-17"]), **REFUSED),
    Attack("an ID token without an end", claiming(exp=None), **REFUSED),
    Attack("an ID token that ended", at(exp=-60), **REFUSED),
    Attack("an ID token of an hour ago", at(iat=-3600), **REFUSED),
    Attack("an ID token issued in the future", at(iat=600), **REFUSED),
    Attack("an ID token that is not good yet", at(nbf=600), **REFUSED),
    Attack("an ID token with an end in words", claiming(exp="never"), **REFUSED),
    Attack("an ID token that does not say since when", claiming(auth_time=None), **REFUSED),
    Attack("an ID token of somebody who signed in yesterday", at(auth_time=-86_400), **REFUSED),
    Attack("an ID token with methods that are no list", claiming(amr="mfa"), **REFUSED),
)

"""An identity provider in software: what it describes, its keys, its codes and its tokens; a test may spoil each part.

It checks as a provider does: a code is good once, for the redirect and the challenge that it was asked with, and for
the client whose secret is shown. The real program that signing in is tried against is in tests/integration.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import httpx2
from joserfc import jws
from joserfc.jwk import ECKey

from services.officers.identity.provider.fetching import Fetching
from services.officers.identity.provider.registration import LANDING, Registration
from services.officers.office import Office

ISSUER = "https://login.example"
PAGES = "https://vetting.example"
CLIENT, SECRET = "qingxuan", "a client's secret: with / and +"

Claims = dict[str, Any]


def fresh_key(kid: str) -> ECKey:
    """A signing key of this id."""
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig", "alg": "ES256"})


@dataclass
class SoftProvider:
    """One provider with one key. `forged` makes the token in its place."""

    issuer: str = ISSUER
    key: ECKey = field(default_factory=lambda: fresh_key("k1"))
    claims: Claims = field(default_factory=dict)
    """What a token says otherwise; None leaves a claim out."""
    header: Claims = field(default_factory=dict)
    metadata: Claims = field(default_factory=dict)
    more_keys: list[Any] = field(default_factory=list)
    forged: Callable[[Claims], str] | None = None
    away: str = ""
    """The end of the paths that are not answered."""
    asked: list[str] = field(default_factory=list)
    codes: dict[str, Claims] = field(default_factory=dict)

    def serve(self, office: Office, **more: Any) -> "SoftProvider":
        """Be the provider of this installation."""
        registered = Registration(self.issuer, CLIENT, SECRET, PAGES + LANDING, **more)
        client = httpx2.AsyncClient(transport=httpx2.MockTransport(self))
        office.provider._registered = registered
        office.provider._fetching = Fetching(registered, client)
        return self

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """Answer as a provider."""
        path = request.url.path
        self.asked.append(path)
        if self.away and path.endswith(self.away):
            raise httpx2.ConnectError("nobody there", request=request)
        if path == "/.well-known/openid-configuration":
            return httpx2.Response(200, json=self._described())
        if path == "/keys":
            return httpx2.Response(200, json={"keys": [self.key.as_dict(private=False), *self.more_keys]})
        return self._redeemed(request)

    def comes_back(self, address: str, subject: str = "p-17") -> dict[str, str]:
        """Somebody signs in at the address, and is sent back with this."""
        said = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(16)
        now = int(datetime.now(UTC).timestamp())
        self.codes[code] = {**said, "sub": subject, "auth_time": now}
        return {"code": code, "state": said["state"], "iss": self.issuer}

    def token(self, said: Claims) -> str:
        """The token that says this, signed."""
        key = self.key
        header = {"alg": "ES256", "kid": key.kid, **self.header}
        return jws.serialize_compact(header, json.dumps(said), key, algorithms=["ES256"])

    def _described(self) -> Claims:
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=7",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["ES256", "RS256", "HS256", "none"],
            "authorization_response_iss_parameter_supported": True,
            **self.metadata,
        }
        return {name: value for name, value in said.items() if value is not None}

    def _redeemed(self, request: httpx2.Request) -> httpx2.Response:
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        shown = base64.b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode()
        if [unquote(one) for one in shown.split(":")] != [CLIENT, SECRET]:
            return httpx2.Response(401, json={"error": "invalid_client"})
        code = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if code is None or (code["redirect_uri"], code["code_challenge"]) != (
            form["redirect_uri"],
            challenge,
        ):
            return httpx2.Response(400, json={"error": "invalid_grant"})
        now = int(datetime.now(UTC).timestamp())
        good = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": code["nonce"]}
        said = {**good, "sub": code["sub"], "auth_time": code["auth_time"], **self.claims}
        said = {name: value for name, value in said.items() if value is not None}
        token = self.forged(said) if self.forged is not None else self.token(said)
        return httpx2.Response(200, json={"access_token": "a", "token_type": "Bearer", "id_token": token})

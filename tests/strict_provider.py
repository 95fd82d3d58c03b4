"""A provider made of a library's server part, as a process of its own: it checks who redeems a code (RFC 7636) and says
in its answers from whom they are (RFC 9207), which the program of provider_program.py does not.

    python tests/strict_provider.py PORT CLIENT SECRET REDIRECT
"""

import os
import sys
import time
from dataclasses import dataclass
from typing import Any

import flask
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeGrant, ClientMixin
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode
from joserfc.jwk import RSAKey

HOST = "127.0.0.1"
KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
CODES: dict[str, "Code"] = {}


@dataclass(frozen=True)
class Client(ClientMixin):
    """The one installation that is registered."""

    client_id: str
    secret: str
    redirect: str

    def get_client_id(self) -> str:
        return self.client_id

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == self.secret

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):
    """A code, and with what it was asked for."""

    code: str
    subject: str
    redirect: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    auth_time: int

    def get_redirect_uri(self) -> str:
        return self.redirect

    def get_scope(self) -> str:
        return "openid"

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class Grant(AuthorizationCodeGrant):
    """Codes, kept in memory, each good once."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code: str, request: Any) -> None:
        said = request.payload.data
        asked = (said["nonce"], said.get("code_challenge", ""), said.get("code_challenge_method", ""))
        CODES[code] = Code(code, request.user, said["redirect_uri"], *asked, int(time.time()))

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return CODES.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        CODES.pop(authorization_code.code)

    def authenticate_user(self, authorization_code: Code) -> str:
        return authorization_code.subject


class Tokens(OpenIDCode):
    """ID tokens."""

    def get_jwt_config(self, grant: Any, client: Any = None) -> dict[str, Any]:
        return {
            "key": KEY,
            "alg": "RS256",
            "iss": flask.request.host_url.rstrip("/"),
            "exp": 300,
            "kid": "k1",
        }

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return any(one.nonce == nonce for one in CODES.values())

    def generate_user_info(self, user: str, scope: str) -> dict[str, str]:
        return {"sub": user}


class Issuer(IssuerParameter):
    """Says from whom an answer is."""

    def get_issuer(self) -> str:
        return flask.request.host_url.rstrip("/")


def make_app(client: Client) -> flask.Flask:
    """The provider, for this client."""
    app = flask.Flask(__name__)
    server = AuthorizationServer(
        app,
        query_client=lambda ident: client if ident == client.client_id else None,
        save_token=lambda token, request: None,
    )
    server.register_grant(Grant, [CodeChallenge(required=True), Tokens(require_nonce=True)])
    server.register_extension(Issuer())

    @app.get("/.well-known/openid-configuration")
    def described() -> dict[str, Any]:
        issuer = flask.request.host_url.rstrip("/")
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "authorization_response_iss_parameter_supported": True,
        }

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        return {"keys": [KEY.as_dict(private=False)]}

    @app.post("/authorize")
    def authorize() -> Any:
        return server.create_authorization_response(grant_user=flask.request.form["sub"])

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    return app


if __name__ == "__main__":
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    port, *registered = sys.argv[1:]
    make_app(Client(*registered)).run(HOST, int(port))

"""What a provider says of itself (OpenID Connect Discovery 1.0), as far as it is used here. Pure.

Nothing of it is believed that leads elsewhere: the issuer is the one that the operator named, sign by sign, and every
address is one of TLS, or of this machine where the issuer is.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from services.kit.outside import here, unread
from services.officers.identity.provider.trust import SilenceError

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""By which an ID token may be signed: a key of which nobody but the provider has the secret half."""

WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Endpoints:
    """Where a provider is asked for what, and how."""

    authorization: str
    token: str
    keys: str
    algorithms: frozenset[str]
    names_itself: bool
    """Whether its answers say from whom they are (RFC 9207)."""
    basic: bool
    """Whether the secret goes in the header rather than in the form."""


def endpoints(document: Any, issuer: str) -> Endpoints:
    """Of this issuer. SilenceError for a document that is another's, or that we cannot go by."""
    if not isinstance(document, dict) or document.get("issuer") != issuer:
        raise SilenceError("the document names another issuer")
    algorithms = _words(document, "id_token_signing_alg_values_supported", ()) & {*ALGORITHMS}
    ways = _words(document, "token_endpoint_auth_methods_supported", ("client_secret_basic",))
    if not algorithms:
        raise SilenceError("no algorithm of ours signs its tokens")
    if "code" not in _words(document, "response_types_supported", ()):
        raise SilenceError("it gives no codes")
    if "S256" not in _words(document, "code_challenge_methods_supported", ("S256",)):
        raise SilenceError("it does not check who redeems a code")
    if not ways & {"client_secret_basic", "client_secret_post"}:
        raise SilenceError("it takes no secret")
    return Endpoints(
        authorization=_address(document, "authorization_endpoint", issuer),
        token=_address(document, "token_endpoint", issuer),
        keys=_address(document, "jwks_uri", issuer),
        algorithms=frozenset(algorithms),
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        basic="client_secret_basic" in ways,
    )


def _words(document: dict[str, Any], name: str, absent: tuple[str, ...]) -> set[str]:
    said = document.get(name, list(absent))
    if not isinstance(said, list) or any(not isinstance(one, str) for one in said):
        raise SilenceError(f"{name} is no list of words")
    return {*said}


def _address(document: dict[str, Any], name: str, issuer: str) -> str:
    said = document.get(name)
    if not isinstance(said, str) or not unread(said):
        raise SilenceError(f"{name} is no address that we would send to")
    if here(urlsplit(said).hostname or "") and not here(urlsplit(issuer).hostname or ""):
        raise SilenceError(f"{name} is on this machine, and the issuer is not")
    return said

"""The question to a provider: where somebody is sent, and what only their answer can bring back. Pure.

State, nonce and the verifier of the code (RFC 7636) follow from the ticket's challenge under our own key, so nothing
is kept of a question, and whoever holds the ticket knows neither nonce nor verifier.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from enum import Enum
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from services.officers.identity.provider.metadata import Endpoints
from services.officers.identity.provider.registration import Registration


class Asked(Enum):
    """For what somebody is sent to the provider; an answer to one is none to another. The values are tickets' types."""

    SIGN_IN = "qx-provider+jwt"
    AGAIN = "qx-provider-again+jwt"
    """Whoever is signed in shows again who they are: the provider must ask them now."""
    LINK = "qx-provider-link+jwt"
    """Likewise, to say which of the provider's people they are."""


@dataclass(frozen=True)
class Question:
    """What belongs to one ticket and to no other."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def of(cls, secret: bytes, challenge: bytes) -> "Question":
        """The question of a ticket's challenge."""
        return cls(*(_derived(secret, what, challenge) for what in ("state", "nonce", "verifier")))

    @property
    def code_challenge(self) -> str:
        """S256 of the verifier."""
        return _text(hashlib.sha256(self.verifier.encode()).digest())


def address(
    where: Endpoints, registered: Registration, question: Question, asked: Asked, max_age: int
) -> str:
    """Where to send somebody. `max_age`: seconds that the provider may go by what they showed it earlier."""
    said = {
        "response_type": "code",
        "client_id": registered.client_id,
        "redirect_uri": registered.redirect,
        "scope": "openid",
        "state": question.state,
        "nonce": question.nonce,
        "code_challenge": question.code_challenge,
        "code_challenge_method": "S256",
        "max_age": str(max_age),
    }
    if asked is not Asked.SIGN_IN:
        said |= {"prompt": "login", "max_age": "0"}
    if registered.acr:
        said["acr_values"] = " ".join(sorted(registered.acr))
    parts = urlsplit(where.authorization)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in said]
    return urlunsplit(parts._replace(query=urlencode([*query, *said.items()])))


def _derived(secret: bytes, what: str, challenge: bytes) -> str:
    return _text(hmac.digest(secret, b"provider-" + what.encode() + b":" + challenge, hashlib.sha256))


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")

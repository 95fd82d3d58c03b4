"""Tickets: what somebody was asked, and for what, signed instead of kept, and each good once."""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from services.officers.identity.signin.failing import FailedError, Whose
from services.officers.web.problems import RefusedError
from services.officers.web.strict import parse

ALGORITHM = "HS256"
LONGEST = 2000
CHALLENGE_BYTES = 32
ANYBODY = ""
"""The account of a ticket for signing in: who it is, the answer says."""


@dataclass(frozen=True)
class Ticket:
    """A challenge that was set, and to which account."""

    ticket_id: str
    account_id: str
    challenge: bytes
    until: datetime


@dataclass(frozen=True)
class Kind:
    """For what tickets are: no other kind is taken in its place."""

    type: str
    code: str
    """Of the refusal when one is not good."""
    life: timedelta = timedelta(minutes=5)


class Tickets:
    """Signs with the key of sign-in tokens; the type tells all of them apart."""

    def __init__(self, secret: str, kind: Kind) -> None:
        self._key = OctKey.import_key(secret.encode())
        self._header = {"alg": ALGORITHM, "typ": kind.type}
        self._code = kind.code
        self.life = kind.life

    def issue(self, account_id: str, challenge: bytes, now: datetime) -> str:
        """The ticket as it travels."""
        said = {
            "jti": secrets.token_hex(16),
            "sub": account_id,
            "challenge": base64.b64encode(challenge).decode(),
            "exp": int((now + self.life).timestamp()),
        }
        return jws.serialize_compact(self._header, json.dumps(said), self._key, algorithms=[ALGORITHM])

    def read(self, text: str, whose: Whose | None, now: datetime) -> Ticket:
        """The ticket of this account, or of nobody's. FailedError for every other text."""
        ticket = self.opened(text, whose, now)
        if ticket.account_id != (ANYBODY if whose is None else whose.account_id):
            raise FailedError(self._code, whose)
        return ticket

    def opened(self, text: str, whose: Whose | None, now: datetime) -> Ticket:
        """Likewise of whatever account. `whose` is only told of in the failure."""
        try:
            if len(text) > LONGEST:
                raise ValueError("too long")
            opened = jws.deserialize_compact(text, self._key, algorithms=[ALGORITHM])
            said = parse(opened.payload)
            until = datetime.fromtimestamp(said["exp"], UTC)
            ticket = Ticket(said["jti"], said["sub"], base64.b64decode(said["challenge"]), until)
            if opened.headers() != self._header:
                raise ValueError("another kind of ticket")
        except (JoseError, ValueError, TypeError, KeyError, RefusedError) as error:
            raise FailedError(self._code, whose) from error
        if ticket.until <= now:
            raise FailedError(self._code, whose)
        return ticket

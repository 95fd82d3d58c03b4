"""Tickets for passkeys: what challenge was set, to whom and for what, signed instead of kept, and good once."""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from services.officers.web.problems import RefusedError
from services.officers.web.strict import parse

ALGORITHM = "HS256"
TYPE = "qx-passkey+jwt"
LIFE = timedelta(minutes=5)
LONGEST = 2000
CHALLENGE_BYTES = 32
ANYBODY = ""
"""The account of a ticket for signing in: who it is, the passkey says."""


@dataclass(frozen=True)
class Ticket:
    """A challenge that was set, and to which account."""

    ticket_id: str
    account_id: str
    challenge: bytes
    until: datetime


class Tickets:
    """Signs with the key of sign-in tokens; the type tells the two apart, and neither is taken for the other."""

    def __init__(self, secret: str) -> None:
        self._key = OctKey.import_key(secret.encode())

    def issue(self, account_id: str, challenge: bytes, now: datetime) -> str:
        """The ticket as it travels."""
        said = {
            "jti": secrets.token_hex(16),
            "sub": account_id,
            "challenge": base64.b64encode(challenge).decode(),
            "exp": int((now + LIFE).timestamp()),
        }
        header = {"alg": ALGORITHM, "typ": TYPE}
        return jws.serialize_compact(header, json.dumps(said), self._key, algorithms=[ALGORITHM])

    def read(self, text: str, account_id: str, now: datetime) -> Ticket:
        """The ticket of this account. RefusedError `passkey-wrong` for every other text."""
        try:
            if len(text) > LONGEST:
                raise ValueError("too long")
            opened = jws.deserialize_compact(text, self._key, algorithms=[ALGORITHM])
            said = parse(opened.payload)
            until = datetime.fromtimestamp(said["exp"], UTC)
            ticket = Ticket(said["jti"], said["sub"], base64.b64decode(said["challenge"]), until)
            if opened.headers() != {"alg": ALGORITHM, "typ": TYPE}:
                raise ValueError("another kind of ticket")
        except (JoseError, ValueError, TypeError, KeyError, RefusedError) as error:
            raise RefusedError("passkey-wrong") from error
        if ticket.until <= now or ticket.account_id != account_id:
            raise RefusedError("passkey-wrong")
        return ticket

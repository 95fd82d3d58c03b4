"""Bodies and views of the second factor."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from services.officers.identity.factors.enrolling import Begun, Held
from services.officers.views.base import Body, View
from services.officers.views.sessions import Code, Credential, OfferedBody, Ticket
from services.officers.views.texts import ONE_LINE


class TotpBody(OfferedBody):
    """Who begins, and by which name they will know the authenticator program."""

    label: Annotated[str, StringConstraints(max_length=60), ONE_LINE] = ""


class CodeBody(Body):
    """A code of the authenticator program."""

    code: Code


class BegunView(View):
    """What the authenticator program must be given, shown once: the secret in base32, and an address to scan."""

    factor_id: str
    secret: str
    otpauth: str

    @classmethod
    def of(cls, begun: Begun) -> "BegunView":
        """As it is answered."""
        return cls(factor_id=begun.factor_id, secret=begun.secret, otpauth=begun.address)


class TakenUpBody(Body):
    """What the browser made of the challenge: a RegistrationResponseJSON (WebAuthn, level 3)."""

    ticket: Ticket
    credential: Credential
    label: Annotated[str, StringConstraints(max_length=60), ONE_LINE] = ""


class CodesView(View):
    """Recovery codes, shown once: each signs in one time in place of a code. None where there were some before."""

    recovery_codes: list[str]


class FactorView(View):
    """A factor of one's own. It is asked for once it is confirmed."""

    factor_id: str
    kind: str
    label: str
    confirmed: bool
    added_at: datetime


class FactorsView(View):
    """One's own factors, and how many recovery codes are left."""

    items: list[FactorView]
    recovery_codes_left: int

    @classmethod
    def of(cls, held: Held) -> "FactorsView":
        """As their owner sees them."""
        hidden = {"account_id", "sealed", "credential", "counter", "label"}
        items = [
            FactorView(**row.model_dump(exclude=hidden), label=held.labels[row.factor_id])
            for row in held.factors
        ]
        return cls(items=items, recovery_codes_left=held.codes_left)

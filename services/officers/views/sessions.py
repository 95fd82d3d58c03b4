"""Bodies and views of signing in."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from contracts.actor import Grant
from services.officers.identity.factors.passkeys import Challenge
from services.officers.identity.passwords import MOST
from services.officers.identity.sessions import SignedIn
from services.officers.identity.signin.proving import Offered
from services.officers.identity.signin.tables import SessionRow
from services.officers.views.base import Body, View
from services.officers.views.filled import Filled
from services.officers.views.officers import names_of_grant
from services.officers.web.language import Language

Said = Annotated[str, StringConstraints(min_length=1, max_length=MOST)]
"""A password that is to be tried. A wrong one is no malformed one, so hardly anything is asked of it here."""


Code = Annotated[str, StringConstraints(max_length=60)]
"""A code of the second factor that is to be tried: of an authenticator program, or a recovery code."""


class OfferedBody(Body):
    """What whoever is signed in shows: the password, and a code where there is a second factor."""

    password: Said
    code: Code = ""

    @property
    def offered(self) -> Offered:
        """As it is tried."""
        return Offered(self.password, self.code)


class SignInBody(OfferedBody):
    """A login and its password, and a code where there is a second factor."""

    login: Annotated[str, StringConstraints(min_length=1, max_length=100)]


Ticket = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Credential = Filled
"""What a browser answers, for the library to read: its members are the standard's."""


class PasskeyBody(Body):
    """What the browser answered to the challenge: an AuthenticationResponseJSON (WebAuthn, level 3)."""

    ticket: Ticket
    credential: Credential


class ChallengeView(View):
    """What to hand to the browser (`publicKey`), and the ticket to send back with its answer."""

    ticket: str
    options: dict[str, Any]

    @classmethod
    def of(cls, challenge: Challenge) -> "ChallengeView":
        """As it is answered."""
        return cls(ticket=challenge.ticket, options=challenge.options)


class CredentialsBody(Body):
    """The one-time code of an account, its three parts with points between them, and the password its holder chose."""

    login: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    code: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Said


class NewPasswordBody(OfferedBody):
    """The password that holds, and the one that is to hold."""

    new: Said


class SignedInView(View):
    """A token: send it as `Authorization: Bearer ...` until `expires_at`; it can be renewed until `ends_at`."""

    token: str
    token_type: str = "Bearer"  # noqa: S105
    expires_at: datetime
    expires_in: int
    ends_at: datetime
    authenticated_at: datetime
    account_id: str
    session_id: str

    @classmethod
    def of(cls, signed: SignedIn) -> "SignedInView":
        """As it is answered now."""
        remaining = signed.expires_at - datetime.now(UTC)
        return cls(
            token=signed.token,
            expires_at=signed.expires_at,
            expires_in=max(0, int(remaining.total_seconds())),
            ends_at=signed.ends_at,
            authenticated_at=signed.authenticated_at,
            account_id=signed.account_id,
            session_id=signed.session_id,
        )


class SessionView(View):
    """One of one's own sessions: since when, from where, until when."""

    session_id: str
    current: bool = Field(description="Whether it is the session that asks")
    started_at: datetime
    authenticated_at: datetime
    renewed_at: datetime
    good_until: datetime
    ends_at: datetime
    methods: str
    address: str
    agent: str

    @classmethod
    def of(cls, row: SessionRow, current: str) -> "SessionView":
        """The session as its owner sees it."""
        return cls(**row.model_dump(exclude={"account_id", "generation"}), current=row.session_id == current)


class SessionsView(View):
    """All of one's own sessions that stand; they are few."""

    items: list[SessionView]


class OwnGrantView(View):
    """A role that the caller holds, or has in somebody's place, with what its codes are called."""

    role: str
    unit: str
    district: str
    deputy_for: str | None
    names: dict[str, str]

    @classmethod
    def of(cls, grant: Grant, policy: str, language: Language) -> "OwnGrantView":
        """The view of a grant."""
        called = names_of_grant(grant.role, grant.unit, grant.district, policy, language)
        return cls(**{"deputy_for": None, **grant.model_dump()}, names=called)


class MeView(View):
    """The caller as the API sees them, with the units for which they act."""

    account_id: str
    person_id: str
    login: str
    name: str
    units: list[str]
    grants: list[OwnGrantView]
    may: list[str] = Field(description="The routes that the caller may use, as `METHOD /path` behind /v1")

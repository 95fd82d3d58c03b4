"""Bodies and views of sign-ins and accounts."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from contracts.access import Given
from contracts.actor import Grant
from services.officers.identity.passwords import LEAST, MOST
from services.officers.views.base import Body, View
from services.officers.web.days import Moment

Login = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.@\-]{0,60}$")]
Password = Annotated[str, StringConstraints(min_length=LEAST, max_length=MOST)]
Unit = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.\-]{0,60})?$")]
District = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Za-z0-9][A-Za-z0-9_.\-]{0,60})$")]


class SignInBody(Body):
    """A login and its password. A wrong one is no malformed one, so hardly anything is asked of them here."""

    login: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=MOST)]


class CredentialsBody(Body):
    """The one-time code of an account, both halves with a point between them, and the password its holder chose."""

    login: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    code: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    password: Password


class SignedInView(View):
    """A token: send it as `Authorization: Bearer ...` until `expires_at`."""

    token: str
    token_type: str = "Bearer"  # noqa: S105
    expires_at: datetime
    expires_in: int
    account_id: str


class GrantBody(Body):
    """A role to be held for a unit, in a district (`*`: every one), until an instant or for good."""

    role: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]{1,40}$")]
    unit: Unit = ""
    district: District = "*"
    until: Moment | None = None

    def given(self) -> Given:
        """The grant with its end."""
        return Given(grant=Grant(role=self.role, unit=self.unit, district=self.district), until=self.until)


class GrantView(View):
    """A role held."""

    role: str
    unit: str
    district: str
    until: datetime | None = None


class MeView(View):
    """The caller as the API sees them."""

    account_id: str
    person_id: str
    grants: list[GrantView]


class AccountView(View):
    """An account; whose it is, is told by an opaque id only."""

    account_id: str
    person_id: str
    login: str
    disabled: bool
    created_at: datetime
    grants: list[GrantView]

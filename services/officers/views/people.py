"""Bodies and views of accounts."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.actor import Grant
from services.officers.identity.passwords import MOST
from services.officers.views.base import Body, View
from services.officers.views.texts import PersonName
from services.officers.web.days import Moment

Login = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.@\-]{0,60}$")]
Password = Annotated[str, StringConstraints(min_length=1, max_length=MOST)]
IdNumber = Annotated[str, StringConstraints(min_length=18, max_length=18)]
CreditCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{18}$")]
Unit = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.\-]{0,60})?$")]
District = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Za-z0-9][A-Za-z0-9_.\-]{0,60})$")]


class GrantBody(Body):
    """A role to be held for a unit, in a district (`*`: every one), until an instant or for good."""

    role: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]{1,40}$")]
    unit: Unit = ""
    district: District = "*"
    until: Moment | None = None

    def grant(self) -> Grant:
        """The grant without its end."""
        return Grant(role=self.role, unit=self.unit, district=self.district)


class GrantView(View):
    """A role held."""

    role: str
    unit: str
    district: str
    until: datetime | None = None


class AccountBody(Body):
    """An account to be opened. The same `id_number` is the same natural person, under however many logins."""

    login: Login
    password: Password
    name: PersonName
    id_number: IdNumber
    credit_codes: Annotated[list[CreditCode], Field(max_length=40)] = Field(default_factory=list)
    """Of the person's own firms: nobody acts on a case of their own firm (SOD-06)."""
    grants: Annotated[list[GrantBody], Field(max_length=40)] = Field(default_factory=list)


class GrantsBody(Body):
    """The grants that an account is to hold from now on, instead of those it has."""

    grants: Annotated[list[GrantBody], Field(max_length=40)]


class OpenedView(View):
    """An account that was opened."""

    account_id: str
    person_id: str
    login: str


class AccountView(View):
    """An account; whose it is, is told by an opaque id only."""

    account_id: str
    person_id: str
    login: str
    disabled: bool
    created_at: datetime
    grants: list[GrantView]

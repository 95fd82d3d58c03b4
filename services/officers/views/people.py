"""Bodies and views of accounts."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from contracts.access import Given
from contracts.actor import Grant
from services.officers.views.base import Body, View
from services.officers.web.days import Moment

Login = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.@\-]{0,60}$")]
Unit = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.\-]{0,60})?$")]
District = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Za-z0-9][A-Za-z0-9_.\-]{0,60})$")]


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


class AccountView(View):
    """An account; whose it is, is told by an opaque id only."""

    account_id: str
    person_id: str
    login: str
    disabled: bool
    created_at: datetime
    grants: list[GrantView]

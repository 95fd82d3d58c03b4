"""Bodies and views of sign-in by the office's identity provider."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from services.officers.identity.provider.answering import Answer, Started
from services.officers.identity.provider.tables import ProviderLinkRow
from services.officers.views.base import Body, View
from services.officers.views.sessions import Code, Ticket

Brought = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[ -~]+$")]
"""What stood in the address of the provider's redirect."""


class AnswerBody(Body):
    """The ticket, and what the provider's redirect brought, as it stands there."""

    ticket: Ticket
    code: Brought
    state: Brought
    iss: Brought | None = None

    @property
    def answer(self) -> Answer:
        """As it is held against the question."""
        return Answer(self.ticket, self.code, self.state, self.iss)


class SecondBody(Body):
    """The ticket of `second-factor-needed`, and a code of the second factor."""

    ticket: Ticket
    code: Annotated[Code, StringConstraints(min_length=1)]


class StartedView(View):
    """Where to send somebody, and the ticket to send back with the answer. It belongs to one browser: keep it there."""

    ticket: str
    address: str

    @classmethod
    def of(cls, started: Started) -> "StartedView":
        """As it is answered."""
        return cls(ticket=started.ticket, address=started.address)


class LinkView(View):
    """Since when one's own account is linked; null: it is not. Whom the provider knows one as is not kept."""

    linked_at: datetime | None

    @classmethod
    def of(cls, row: ProviderLinkRow | None) -> "LinkView":
        """As its holder sees it."""
        return cls(linked_at=None if row is None else row.linked_at)

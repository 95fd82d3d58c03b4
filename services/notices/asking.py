"""Who reads letters and who serves them, as the officers' service says in what it asks.

In the body and not in the address: somebody may be kept from as many cases as a term election has.
"""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.base import Digest, OpaqueId
from contracts.matter import ServiceWay
from services.notices.store.inbox import Show, Wanted
from services.notices.store.letters import Grant, Reader
from services.notices.store.serving import Server

MOST_GRANTS = 100
MOST_CASES = 20_000
"""A statement takes no more values than some thirty thousand on either database."""

Limit = Annotated[int, Field(ge=1, le=200)]
After = Annotated[int, Field(ge=0, le=2**62)]
Word = Annotated[str, Field(max_length=200)]
Named = Annotated[str, Field(min_length=1, max_length=200)]
Cases = Annotated[list[Word], Field(max_length=MOST_CASES)]
Ids = Annotated[list[Named], Field(max_length=MOST_GRANTS)]
"""Under which other ids somebody is known: identities that were merged into the one that is kept."""


class Asked(BaseModel):
    """What is asked carries nothing that has no name here."""

    model_config = ConfigDict(extra="forbid")


class GrantAsked(Asked):
    """A role that is held, of a unit or none in particular, in a district or (`*`) every one."""

    role: Named
    unit: Word = ""
    district: Named


class ReaderAsked(Asked):
    """Who reads: a person, under every id, and the roles they hold; no letter about one of `not_cases` reaches them in
    a role."""

    person_id: Word = ""
    also: Ids = []
    grants: Annotated[list[GrantAsked], Field(max_length=MOST_GRANTS)] = []
    not_cases: Cases = []

    def reader(self) -> Reader | None:
        """The reader. None when nobody is named: then the caller answers for who sees the result."""
        if not self.person_id and not self.grants:
            return None
        grants = tuple(Grant(one.role, one.unit, one.district) for one in self.grants)
        ids = (self.person_id, *self.also) if self.person_id else ()
        return Reader(ids, grants, tuple(self.not_cases))


class ServerAsked(Asked):
    """Who serves letters by hand: a person, under every id, and the districts (`*`: every one) in which they do."""

    person_id: Named
    also: Ids = []
    districts: Annotated[list[Named], Field(min_length=1, max_length=MOST_GRANTS)]
    not_cases: Cases = []

    def server(self) -> Server:
        """The server."""
        return Server(self.person_id, tuple(self.also), tuple(self.districts), tuple(self.not_cases))


class InboxAsked(Asked):
    """A page of a reader's letters, of one case if one is named, behind the letter of a position."""

    reader: ReaderAsked
    case_id: Annotated[str, Field(max_length=121)] | None = None
    show: Show = Show.ALL
    after: After = 0
    limit: Limit = 50

    def wanted(self) -> Wanted:
        """The page."""
        return Wanted(self.case_id, self.show, self.after, self.limit)


class UndeliveredAsked(Asked):
    """A page of the letters that somebody is to serve."""

    server: ServerAsked
    after: After = 0
    limit: Limit = 50


class ServiceAsked(Asked):
    """Proof of service by hand: when, how, and the digest of the paper that the person, or a witness, signed."""

    server: ServerAsked
    at: AwareDatetime
    how: ServiceWay
    document_digest: Digest


class ReceiptAsked(Asked):
    """Proof of service: who took notice, and when."""

    reader: ReaderAsked = ReaderAsked()
    person_id: OpaqueId
    at: AwareDatetime

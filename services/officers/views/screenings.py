"""Bodies and views of screening."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from contracts import names
from contracts.base import Digest, OpaqueId
from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.screening import BeginRun, DoubtMatch, OpenScreening
from services.officers.views.acts import ActBody
from services.officers.views.base import View
from services.officers.views.rosters import CellFaultView
from services.officers.views.starts import StartBody
from services.officers.views.texts import Words


class ScreeningBody(StartBody):
    """A book of screening to be opened: everybody in process or in office is held against the policy's lists."""

    def opening(self, claim: Claim, people: Mapping[str, OpaqueId]) -> OpenScreening:
        """Open the book."""
        ident = names.screening_id(claim.command_id)
        return OpenScreening(
            claim=claim.model_copy(update={"target": ident}),
            policy=self.policy,
            policy_digest=self.policy_digest(),
        )


class RunBody(ActBody):
    """A run is asked for, whether it is time or not."""

    def command(self, claim: Claim) -> Command:
        """Begin a run."""
        return BeginRun(claim=claim, cause="asked")


class DoubtBody(ActBody):
    """A match that may mean somebody else: two people are asked to find out, and until then it stands."""

    match: Annotated[int, Field(ge=1, le=1_000_000_000)]
    reason: Words

    def command(self, claim: Claim) -> Command:
        """Doubt it."""
        return DoubtMatch(claim=claim, match=self.match, reason=self.reason)


class ListView(View):
    """What a list's import would do (`dry_run`). With a fault nothing of it is taken.

    `faults` counts all of them, `more` those that are not among `errors`.
    """

    valid: bool
    entries: int
    masked: int
    entries_digest: Digest
    faults: int
    more: int
    errors: list[CellFaultView]


class MatchView(View):
    """An entry that fits somebody by its whole number. It is told to their case, where people rule on it.

    `entry` is null for whoever may not look into matches.
    """

    match: int
    run: int
    list: str
    item: str
    case_kind: str
    case_id: OpaqueId
    since: str
    ended: str | None
    entry: dict[str, Any] | None


class NamesakeView(View):
    """An entry with the same name and another number: to be looked at, and never a match."""

    list: str
    subject: str
    number: str
    document_no: str
    issuer: str
    decided_on: date
    masked: bool

"""What a request for accounts knows beyond what every case knows."""

from datetime import datetime
from typing import TypeAlias, assert_never, cast

from contracts.access import AnyRequest
from contracts.emergency import EmergencyReading
from contracts.events.access import (
    AccessAsked,
    AccountDisabled,
    AccountEnabled,
    AccountsOpened,
    CodesWitnessed,
    CredentialsReset,
    EmergencyEnded,
    EmergencyGranted,
    EmergencyRead,
    GrantsChanged,
    PersonsMerged,
    PersonsSplit,
)
from contracts.events.base import Event
from contracts.vocabulary import Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding


class Access(Case):
    """A change of accounts that waits for a second person."""

    stage: Stage = Stage.ACCESS_APPROVAL
    asked_by: str = ""
    people: tuple[str, ...] = ()
    """Whom it concerns."""
    request: AnyRequest | None = None
    codes_until: datetime | None = None
    """Until when the codes count by which holders set their passwords; None while it has given none."""
    granted: EmergencyGranted | None = None
    """What lets somebody read in an emergency, from its beginning on."""
    cases_read: tuple[str, ...] = ()
    """What was read in it, each case once."""
    concerned: frozenset[str] = frozenset()
    """Whom those cases are about."""

    @property
    def for_reading(self) -> bool:
        """Whether it asks that somebody may read in an emergency."""
        return isinstance(self.request, EmergencyReading)


Work: TypeAlias = Draft[Access]
"""A step of it in the making."""

OwnEvent: TypeAlias = (
    AccessAsked
    | AccountsOpened
    | GrantsChanged
    | AccountDisabled
    | AccountEnabled
    | CredentialsReset
    | CodesWitnessed
    | PersonsMerged
    | PersonsSplit
    | EmergencyGranted
    | EmergencyRead
    | EmergencyEnded
)


def fold(case: Access, event: Event) -> Access:
    """What its own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case AccessAsked():
            return case.but(
                asked_by=own.asked_by,
                people=own.people,
                content_digest=own.content_digest,
                request=own.private.request,
            )
        case AccountsOpened(codes_until=until) | CredentialsReset(codes_until=until):
            return case.but(codes_until=until)
        case GrantsChanged() | AccountDisabled() | AccountEnabled() | CodesWitnessed():
            return case
        case EmergencyGranted():
            return case.but(granted=own)
        case EmergencyRead(case=read, person_id=person):
            return case.but(
                cases_read=tuple(dict.fromkeys((*case.cases_read, read))),
                concerned=case.concerned | {person},
            )
        case PersonsMerged() | PersonsSplit() | EmergencyEnded():
            return case
        case _:
            assert_never(own)


FOLDING = CaseFolding(Access, fold)

"""What happens in a book of screening: lists come, people are held against them, matches begin and end."""

from typing import ClassVar

from pydantic import Field

from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.case import KindName
from contracts.events.base import Event
from contracts.listed import Fitting, ListFile, MatchEnd, RunCause, RunEnd


class ListVersion(Contract):
    """A version of a list, and every file of which it consists: a whole list and the increments since."""

    list: str
    version: int = Field(ge=1)
    files: tuple[Digest, ...] = Field(min_length=1)
    entries_digest: Digest
    """Of the last file."""


class ScreeningOpened(Event):
    """A book of screening was opened under a policy, which says which lists are watched."""

    type: ClassVar[str] = "screening-opened"
    policy_digest: Digest


class ListImported(Event):
    """A list was taken: version, provenance, and digests by which anybody who has the file finds it again.

    The entries themselves are on no record.
    """

    type: ClassVar[str] = "list-imported"
    content: ListVersion
    file: ListFile


class RunBegun(Event):
    """A run began against these versions. `missing` lists were never brought, `stale` ones are too old to be clean."""

    type: ClassVar[str] = "run-begun"
    run: int
    cause: RunCause
    versions: tuple[ListVersion, ...]
    missing: tuple[str, ...]
    stale: tuple[str, ...]
    began: Instant
    ends: Instant
    """When the run ends by itself, whoever is missed by then."""


class PeopleScreened(Event):
    """A part of a run: how many cases were held against every list of it, and digests over which ones."""

    type: ClassVar[str] = "people-screened"
    run: int
    part: int
    until: str
    due: int
    checked: int
    missed: int
    """Cases that could not be held against the lists: their papers could not be read."""
    cases_digest: Digest
    """Over the ids of the cases that were checked."""
    people_digest: Digest
    """Over everybody due in the whole run."""
    namesakes: int
    set_aside: int
    """Entries that fitted, and that two people had set aside."""


class RunEnded(Event):
    """A run ended. It is complete only when everybody due was checked against every list, each fresh enough."""

    type: ClassVar[str] = "run-ended"
    decides: ClassVar[bool] = True
    run: int
    cause: RunEnd
    due: int | None
    """None when nobody ever said who was due."""
    checked: int
    begun: int
    """Matches that began in it."""
    ended: int
    standing: int
    """Matches that stand after it."""
    missing: tuple[str, ...]
    stale: tuple[str, ...]
    complete: bool


class MatchBegun(Event):
    """An entry fits a person or their firm by its whole number. It is told to their case, and rules on nothing."""

    type: ClassVar[str] = "match-begun"
    match: int
    run: int
    list: str
    item: str
    case_kind: KindName
    case_id: OpaqueId
    private: Fitting


class MatchEnded(Event):
    """A match stands no more: the entry left the list or changed, the case ended, or two people set it aside."""

    type: ClassVar[str] = "match-ended"
    match: int
    run: int
    """0 when no run brought it about."""
    cause: MatchEnd


class DoubtRaised(Event):
    """Somebody must look: an entry with a masked number fits by what is shown, or a match is doubted.

    An enquiry of its own begins, in which two people find out. Until then nothing follows.
    """

    type: ClassVar[str] = "doubt-raised"
    doubt: int
    match: int | None
    """The match that is doubted; None for a masked number."""
    run: int
    list: str
    case_id: OpaqueId
    enquiry: OpaqueId
    private: Fitting


class Confirmed(Contract):
    """The whole number of whom an entry means, as its issuer confirmed it; empty when it means another."""

    whose: ClassVar[str] = "person_id"
    person_id: OpaqueId
    """The natural person who it was asked about."""
    subject_id: str


class DoubtSettled(Event):
    """Two people found out whether the entry means the person."""

    type: ClassVar[str] = "doubt-settled"
    decides: ClassVar[bool] = True
    doubt: int
    means_person: bool
    private: Confirmed


class DoubtEnded(Event):
    """The entry that was looked at is on its list no more, or the case is not in process or in office."""

    type: ClassVar[str] = "doubt-ended"
    doubt: int
    run: int


class EntrySetAside(Event):
    """The entry does not mean the person: for this very entry and person it is passed over until then."""

    type: ClassVar[str] = "entry-set-aside"
    decides: ClassVar[bool] = True
    doubt: int
    list: str
    case_id: OpaqueId
    until: Instant


class SettingAsideEnded(Event):
    """The term is over: the entry is matched again."""

    type: ClassVar[str] = "setting-aside-ended"
    doubt: int


EVENTS: tuple[type[Event], ...] = (
    ScreeningOpened,
    ListImported,
    RunBegun,
    PeopleScreened,
    RunEnded,
    MatchBegun,
    MatchEnded,
    DoubtRaised,
    DoubtSettled,
    DoubtEnded,
    EntrySetAside,
    SettingAsideEnded,
)

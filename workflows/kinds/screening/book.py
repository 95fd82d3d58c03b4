"""What a book of screening knows: the lists as they stand, the run under way, and the matches that stand.

It keeps no list: entries live with the service that reads them, under the digests that stand here.
"""

from typing import TypeAlias, assert_never, cast

from pydantic import Field

from contracts.base import NO_DIGEST, Contract, Digest, Instant
from contracts.events import screening as said
from contracts.events.base import Event
from contracts.events.screening import ListVersion
from contracts.listed import Fitting, ListFile
from workflows.procedure.case import State
from workflows.procedure.fold import Folding
from workflows.procedure.step import Making

Key: TypeAlias = tuple[str, str, str]
"""What a match is: this entry of this list, for this case."""


class Held(Contract):
    """A list as it stands: its version, and how its last file came."""

    content: ListVersion
    file: ListFile


class Run(Contract):
    """A run under way. `until` is the last case id that a part of it came to; `due` None until a part says it."""

    number: int
    versions: tuple[ListVersion, ...]
    missing: tuple[str, ...]
    stale: tuple[str, ...]
    ends: Instant
    parts: int = 0
    until: str = ""
    due: int | None = None
    checked: int = 0
    begun: int = 0
    ended: int = 0


class Match(Contract):
    """A match that stands, or a doubt about which two people are asked, by its number in the book."""

    number: int
    fitting: Fitting

    @property
    def key(self) -> Key:
        """This entry of this list for this case."""
        return key_of(self.fitting)


class Doubt(Match):
    """Somebody is asked to look. `settled` None until two people have answered."""

    match: int | None
    settled: bool | None = None
    confirmed: str = ""
    """The whole number of whom it means."""

    @property
    def told(self) -> Fitting:
        """The entry as its case was told of it: under the whole number."""
        entry = self.fitting.entry.model_copy(update={"number": self.confirmed or self.fitting.entry.number})
        return self.fitting.model_copy(update={"entry": entry})


class Aside(Contract):
    """An entry that does not mean a person, until an instant; `doubt` is the number of the doubt that found it."""

    doubt: int
    list: str
    digest: Digest
    person_id: str
    until: Instant

    def covers(self, fitting: Fitting) -> bool:
        """Whether it is this very entry, and this person: a changed entry is another."""
        return (self.list, self.digest, self.person_id) == (fitting.list, fitting.digest, fitting.person_id)


class Book(State):
    """One book of screening."""

    lists: dict[str, Held] = Field(default_factory=dict)
    runs: int = 0
    last_begun: Instant | None = None
    run: Run | None = None
    again: bool = False
    """A list came while a run was under way: another begins at its end."""
    people_digest: Digest = NO_DIGEST
    """Of everybody who was due, as the last part of a run said."""
    numbers: int = 0
    """The last number of a match or a doubt."""
    matches: tuple[Match, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    aside: tuple[Aside, ...] = ()


Work: TypeAlias = Making[Book]
"""A step of a book in the making."""

OwnEvent: TypeAlias = (
    said.ScreeningOpened
    | said.ListImported
    | said.RunBegun
    | said.PeopleScreened
    | said.RunEnded
    | said.MatchBegun
    | said.MatchEnded
    | said.DoubtRaised
    | said.DoubtSettled
    | said.DoubtEnded
    | said.EntrySetAside
    | said.SettingAsideEnded
)


def key_of(fitting: Fitting) -> Key:
    """The list, the entry and the case."""
    return fitting.list, fitting.digest, fitting.case_id


def fold(book: Book, event: Event) -> Book:
    """What a book's own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case said.ScreeningOpened(policy_digest=digest):
            return book.but(policy_digest=digest)
        case said.ListImported(content=content, file=file):
            held = {**book.lists, content.list: Held(content=content, file=file)}
            return book.but(lists=held, again=book.run is not None)
        case said.RunBegun() | said.PeopleScreened() | said.RunEnded():
            return _fold_run(book, own)
        case said.MatchBegun(match=number, private=fitting):
            begun = Match(number=number, fitting=fitting)
            return _counted(book.but(matches=(*book.matches, begun), numbers=number), begun=1)
        case said.MatchEnded(match=number):
            left = tuple(one for one in book.matches if one.number != number)
            return _counted(book.but(matches=left), ended=1)
        case said.DoubtRaised(doubt=number, match=match, private=fitting):
            raised = Doubt(number=number, fitting=fitting, match=match)
            return book.but(doubts=(*book.doubts, raised), numbers=number)
        case said.DoubtSettled(doubt=number, means_person=means, private=confirmed):
            found = {"settled": means, "confirmed": confirmed.subject_id}
            settled = (one.model_copy(update=found) if one.number == number else one for one in book.doubts)
            return book.but(doubts=tuple(settled))
        case said.DoubtEnded(doubt=number):
            return book.but(doubts=tuple(one for one in book.doubts if one.number != number))
        case said.EntrySetAside(doubt=number, until=until):
            fitting = next(one.fitting for one in book.doubts if one.number == number)
            put = Aside(
                doubt=number,
                list=fitting.list,
                digest=fitting.digest,
                person_id=fitting.person_id,
                until=until,
            )
            left = tuple(one for one in book.doubts if one.number != number)
            return book.but(aside=(*book.aside, put), doubts=left)
        case said.SettingAsideEnded(doubt=number):
            return book.but(aside=tuple(one for one in book.aside if one.doubt != number))
        case _:
            assert_never(own)


def _fold_run(book: Book, event: said.RunBegun | said.PeopleScreened | said.RunEnded) -> Book:
    match event:
        case said.RunBegun():
            fields = ("versions", "missing", "stale", "ends")
            run = Run(number=event.run, **{name: getattr(event, name) for name in fields})
            return book.but(run=run, runs=event.run, last_begun=event.began, again=False)
        case said.PeopleScreened() if book.run is not None:
            run = book.run.model_copy(
                update={
                    "parts": event.part,
                    "until": event.until,
                    "due": max(event.due, book.run.due or 0),
                    "checked": book.run.checked + event.checked,
                }
            )
            return book.but(run=run, people_digest=event.people_digest)
        case said.PeopleScreened():
            raise ValueError("a part of a run that is not under way")
        case said.RunEnded():
            return book.but(run=None)


def _counted(book: Book, **more: int) -> Book:
    if book.run is None:
        return book
    counts = {name: getattr(book.run, name) + n for name, n in more.items()}
    return book.but(run=book.run.model_copy(update=counts))


FOLDING = Folding(Book, fold)

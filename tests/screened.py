"""A book of screening as a test asks of it: lists come, the service reports its parts, people doubt."""

from datetime import date
from typing import Any

from contracts.actor import LIST_KEEPER
from contracts.base import Digest
from contracts.claim import Owing
from contracts.commands.base import Command
from contracts.commands.screening import (
    BeginRun,
    DoubtMatch,
    ImportList,
    OpenScreening,
    ReportScreened,
    SettleDoubt,
)
from contracts.listed import Entry, Fitting, ListFile, Mode, Provenance
from contracts.names import enquiry_id
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.vocabulary import Subject
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.invented import nominee
from workflows.kinds.screening.book import Book
from workflows.kinds.screening.kind import DECIDER

OFFICE = somebody("ELECTION_OFFICE", "p-office")
SCREENER = somebody("SCREENER", "p-screener")
COURT = "court-dishonest"
BOOK = "s1"


def opened(policy: Policy, at: str = "2026-03-02 10:00") -> PureDesk[Book]:
    """A book that was opened then."""
    desk = PureDesk(DECIDER, policy, local(at))
    digest = loader.digest(policy.version)
    desk.open(asks(OpenScreening, OFFICE, BOOK, policy=policy.version, policy_digest=digest))
    return desk


def brought(
    list_code: str = COURT, file: str = "a", mode: Mode = "full", as_of: str = "2026-03-02", **other: Any
) -> ImportList:
    """A list as the office brings it; `file` is the digit of its digest."""
    content = ListFile(
        list=list_code,
        mode=mode,
        file_digest=file * 64,
        entries_digest="e" * 64,
        entries=3,
        masked=1,
        provenance=Provenance(issuer="某某法院", document_no="公告1号", as_of=date.fromisoformat(as_of)),
    )
    return asks(ImportList, other.get("actor", OFFICE), BOOK, file=content)


def fitting(case_id: str = "c1", digest: str = "1", fit: str = "number", **other: Any) -> Fitting:
    """An entry of the court's list that fits the nominee of a case."""
    person = nominee()
    entry = Entry(
        subject=Subject.PERSON,
        name=person.name,
        number=person.id_number
        if fit == "number"
        else person.id_number[:6] + "*" * 8 + person.id_number[14:],
        document_no="（2025）执1号",
        issuer="某某法院",
        decided_on=date(2025, 6, 1),
        text="有履行能力而拒不履行",
    )
    return Fitting(
        case_kind="nomination",
        case_id=case_id,
        district="d01",
        person_id=f"p-{case_id}",
        list=COURT,
        digest=digest * 64,
        fit=fit,  # type: ignore[arg-type]
        entry=entry,
        **other,
    )


def part(
    *found: Fitting,
    run: int = 1,
    after: str = "",
    until: str = "",
    expected: int | None = None,
    cases: tuple[str, ...] = ("c1",),
    missed: tuple[str, ...] = (),
    vetoed: tuple[str, ...] = (),
    people: Digest = "f" * 64,
) -> ReportScreened:
    """A part of a run, as the service reports it."""
    return asks(
        ReportScreened,
        LIST_KEEPER,
        BOOK,
        run=run,
        after=after,
        until=until,
        expected=len(cases) + len(missed) if expected is None else expected,
        people_digest=people,
        cases=cases,
        missed=missed,
        vetoed=vetoed,
        fitting=found,
        namesakes=0,
    )


def begins(actor: Any = SCREENER, cause: str = "asked") -> Command:
    """Somebody asks for a run."""
    return asks(BeginRun, actor, BOOK, cause=cause)


def doubted(match: int = 1) -> DoubtMatch:
    """A screener doubts a match."""
    return asks(DoubtMatch, SCREENER, BOOK, match=match, reason="法院更正")


def settled(
    doubt: int, means_person: bool, days: int = 30, enquiry: str = "", subject_id: str = ""
) -> SettleDoubt:
    """What the enquiry into a doubt found, as the worker carries it."""
    command = asks(
        SettleDoubt, SCREENER, BOOK, doubt=doubt, means_person=means_person, days=days, subject_id=subject_id
    )
    owing = Owing(case_id=enquiry or enquiry_id(BOOK, doubt), number=1)
    return command.model_copy(update={"claim": command.claim.model_copy(update={"owed_by": owing})})

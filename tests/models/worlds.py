"""The beginnings from which every state of every kind of case is reached: its decider, and how it may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.commands.enquiry import OpenEnquiry
from contracts.commands.late_roster import OpenLateRoster
from contracts.commands.opening import Opening
from contracts.commands.screening import OpenScreening
from contracts.inquired import Inquired
from contracts.nominee import RosterLine
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.vocabulary import Seat
from tests.asking import asks, batch_opening, local, opening, removal_opening, review_opening, somebody
from tests.invented import nominee
from tests.models.asking import FACT
from tests.tenures import tenure_opening
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.enquiry.kind import DECIDER as ENQUIRIES
from workflows.kinds.every import KINDS
from workflows.kinds.late_roster.kind import DECIDER as LATE_ROSTERS
from workflows.kinds.nomination.kind import DECIDER as NOMINATIONS
from workflows.kinds.removal.kind import DECIDER as REMOVALS
from workflows.kinds.review.kind import DECIDER as REVIEWS
from workflows.kinds.screening.book import Book
from workflows.kinds.screening.kind import DECIDER as SCREENINGS
from workflows.kinds.tenure.kind import DECIDER as TENURES
from workflows.procedure.case import Case, State
from workflows.procedure.decider import Decider
from workflows.procedure.kind import Kind

VERSION = "2026.1"
BEGIN = local("2026-03-02 10:00")


@dataclass(frozen=True)
class World:
    """One kind of case, and every way in which one may begin."""

    name: str
    decider: Decider[Any]
    openings: tuple[Opening, ...]
    budget: int
    """How many states are gone on from."""

    @property
    def policy(self) -> Policy:
        """The version that decides."""
        return loader.released(VERSION)

    @property
    def kind(self) -> Kind[Any] | None:
        """Its tables, when it has tasks."""
        return next((kind for kind in KINDS if kind.name == self.name), None)

    @property
    def tasks(self) -> tuple[str, ...]:
        """The kinds of task that such a case may open."""
        return tuple(self.kind.signing) if self.kind else ()


def phase(state: State, now: datetime) -> str:
    """Where a case stands, as the table says it: stage and state, or what a kind without tasks knows."""
    match state:
        case Case():
            return f"{state.stage.value} {'filed' if state.filed else state.state.value}"
        case Batch():
            late = state.nomination_closes is not None and now >= state.nomination_closes
            held = " held-roster" if state.held else ""
            return f"{'late' if late else 'window'}{held}{' election' if state.election_at else ''}"
        case Book():
            words = (("run", state.run), ("match", state.matches), ("doubt", state.doubts))
            return " ".join(["watching", *(word for word, there in words if there)])
    raise AssertionError(f"nobody says how a {type(state).__name__} stands")


def worlds() -> Iterable[World]:
    """Every kind."""
    common: dict[str, Any] = {"policy": VERSION, "policy_digest": loader.digest(VERSION)}
    twice = opening().model_copy(update={"duplicate_of": "c0"})
    detained = removal_opening(investigation="detained", tenure="t1")
    linked = removal_opening(open_removal="r0", tenure="t1")
    enquiries = [
        asks(
            OpenEnquiry,
            somebody("SCREENER", "p-asker"),
            "q1",
            parent="s1" if doubt else "c1",
            district="d01",
            source=source,
            doubt=doubt,
            about_kind="nomination",
            about_case="c1",
            person_id="p-nominee",
            matter=Inquired(fact=FACT, source="court"),
            **common,
        )
        for source, doubt in (("masked", 7), ("doubted", 7), ("unmatched", 0))
    ]
    line = RosterLine(
        person_id="p-nominee",
        name=nominee().name,
        firm=nominee().firm,
        district="d01",
        seat=Seat.EXECUTIVE,
        nominating_unit="chamber-1",
    )
    late = asks(
        OpenLateRoster,
        somebody("NOMINATOR", "p-submitter", "chamber-1"),
        "l1",
        parent="b1",
        district="d01",
        roster_digest="a" * 64,
        lines=(line,),
        **common,
    )
    book = asks(OpenScreening, somebody("ELECTION_OFFICE", "p-office"), "s1", **common)
    yield World("nomination", NOMINATIONS, (opening(), twice), 130)
    yield World("removal", REMOVALS, (removal_opening(), detained, linked), 150)
    yield World("review", REVIEWS, (review_opening(), review_opening(instance=2)), 80)
    yield World("tenure", TENURES, (tenure_opening(), tenure_opening(evaluated_until=None)), 60)
    yield World("enquiry", ENQUIRIES, tuple(enquiries), 25)
    yield World("late-roster", LATE_ROSTERS, (late,), 40)
    yield World("batch", BATCHES, (batch_opening(),), 60)
    yield World("screening", SCREENINGS, (book,), 60)

"""Every kind of case as the tables see it: its decider, how it may open, where it may stand, what never comes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contracts.commands.opening import Opening
from contracts.policy import loader
from contracts.policy.model import Policy
from tests.asking import local
from tests.models import beginnings
from workflows.kinds.access.kind import DECIDER as REQUESTS
from workflows.kinds.award.kind import DECIDER as AWARDS
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.data_request.kind import DECIDER as DATA_REQUESTS
from workflows.kinds.enquiry.kind import DECIDER as ENQUIRIES
from workflows.kinds.every import KINDS
from workflows.kinds.integrity.case import Integrity
from workflows.kinds.integrity.kind import DECIDER as FILES
from workflows.kinds.late_roster.kind import DECIDER as LATE_ROSTERS
from workflows.kinds.nomination.kind import DECIDER as NOMINATIONS
from workflows.kinds.policy.kind import DECIDER as PROPOSALS
from workflows.kinds.removal.kind import DECIDER as REMOVALS
from workflows.kinds.review.kind import DECIDER as REVIEWS
from workflows.kinds.screening.book import Book
from workflows.kinds.screening.kind import DECIDER as SCREENINGS
from workflows.kinds.tenure.kind import DECIDER as TENURES
from workflows.procedure.case import RESUMPTION, Case, State
from workflows.procedure.decider import Decider
from workflows.procedure.kind import Kind

BEGIN = local("2026-03-02 10:00")

NOTHING_HOLDS: Mapping[str, str] = dict.fromkeys(
    RESUMPTION, "no rule of this kind holds a case, so none is ever resumed"
)
CLOSED_AT_ONCE: Mapping[str, str] = dict.fromkeys(
    ("serve", "file"), "nobody is written to about it: its file is closed with its answer"
)
"""Why tasks that every kind of case has are never opened by some."""


@dataclass(frozen=True)
class World:
    """One kind of case, and every way in which one may begin."""

    name: str
    decider: Decider[Any]
    openings: tuple[Opening, ...]
    never: Mapping[str, str] = field(default_factory=dict)
    """Tasks of the kind that no case of it opens, and why: a table in which one is open is not written."""

    @property
    def policy(self) -> Policy:
        """The version of whose words the table speaks."""
        return loader.released(beginnings.VERSION)

    @property
    def kind(self) -> Kind[Any] | None:
        """Its tables, when it has tasks."""
        return next((kind for kind in KINDS if kind.name == self.name), None)

    @property
    def tasks(self) -> tuple[str, ...]:
        """The kinds of task that such a case may open."""
        return tuple(self.kind.signing) if self.kind else ()


def deciding(case: State | Opening) -> Policy:
    """The version that decides what is asked of the case as it stands."""
    return loader.released(case.policy)


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
        case Integrity():
            words = (("reading", state.readings), ("mark", state.marks), ("lead", state.leads))
            return " ".join([f"{state.subject.value}-file", *(word for word, there in words if there)])
    raise AssertionError(f"nobody says how a {type(state).__name__} stands")


def worlds() -> Iterable[World]:
    """Every kind."""
    yield World("nomination", NOMINATIONS, beginnings.nominations())
    yield World("removal", REMOVALS, beginnings.removals())
    yield World("review", REVIEWS, beginnings.reviews(), NOTHING_HOLDS)
    yield World("tenure", TENURES, beginnings.tenures())
    yield World("enquiry", ENQUIRIES, beginnings.enquiries(), {**NOTHING_HOLDS, **CLOSED_AT_ONCE})
    yield World("late-roster", LATE_ROSTERS, beginnings.late_rosters(), NOTHING_HOLDS)
    yield World("award", AWARDS, beginnings.awards(), NOTHING_HOLDS)
    yield World("policy", PROPOSALS, beginnings.proposals(), NOTHING_HOLDS)
    yield World("access", REQUESTS, beginnings.requests(), {**NOTHING_HOLDS, **CLOSED_AT_ONCE})
    yield World("data-request", DATA_REQUESTS, beginnings.data_requests(), NOTHING_HOLDS)
    yield World("batch", BATCHES, beginnings.batches())
    yield World("screening", SCREENINGS, beginnings.books())
    yield World("integrity", FILES, beginnings.files())

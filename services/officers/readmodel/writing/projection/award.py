"""What the events of an application for an award, and of its title, change beside those that every kind has."""

from collections.abc import Mapping, Sequence
from typing import cast

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import (
    Change,
    Rule,
    Target,
    case,
    facts,
    nothing,
    opened,
)


def _applied(e: Envelope) -> list[Change]:
    return [*opened(e, Stage.AWARD_CHECK, CaseState.APPLYING, "title", "cycle", "organisation"), *_barred(e)]


def _barred(e: Envelope) -> list[Change]:
    """Whoever leads the organisation sees the case's number only, as after a declared conflict."""
    return [
        Change(
            Target.CONFLICT,
            f"{e.case_id}/leads.{person}",
            {"case_id": e.case_id, "person_id": person, "stands": True},
            new=True,
        )
        for person in cast(Sequence[str], e.payload["leaders"])
    ]


RULES: Mapping[str, Rule] = {
    "award-applied": _applied,
    "leader-questioned": nothing,
    "veto-fell": nothing,
    "application-reopened": lambda e: case(
        e, state=CaseState.APPLYING.value, ended_cause=None, ended_at=None
    ),
    "index-noted": nothing,
    "title-recognised": lambda e: facts(e, held_until=e.payload["until"]),
    "withdrawal-proposed": lambda e: facts(e, withdrawal_proposed=True),
}

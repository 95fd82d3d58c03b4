"""The letters' files and the catalogue: every event of a kind is folded, or was thought about."""

import pytest

from contracts import catalogue
from contracts.case import CaseKind
from contracts.events import (
    access,
    case,
    conflict,
    data_request,
    election,
    errand,
    leaving,
    letters,
    nomination,
    policy,
    removal,
    removal_review,
    review,
    task,
    tenure,
)
from contracts.events.base import Event
from contracts.policy.loader import released, versions
from contracts.policy.model import EVERY
from services.notices.folding import shared
from services.notices.folding.kinds import KINDS

OF_EVERY_KIND = {*case.EVENTS, *task.EVENTS, *conflict.EVENTS, *letters.EVENTS, *errand.EVENTS}
OWN: dict[str, set[type[Event]]] = {
    CaseKind.ACCESS: {*access.EVENTS},
    CaseKind.DATA_REQUEST: {*data_request.EVENTS},
    CaseKind.NOMINATION: {
        *nomination.EVENTS,
        *election.EVENTS,
        *leaving.EVENTS,
        *review.EVENTS,
        policy.TransitionApplied,
    },
    CaseKind.REMOVAL: {
        *removal.EVENTS,
        removal_review.PersonsBarred,
        review.FactEnded,
        review.OpinionGiven,
        review.VotesCounted,
        tenure.DeathRecorded,
        tenure.SeatRecorded,
    },
    CaseKind.REVIEW: {*removal_review.EVENTS},
    CaseKind.TENURE: {
        *tenure.EVENTS,
        removal.InvestigationEnded,
        removal.InvestigationReported,
        removal_review.PersonsBarred,
        removal.InvestigationReported,
        review.DepartmentClosed,
        review.HitFound,
        review.FactDismissed,
        review.FactEnded,
        review.FactUnmatched,
    },
}
"""What happens in a kind of case beside what happens in all."""


def test_what_all_kinds_share_is_folded_by_one_module() -> None:
    assert shared.EVENTS == OF_EVERY_KIND


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_folds_every_event_of_its_own(kind: str) -> None:
    assert KINDS[kind].events - OF_EVERY_KIND == OWN[kind]


@pytest.mark.parametrize("version", versions())
@pytest.mark.parametrize("kind", KINDS)
def test_the_policy_has_thought_about_the_same_events(version: str, kind: str) -> None:
    rules = released(version)
    for event in OF_EVERY_KIND | OWN[kind]:
        rules.occasions(kind, event.type)
    known = {event.type for event in OF_EVERY_KIND | OWN[kind]}
    every = {event_type for event_type, _ in catalogue.EVENTS}
    for stranger in every - known:
        with pytest.raises(KeyError):
            rules.occasions(kind, stranger)


@pytest.mark.parametrize("version", versions())
def test_every_kind_with_tasks_has_thought_about_what_happens_in_all(version: str) -> None:
    rules = released(version)
    with_tasks = {kind for kind, own in rules.procedures.items() if own.tasks} - {EVERY}
    for kind in with_tasks:
        for event in OF_EVERY_KIND:
            rules.occasions(kind, event.type)

"""How a case on the record would have come out under another version: what every kind of case is asked for a what-if.

People's own acts are taken as they are; deadlines and holds are not counted anew.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from contracts.case import CaseKind
from contracts.events.base import Event
from contracts.events.review import FactDismissed, HitFound, VotesCounted
from contracts.events.tenure import MemberReEvaluated
from contracts.policy.model import Policy
from contracts.vocabulary import Ruling
from workflows.kinds.nomination.case import Hit, Nomination
from workflows.kinds.nomination.grades import unheard
from workflows.procedure.case import State
from workflows.rules import re_evaluation
from workflows.rules.grading import grade
from workflows.rules.under import NOTHING, Difference, differing, effect_of, fact_differs, vote_differs
from workflows.rules.verdict import Refused

WATCHED: tuple[type[Event], ...] = (HitFound, FactDismissed, VotesCounted, MemberReEvaluated)
"""The events on which an outcome rests, besides what a case's state keeps of them."""
REFUSED = "refused"
"""These scores can be given under that version no more."""


def differences(kind: str, case: State, seen: Sequence[Event], policy: Policy) -> list[Difference]:
    """What would differ in this case; none for a version that has no such cases."""
    if kind not in policy.procedures:
        return []
    found = [one for event in seen for one in _of_event(event, case, policy)]
    if kind == CaseKind.NOMINATION and isinstance(case, Nomination):
        found += _grade(case, policy)
    return found


def _of_event(event: Any, case: State, policy: Policy) -> Iterator[Difference]:
    match event:
        case HitFound() | FactDismissed() if isinstance(case, Nomination):
            yield from fact_differs(event, _ruling(case, event), case.cut_off, policy)
        case VotesCounted():
            yield from vote_differs(event, policy)
        case MemberReEvaluated(passed=passed, private=private) if policy.seats is not None:
            rule = policy.seats.re_evaluation
            missed = re_evaluation.unmet(private.scores, private.index, rule, policy.grading)
            under = REFUSED if isinstance(missed, Refused) else _passed(not missed)
            yield from differing("re-evaluation", "re-evaluation", _passed(passed), under)


def _grade(case: Nomination, policy: Policy) -> list[Difference]:
    """The same scores against other thresholds, with the rulings that would still be there."""
    if case.scores is None or case.grade is None:
        return []
    ruled = {ruling: any(_stands(hit, case, policy, ruling) for hit in case.hits) for ruling in Ruling}
    result = grade(
        case.scores.scores,
        case.scores.index,
        minor=ruled[Ruling.MINOR],
        closed_no_reply=bool(unheard(case)),
        veto=ruled[Ruling.VETO],
        grading=policy.grading,
    )
    under = REFUSED if isinstance(result, Refused) else result.grade.value
    return differing("grade", "grade", case.grade.value, under)


def _stands(hit: Hit, case: Nomination, policy: Policy, ruling: Ruling) -> bool:
    return hit.ruling is ruling and effect_of(hit.fact, case.cut_off, policy) != NOTHING


def _ruling(case: Nomination, event: HitFound | FactDismissed) -> Ruling | None:
    if isinstance(event, FactDismissed):
        return None
    return next((hit.ruling for hit in case.hits if hit.number == event.hit), None)


def _passed(passed: bool) -> str:
    return "passed" if passed else "not-passed"

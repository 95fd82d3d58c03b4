"""How a case on the record would have come out under another version: what every kind of case is asked for a what-if.

People's own acts are taken as they are; deadlines and holds are not counted anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.case import CaseKind
from contracts.events.base import Event
from contracts.events.review import FactDismissed, FactEnded, HitFound, VotesCounted
from contracts.events.tenure import MemberReEvaluated
from contracts.nominee import Fact
from contracts.policy.model import Policy
from contracts.vocabulary import Ruling
from workflows.kinds.nomination.case import Hit, Nomination
from workflows.kinds.nomination.grades import regraded
from workflows.kinds.tenure.case import Tenure
from workflows.procedure.case import State
from workflows.rules import re_evaluation
from workflows.rules.calendar import local_day
from workflows.rules.forms import Scoring
from workflows.rules.integrity import not_passed, said_of
from workflows.rules.under import NOTHING, Difference, differing, effect_of, fact_differs, vote_differs
from workflows.rules.verdict import Refused

WATCHED: tuple[type[Event], ...] = (HitFound, FactDismissed, FactEnded, VotesCounted, MemberReEvaluated)
"""The events on which an outcome rests, besides what a case's state keeps of them."""
REFUSED = "refused"
"""These scores can be given under that version no more."""


@dataclass(frozen=True)
class Seen:
    """An event on which an outcome rests, and when it was recorded."""

    event: Event
    at: datetime


def differences(kind: str, case: State, seen: Sequence[Seen], policy: Policy) -> list[Difference]:
    """What would differ in this case; none for a version that has no such cases."""
    if kind not in policy.procedures:
        return []
    found = [one for told in seen for one in _of_event(told, case, policy)]
    if kind == CaseKind.NOMINATION and isinstance(case, Nomination):
        return found + _index(case, policy) + _grade(case, policy)
    if kind == CaseKind.TENURE and isinstance(case, Tenure):
        return found + _of_member(seen, policy)
    return found


def _of_event(told: Seen, case: State, policy: Policy) -> Iterator[Difference]:
    match told.event:
        case HitFound() | FactDismissed() as fact if isinstance(case, Nomination):
            index = _measured(fact.private.fact, case)
            read = policy if index is None or not_passed(index, policy) else _without_index_item(policy)
            yield from fact_differs(fact, _ruling(case, fact), case.cut_off, read)
        case VotesCounted() as counted:
            yield from vote_differs(counted, policy)
        case MemberReEvaluated(passed=passed, private=private) if policy.seats is not None:
            rule = policy.seats.re_evaluation
            missed = re_evaluation.unmet(private.scores, private.index, rule, policy.grading)
            under = REFUSED if isinstance(missed, Refused) else _passed(not missed)
            yield from differing("re-evaluation", "re-evaluation", _passed(passed), under)


def _of_member(seen: Sequence[Seen], policy: Policy) -> list[Difference]:
    """The facts of a sitting member count on the day on which they became known; one that never meant them is none."""
    ends = [told.event for told in seen if isinstance(told.event, FactEnded)]
    never = {end.private.fact.key for end in ends if end.cause == "set-aside"}
    found: list[Difference] = []
    for told in seen:
        if isinstance(fact := told.event, HitFound | FactDismissed) and fact.private.fact.key not in never:
            found += fact_differs(fact, None, local_day(told.at, policy.calendar), policy)
    return found


def _index(case: Nomination, policy: Policy) -> list[Difference]:
    """An index that was no fact against another pass line (§8.8.9); one that was is among the hits."""
    item = policy.grading.index_item
    index = (
        case.index.index if case.index is not None else case.scores.index if case.scores is not None else None
    )
    if index is None or case.index_waits or any(hit.fact.item == item for hit in case.hits):
        return []
    under = policy.item(item).effect.value if not_passed(index, policy) else NOTHING
    return differing("fact", item, NOTHING, under)


def _measured(fact: Fact, case: Nomination) -> int | None:
    """The index that the fact is, by the paper that it names: a reading, or the scores; None for any other fact."""
    readings = (reading for reading in (*case.replaced, case.index) if reading is not None)
    measured = {said_of(reading): reading.index for reading in readings}
    measured |= {task.id: Scoring.model_validate(task.form).integrity_index for task in case.acted("score")}
    return measured.get(fact.document_no)


def _without_index_item(policy: Policy) -> Policy:
    """The version as it reads for an index that passes: its list has no item for it."""
    left = tuple(item for item in policy.negative_list if item.code != policy.grading.index_item)
    return policy.model_copy(update={"negative_list": left})


def _grade(case: Nomination, policy: Policy) -> list[Difference]:
    """The same scores against other thresholds, with the rulings that would still be there."""
    left = tuple(hit for hit in case.hits if effect_of(hit.fact, case.cut_off, policy) != NOTHING)
    result = regraded(case.but(hits=left), policy.grading)
    if result is None or case.grade is None:
        return []
    under = REFUSED if isinstance(result, Refused) else result.grade.value
    return differing("grade", "grade", case.grade.value, under)


def _cleared(hit: Hit) -> bool:
    """Whether people cleared it, or found that it is another's: it makes no difference then."""
    return hit.cancelled or hit.ruling is Ruling.CLEARED


def _ruling(case: Nomination, event: HitFound | FactDismissed) -> Ruling | None:
    if isinstance(event, FactDismissed):
        return None
    hit = next((hit for hit in case.hits if hit.number == event.hit), None)
    return None if hit is None else Ruling.CLEARED if _cleared(hit) else hit.ruling


def _passed(passed: bool) -> str:
    return "passed" if passed else "not-passed"

"""What a tenure says of itself for a what-if, and of the ground of every removal that it raised (R01)."""

from collections.abc import Iterator

from contracts.events.review import FactDismissed, FactEnded, HitFound
from contracts.events.tenure import MemberReEvaluated, RemovalRaised
from contracts.policy.model import Policy
from workflows.kinds.tenure.case import Tenure
from workflows.kinds.tenure.kind import DECIDER
from workflows.procedure.under import Compared, Comparison, Seen
from workflows.rules import re_evaluation
from workflows.rules.calendar import local_day
from workflows.rules.integrity import index_in, not_passed
from workflows.rules.under import (
    NOTHING,
    REFUSED,
    Difference,
    differing,
    fact_differs,
    passed,
    without_index_item,
)
from workflows.rules.verdict import Refused

RAISED = "raised"
"""So many absences raise a removal."""


def differences(asked: Compared[Tenure]) -> list[Difference]:
    """What would differ in this case."""
    never = _never_meant(asked)
    return [
        one
        for told in asked.seen
        for one in (*_of_fact(told, never, asked.under), *_of_measure(told, asked.under))
    ]


def grounds(asked: Compared[Tenure]) -> dict[str, list[Difference]]:
    """By removal that it raised, what would differ in the hit, the re-evaluation or the absences that raised it."""
    never, found = _never_meant(asked), dict[str, list[Difference]]()
    hits: dict[int, list[Difference]] = {}
    measured: list[Difference] = []
    for told in asked.seen:
        match told.event:
            case HitFound(hit=number):
                hits[number] = list(_of_fact(told, never, asked.under))
            case MemberReEvaluated():
                measured = list(_of_measure(told, asked.under))
            case RemovalRaised(removal=removal, source="hit", hit=hit):
                found[removal] = hits.get(hit or max(hits, default=0), [])
            case RemovalRaised(removal=removal, source="re-evaluation"):
                found[removal] = measured
            case RemovalRaised(removal=removal, source="absence", meetings=meetings) if meetings:
                found[removal] = list(_of_absence(len(meetings), asked.under))
    return {
        removal: [one.model_copy(update={"what": "ground"}) for one in all_of]
        for removal, all_of in found.items()
    }


def _never_meant(asked: Compared[Tenure]) -> set[str]:
    """A fact that never meant the member is none."""
    ends = [told.event for told in asked.seen if isinstance(told.event, FactEnded)]
    return {end.private.fact.key for end in ends if end.cause == "set-aside"}


def _of_fact(told: Seen, never: set[str], policy: Policy) -> Iterator[Difference]:
    """The facts of a sitting member count on the day on which they became known."""
    if isinstance(fact := told.event, HitFound | FactDismissed) and fact.private.fact.key not in never:
        index = index_in(fact.private.fact)
        read = policy if index is None or not_passed(index, policy) else without_index_item(policy)
        yield from fact_differs(fact, None, local_day(told.at, policy.calendar), read)


def _of_measure(told: Seen, policy: Policy) -> Iterator[Difference]:
    if isinstance(done := told.event, MemberReEvaluated) and policy.seats is not None:
        scored, rule = done.private, policy.seats.re_evaluation
        missed = re_evaluation.unmet(scored.scores, scored.index, rule, policy.grading)
        under = REFUSED if isinstance(missed, Refused) else passed(not missed)
        yield from differing("re-evaluation", "re-evaluation", passed(done.passed), under)


def _of_absence(meetings: int, policy: Policy) -> Iterator[Difference]:
    if policy.seats is not None:
        under = RAISED if meetings >= policy.seats.absences_in_a_row else NOTHING
        yield from differing("ground", "absence", RAISED, under)


COMPARISON = Comparison(
    DECIDER,
    differences,
    watched=(HitFound, FactDismissed, FactEnded, MemberReEvaluated, RemovalRaised),
    begun=grounds,
)

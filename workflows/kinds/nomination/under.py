"""What a nomination says of itself for a what-if: its facts, its index, its grade and its count of votes."""

from collections.abc import Iterator

from contracts.events.review import FactDismissed, HitFound, VotesCounted
from contracts.nominee import Fact
from contracts.policy.model import Policy
from contracts.vocabulary import Ruling
from workflows.kinds.nomination.case import Hit, Nomination
from workflows.kinds.nomination.grades import regraded
from workflows.kinds.nomination.kind import DECIDER
from workflows.procedure.under import Compared, Comparison, votes_differ
from workflows.rules.forms import Scoring
from workflows.rules.integrity import not_passed, said_of
from workflows.rules.under import (
    NOTHING,
    REFUSED,
    Difference,
    differing,
    effect_of,
    fact_differs,
    without_index_item,
)
from workflows.rules.verdict import Refused


def differences(asked: Compared[Nomination]) -> list[Difference]:
    """What would differ in this case."""
    case, policy = asked.case, asked.under
    return [*_facts(asked), *votes_differ(asked), *_index(case, policy), *_grade(case, policy)]


def _facts(asked: Compared[Nomination]) -> Iterator[Difference]:
    case, policy = asked.case, asked.under
    for told in asked.seen:
        if isinstance(fact := told.event, HitFound | FactDismissed):
            index = _measured(fact.private.fact, case)
            read = policy if index is None or not_passed(index, policy) else without_index_item(policy)
            yield from fact_differs(fact, _ruling(case, fact), case.cut_off, read)


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


COMPARISON = Comparison(DECIDER, differences, watched=(HitFound, FactDismissed, VotesCounted))

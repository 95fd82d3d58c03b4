"""What a removal says of itself for a what-if: the item on which its lead rests, and its counts of votes."""

from contracts.events.review import VotesCounted
from contracts.vocabulary import CaseState
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER
from workflows.procedure.under import Compared, Comparison, Found, votes_differ
from workflows.rules.under import Difference, differing, effect_in

CLEARED = frozenset({CaseState.NO_CASE, CaseState.MERGED})
"""How a removal ended of which people say that there was nothing, or nothing of its own."""


def differences(asked: Compared[Removal]) -> list[Difference]:
    """What would differ in this case."""
    case, item = asked.case, asked.case.lead.item
    votes = votes_differ(asked)
    if item is None or not _stands(case):
        return votes
    decided, under = effect_in(asked.decided, item), effect_in(asked.under, item)
    return [*differing("ground", item, decided, under), *votes]


def ground(case: Removal, found: Found) -> list[Difference]:
    """What the case that follows the seat found, and raised it for."""
    return list(found.get(case.case_id, ())) if _stands(case) else []


def _stands(case: Removal) -> bool:
    """Whether the lead still says something: people neither found nothing in it nor cleared the member's name."""
    return not (case.groundless or case.restored or case.state in CLEARED)


COMPARISON = Comparison(DECIDER, differences, watched=(VotesCounted,), rests=ground)

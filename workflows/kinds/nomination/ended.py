"""A fact stands no more where it came from: an open ruling is CLEARED, and a veto may be re-checked (domain §8.1).

That holds of a state, which is over, and of a fact that never meant the person. What happened on some day still did, on
whatever list it stands: people rule on it all the same. A pause that was confirmed is lifted by two people only.
"""

from contracts.case import about
from contracts.causes import Cause
from contracts.events.review import FactEnded, HitFacts, HitRuled
from contracts.listed import FactEnd
from contracts.vocabulary import Ruling
from workflows.kinds.nomination.appeal import renew
from workflows.kinds.nomination.case import Hit, Work
from workflows.kinds.nomination.findings import HIT, look_at, today


def fact_ended(draft: Work, found: HitFacts, cause: FactEnd) -> None:
    """Record that the fact has ended, and draw what follows. A later listing is another fact."""
    draft.emit(FactEnded(cause=cause, private=found))
    for hit in draft.case.hits:
        if hit.fact.same_as(found.fact) and not hit.cancelled and is_over(draft, hit, cause):
            counts_no_more(draft, hit, Cause.FACT_ENDED)
            if cause == "delisted" and hit.ruling is None and not draft.case.over_for_good:
                _left_its_list(draft, hit)


def is_over(draft: Work, hit: Hit, cause: FactEnd) -> bool:
    """Whether nothing of the fact is left: it was never the person's, or it was a state."""
    return cause == "set-aside" or draft.policy.item(hit.fact.item).while_state


def counts_no_more(draft: Work, hit: Hit, cause: Cause) -> None:
    """What was to be ruled on is CLEARED; what ended the case by a veto may be re-checked."""
    if draft.case.ended and hit.ruling is Ruling.VETO:
        renew(draft)
    if draft.case.over_for_good or hit.ruling is not None:
        return
    asked = [task for task in draft.case.open_tasks() if task.about == about(HIT, hit.number)]
    draft.cancel(asked, cause)
    draft.emit(HitRuled(hit=hit.number, effect=hit.effect, ruling=Ruling.CLEARED))


def _left_its_list(draft: Work, hit: Hit) -> None:
    """To have left a list may be an item of its own, from that day on (NL-G01)."""
    for item in draft.policy.negative_list:
        if (item.part_of, item.anchor) == (hit.fact.item, "delisting"):
            left = hit.fact.model_copy(update={"item": item.code, "anchor": today(draft)})
            look_at(draft, HitFacts(fact=left, source=hit.source, reported_by=draft.signer.person_id))

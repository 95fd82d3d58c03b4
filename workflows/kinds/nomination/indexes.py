"""The integrity index on record (清廉指数): what scoring takes, and what follows when it lies below the pass line."""

from contracts.commands.nomination import KnowIndex
from contracts.events.nomination import IndexKnown
from contracts.events.review import HitFacts
from contracts.matter import Reading
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.nomination.case import Hit, Nomination, Work
from workflows.kinds.nomination.ended import fact_ended
from workflows.kinds.nomination.facts import look_at_index
from workflows.rules.forms import Scoring
from workflows.rules.integrity import not_passed, said_of
from workflows.rules.verdict import Refused


def know_index(draft: Work, command: KnowIndex) -> Refused | None:
    """Keep the latest; below the pass line it is a fact under its item in whatever state the case is (§8.8.9).

    While a re-check may still reopen the case it is kept, and nobody is asked: that follows when it is granted.
    """
    case = draft.case
    if command.claim.owed_by is None:
        return Refused(RefusalCode.WRONG_ROLE, say("index-by-batch"))
    if case.over_for_good:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=case.state))
    take_index(draft, command.reading, command.actor.person_id)
    return None


def take_index(draft: Work, reading: Reading, entered_by: str) -> None:
    """The reading is on record, unless a later one is."""
    known = draft.case.index
    if known is not None and (known == reading or reading.assessed_on < known.assessed_on):
        return
    draft.emit(IndexKnown(private=reading))
    if not_passed(reading.index, draft.policy):
        if not draft.case.ended:
            look_at_index(draft, reading, entered_by)
        return
    for hit in _of_readings(draft):
        fact_ended(draft, HitFacts(fact=hit.fact, source=hit.source, reported_by=entered_by), "over")


def _of_readings(draft: Work) -> list[Hit]:
    """What was held against the nominee for readings before this one: it is a state, which a later one ends (§8.1)."""
    item = draft.policy.grading.index_item
    papers = {said_of(reading) for reading in draft.case.replaced}
    found = [hit for hit in draft.case.hits if hit.fact.item == item and hit.fact.document_no in papers]
    return [hit for hit in found if not (hit.cancelled or hit.ended)]


def on_record(case: Nomination, form: Scoring) -> Refused | None:
    """Whoever scores cannot say another index than the one on record: that is corrected by a new reading."""
    known = case.index
    if known is not None and known.index != form.integrity_index:
        said = say("index-on-record", index=known.index, source=known.source, day=known.assessed_on)
        return Refused(RefusalCode.FORM_INVALID, said.at("integrity_index"))
    return None


def source_of(case: Nomination) -> str:
    """Where the index comes from that scoring took; empty when none was on record."""
    return "" if case.index is None else said_of(case.index)

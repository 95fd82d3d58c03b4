"""A fact has ended where it came from: only the case that told of it says so."""

from contracts.commands.case import EndFact
from contracts.events.review import FactEnded, HitFacts
from contracts.refusals import RefusalCode
from workflows.procedure.case import C
from workflows.procedure.draft import Draft
from workflows.rules.verdict import Refused


def ended_fact(draft: Draft[C], command: EndFact) -> HitFacts | Refused:
    """The fact, as whoever told of it ends it."""
    if command.claim.owed_by is None:
        return Refused(
            RefusalCode.WRONG_ROLE, "a fact is ended by the case that told of it, and by nobody else"
        )
    if draft.case.filed:
        return Refused(RefusalCode.CASE_ENDED, "the file is closed")
    return HitFacts(fact=command.fact, source=command.source, reported_by=command.actor.person_id)


def end_fact(draft: Draft[C], command: EndFact) -> Refused | None:
    """Record it with whom it came from; whoever rules on it knows. A later listing is another fact."""
    found = ended_fact(draft, command)
    if isinstance(found, Refused):
        return found
    draft.emit(FactEnded(cause=command.cause, private=found))
    return None

"""A fact has ended where it came from: only the case that told of it says so."""

from contracts.commands.case import EndFact
from contracts.events.review import FactEnded, HitFacts
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.procedure.case import C
from workflows.procedure.draft import Draft
from workflows.rules.verdict import Refused


def ended_fact(draft: Draft[C], command: EndFact) -> HitFacts | Refused:
    """The fact, as whoever told of it ends it."""
    if command.claim.owed_by is None:
        return Refused(RefusalCode.WRONG_ROLE, say("fact-ended-by-its-case"))
    if draft.case.filed:
        return Refused(RefusalCode.CASE_ENDED, say("file-closed"))
    return HitFacts(fact=command.fact, source=command.source, reported_by=command.actor.person_id)


def end_fact(draft: Draft[C], command: EndFact) -> Refused | None:
    """Record it with whom it came from; whoever rules on it knows. A later listing is another fact."""
    found = ended_fact(draft, command)
    if isinstance(found, Refused):
        return found
    draft.emit(FactEnded(cause=command.cause, of=command.of, private=found))
    return None

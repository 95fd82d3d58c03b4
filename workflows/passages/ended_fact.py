"""A fact has ended where it came from: it is put before whoever rules on it, and nobody is cleared by a list."""

from contracts.commands.case import EndFact
from contracts.events.review import FactEnded, HitFacts
from workflows.procedure.case import C
from workflows.procedure.draft import Draft
from workflows.rules.verdict import Refused


def end_fact(draft: Draft[C], command: EndFact) -> Refused | None:
    """Record it with whom it came from. A later listing is another fact."""
    found = HitFacts(fact=command.fact, source=command.source, reported_by=command.actor.person_id)
    draft.emit(FactEnded(cause=command.cause, private=found))
    return None

"""What a vacant seat is told of whoever held it: it counts if the member has the seat again (domain §8.4, R11, R12)."""

from contracts.case import CaseKind
from contracts.commands.case import EndFact
from contracts.events.review import FactEnded
from contracts.events.tenure import Kept, LeadKept
from contracts.matter import Investigation, LeadSource
from contracts.nominee import Fact
from workflows.kinds.tenure.case import Work
from workflows.kinds.tenure.leads import raise_removal


def raise_or_keep(
    draft: Work,
    source: LeadSource,
    found: str,
    *,
    item: str | None = None,
    investigation: Investigation | None = None,
    fact: Fact | None = None,
) -> None:
    """A lead against whoever has the seat begins a removal. While it is vacant there is nothing to remove anybody from.

    `fact`: on which it rests.
    """
    if draft.case.vacated is None:
        hit = None if fact is None else draft.case.hits
        raise_removal(draft, source, found, item=item, investigation=investigation, hit=hit)
        return
    kept = Kept(
        found=found,
        item=item,
        investigation=investigation,
        fact=None if fact is None else fact.key,
        brought_by=draft.claim.actor.person_id,
    )
    draft.emit(LeadKept(source=source, private=kept))


def tell_end(draft: Work, command: EndFact) -> None:
    """The removal that rests on the fact hears that it has ended."""
    case = draft.case
    if rests := case.grounds.get(case.numbers.get(command.fact.key, 0)):
        draft.owe_tell(CaseKind.REMOVAL, (rests,), command)


def raise_kept(draft: Work, kept: tuple[LeadKept, ...], ended: tuple[FactEnded, ...]) -> None:
    """The member has the seat again: each lead that was kept begins a removal, in the name of whoever brought it.

    `ended`: of facts on which they rest, each told to the removal that begins.
    """
    for one in kept:
        said = one.private
        raise_removal(
            draft,
            one.source,
            said.found,
            item=said.item,
            investigation=said.investigation,
            brought_by=said.brought_by,
            hit=None if said.fact is None else draft.case.numbers.get(said.fact),
        )
    for end in ended:
        found = end.private
        tell_end(draft, EndFact(claim=draft.claim, fact=found.fact, source=found.source, cause=end.cause))

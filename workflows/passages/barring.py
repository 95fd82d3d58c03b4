"""Whoever is kept from one case is kept from those that come of it, and from the one that it comes of (SOD-06)."""

from collections.abc import Iterable

from contracts.events.removal_review import PersonsBarred
from workflows.procedure.case import C
from workflows.procedure.draft import Draft
from workflows.procedure.recusal import release


def bar(draft: Draft[C], persons: Iterable[str]) -> None:
    """Keep them from the case, each once; what they had claimed is free for others."""
    new = tuple(person for person in persons if person not in draft.case.conflicted | {draft.case.person_id})
    if new:
        draft.emit(PersonsBarred(persons=new))
    for person in new:
        release(draft, person)


def kept_out(draft: Draft[C]) -> tuple[str, ...]:
    """Who is kept from the case, as another is told."""
    return tuple(sorted(draft.case.conflicted))

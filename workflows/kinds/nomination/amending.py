"""The dossier changes: whatever was asked or signed over what it was is asked again over what it is (domain §8.1)."""

from contracts.canonical import digest_of
from contracts.causes import Cause
from contracts.events.nomination import CaseAmended
from contracts.nominee import Nominee
from contracts.vocabulary import Stage
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.consultation import DEPARTMENTS
from workflows.procedure.case import Task
from workflows.procedure.signatures import last_signatures


def amend(draft: Work, nominee: Nominee) -> None:
    """Take the new dossier. A department that has answered about another firm is asked again, as if anew."""
    before = draft.case
    digest = digest_of(nominee.model_dump(mode="json"))
    if digest == before.content_digest:
        return
    draft.emit(CaseAmended(firm_digests=nominee.firm_digests, content_digest=digest, private=nominee))
    stale = [task for task in before.open_tasks() if _over(before, task) == before.content_digest]
    draft.cancel(stale, Cause.DOSSIER_AMENDED)
    for first, waiting in _firsts(before, stale).values():
        asked_anew = first.kind == DEPARTMENTS.reply
        like = None if asked_anew else waiting
        draft.open(first.kind, unit=first.unit, signature=first.signature, about=first.about, like=like)
    if before.stage is Stage.CONSULTATION and _firms(before.nominee) != _firms(nominee):
        DEPARTMENTS.ask(draft, _answered(before))


def _over(case: Nomination, task: Task) -> str:
    """The dossier over which this is asked: of a second signature, that over which the first answered."""
    firsts = [t for t in case.acted() if t.answer_digest == task.content_digest]
    return firsts[-1].content if firsts else task.content


def _firsts(case: Nomination, stale: list[Task]) -> dict[str, tuple[Task, Task]]:
    """What is asked again, by its id, each with the open task whose deadline it inherits.

    Of several who sign side by side those who have signed already are asked with the others; where they sign over what
    somebody else answered, that answer asks them all.
    """
    found = {}
    for task in stale:
        answered = [t for t in case.acted() if t.answer_digest == task.content_digest]
        beside = [t for t in last_signatures(case, task) if _beside(t, task) and not _asked(case, t)]
        for first in answered[-1:] or [task, *beside]:
            found[first.id] = (first, task)
    return found


def _beside(done: Task, task: Task) -> bool:
    """Whether both sign side by side: of those each signs as another; what comes before or after does not."""
    alike = (done.stage, done.unit, done.content) == (task.stage, task.unit, task.content)
    return alike and done.signature != task.signature


def _asked(case: Nomination, done: Task) -> bool:
    """Whether whoever signed this is asked the same again already: then it is of an earlier round."""
    place = (done.unit, done.signature, done.about)
    return any((t.unit, t.signature, t.about) == place for t in case.open_tasks(done.kind))


def _answered(case: Nomination) -> list[str]:
    over = case.content_digest
    signed = [t for t in case.acted(DEPARTMENTS.sign) if _over(case, t) == over]
    return list(dict.fromkeys(task.unit for task in signed))


def _firms(nominee: Nominee | None) -> frozenset[str]:
    return nominee.credit_codes if nominee else frozenset()

"""A confirmed veto goes into the person's integrity file, which tells it to the organisations that the person leads.

One that stands no more is withdrawn there, and they hear of that as well.
"""

from typing import Any

from contracts.case import CaseKind
from contracts.commands.every import AnyCommand
from contracts.commands.integrity import EnterMark, OpenIntegrity, WithdrawMark
from contracts.matter import Mark
from contracts.names import integrity_id
from contracts.vocabulary import Subject
from workflows.procedure.case import calendar_of
from workflows.procedure.draft import Draft
from workflows.rules.calendar import local_day


def mark(draft: Draft[Any], items: tuple[str, ...]) -> None:
    """Owe it to the file; nothing under a policy that keeps none. Two people have confirmed it before."""
    case = draft.case
    today = local_day(draft.now, calendar_of(case, draft.policy))
    mark_of = Mark(case=case.case_id, items=items, confirmed_on=today)
    tell_file(draft, EnterMark(claim=draft.claim, mark=mark_of))


def tell_file(draft: Draft[Any], word: AnyCommand) -> None:
    """Owe a word to the person's file, which begins with it where there is none; nothing under a policy without."""
    case = draft.case
    if CaseKind.INTEGRITY not in draft.policy.procedures:
        return
    file = integrity_id(Subject.PERSON, case.person_id)
    opening = OpenIntegrity(
        claim=draft.claim,
        parent=file,
        policy=case.policy,
        policy_digest=case.policy_digest,
        subject=Subject.PERSON,
        person_id=case.person_id,
    )
    draft.owe_start({file: opening})
    draft.owe_tell(CaseKind.INTEGRITY, (file,), word)


def unmark(draft: Draft[Any]) -> None:
    """Owe it to the file that the veto of this case stands no more; one that comes again is entered again."""
    case = draft.case
    if CaseKind.INTEGRITY in draft.policy.procedures:
        file = integrity_id(Subject.PERSON, case.person_id)
        draft.owe_tell(CaseKind.INTEGRITY, (file,), WithdrawMark(claim=draft.claim, case=case.case_id))

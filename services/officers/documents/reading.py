"""Whose a document is to read: as far as what it belongs to reaches (domain §8.5)."""

from dataclasses import dataclass

from contracts.policy.loader import released
from services.kit.db import Session
from services.officers.documents.tables import DocumentRow
from services.officers.identity.grants import DEPARTMENT_ROLES
from services.officers.identity.scope import AUDITOR, Scope
from services.officers.journal.notes import Tier
from services.officers.readmodel.reading import cases, tasks
from services.officers.readmodel.reading.content import part_of
from services.officers.readmodel.reading.disclosure import may_see_dossier
from services.officers.readmodel.reading.reads import TIERS
from services.officers.readmodel.tables import CaseRow, TaskRow


@dataclass(frozen=True)
class Reach:
    """How far a document reaches, and whose data it is: nobody's when it belongs to a batch."""

    tier: Tier
    concerned: str = ""


async def reach(session: Session, scope: Scope, row: DocumentRow) -> Reach | None:
    """How far the document reaches; None when it is not the caller's to read, or belongs to what they do not see.

    Who uploaded it reads it while they may see its task or case; a department its own; the case's team what the policy
    lets them read of such an answer; what belongs to no task, whoever is shown the dossier.
    """
    if scope.roles == {AUDITOR}:
        return None
    if row.task_id:
        return await _of_task(session, scope, row)
    seen = await cases.case(session, scope, row.case_id)
    if seen is not None:
        theirs = may_see_dossier(scope, seen.row) and not seen.recused
        return Reach(Tier.INTERNAL, seen.row.person_id) if theirs else None
    batch = await cases.batch(session, scope, row.case_id)
    team = scope.districts != frozenset() or row.person_id in scope.ids
    return Reach(Tier.INTERNAL) if batch is not None and team else None


async def _of_task(session: Session, scope: Scope, row: DocumentRow) -> Reach | None:
    seen = await tasks.task(session, scope, row.task_id)
    if seen is None or seen.recused:
        return None
    part = _part(seen.task)
    if row.person_id not in scope.ids and not _reads(scope, seen.case, seen.task, part):
        return None
    return Reach(TIERS[part] if part else Tier.INTERNAL, seen.case.person_id)


def _part(task: TaskRow) -> str:
    """What an answer to this task is, by the policy's names of what is personal; empty for a paper of the procedure."""
    part = part_of(task)
    return "" if part == "replies" and task.role not in DEPARTMENT_ROLES else part


def _reads(scope: Scope, case: CaseRow, task: TaskRow, part: str) -> bool:
    if (task.unit, task.district) in scope.departments:
        return True
    if not part:
        return may_see_dossier(scope, case)
    told = {
        role
        for one in released(case.policy).disclosure.personal
        if one.code == part
        for role in one.revealed_to
    }
    return scope.of_team(case.district, case.person_id) and not scope.roles.isdisjoint(told)

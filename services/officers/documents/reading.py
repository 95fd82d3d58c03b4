"""Whose a document is to read: as far as what it belongs to reaches (domain §8.5)."""

from dataclasses import dataclass

from contracts.policy.loader import released
from services.kit.db import Session
from services.kit.sealing import Keyring
from services.officers.documents.beside import Beside, is_secret, readers
from services.officers.documents.tables import DocumentRow
from services.officers.identity.grants import DEPARTMENT_ROLES
from services.officers.identity.scope import AUDITOR, Scope, Way
from services.officers.journal.notes import Tier
from services.officers.readmodel.reading import cases, tasks
from services.officers.readmodel.reading.content import part_of
from services.officers.readmodel.reading.disclosure import knows_pauses, may_see_dossier, roles_at
from services.officers.readmodel.reading.reads import TIERS
from services.officers.readmodel.tables import CaseRow, TaskRow


@dataclass(frozen=True)
class Reach:
    """How far a document reaches, and whose data it is: nobody's when it belongs to a batch."""

    tier: Tier
    concerned: str = ""


class Reaching:
    """How far documents reach for one caller."""

    def __init__(self, keyring: Keyring, scope: Scope) -> None:
        """`keyring` opens what names a document; none of it is shown."""
        self._scope = scope
        self._beside = Beside(keyring, scope)

    async def reach(self, session: Session, row: DocumentRow) -> Reach | None:
        """How far the document reaches; None when it is not the caller's to read, or belongs to what they do not see.

        Who uploaded it reads it while they may see its task or case; a department its own; the case's team what the
        policy lets them read of such an answer. What belongs to no task stays in the hands in which it was left, until
        the record names it: then it is read by whoever of the team is shown what names it.
        """
        if self._scope.roles == {AUDITOR}:
            return None
        if row.task_id:
            return await self._of_task(session, row)
        seen = await cases.case(session, self._scope, row.case_id)
        if seen is None:
            return await self._of_batch(session, row)
        if seen.recused or not may_see_dossier(self._scope, seen.row):
            return None
        return await self._left_beside(session, row, seen.row)

    async def _of_task(self, session: Session, row: DocumentRow) -> Reach | None:
        seen = await tasks.task(session, self._scope, row.task_id)
        if seen is None or seen.recused:
            return None
        part = _part(seen.task)
        if row.person_id not in self._scope.ids and not self._reads(seen.case, seen.task, part):
            return None
        return Reach(TIERS[part] if part else Tier.INTERNAL, seen.case.person_id)

    async def _of_batch(self, session: Session, row: DocumentRow) -> Reach | None:
        if await cases.batch(session, self._scope, row.case_id) is None:
            return None
        if row.person_id in self._scope.ids:
            return Reach(Tier.INTERNAL)
        left_as = frozenset(row.left_as.split())
        team = self._scope.districts != frozenset()
        if is_secret(left_as):
            return Reach(Tier.SEALED) if team and readers(left_as) & team_roles(self._scope) else None
        return Reach(Tier.INTERNAL) if team else None

    async def _left_beside(self, session: Session, row: DocumentRow, case: CaseRow) -> Reach | None:
        left_as = frozenset(row.left_as.split())
        secret = is_secret(left_as) or await self._beside.secret(session, case, row.digest)
        found = Reach(Tier.SEALED if secret else Tier.INTERNAL, case.person_id)
        mine = row.person_id in self._scope.ids or readers(left_as) & roles_at(self._scope, case)
        if mine or await self._beside.shown(session, case, row.digest):
            return found
        # Whoever is told a digest may type it in an answer of their own: that opens nothing sealed, and nothing to
        # whom the case is about.
        if secret:
            return None
        if await self._beside.asked(session, case, row.digest):
            return found
        if not self._scope.of_team(case.district, case.person_id):
            return None
        for task in await self._beside.answers(session, case, row.digest):
            part = _part(task)
            if self._reads(case, task, part):
                return Reach(TIERS[part], case.person_id) if part else found
        return None

    def _reads(self, case: CaseRow, task: TaskRow, part: str) -> bool:
        if (task.unit, task.district) in self._scope.departments:
            return True
        if part == "replies" and not knows_pauses(self._scope) and self._beside.may_tell_of_pause(task):
            return False
        return _reads(self._scope, case, part)


def team_roles(scope: Scope) -> frozenset[str]:
    """The roles in which the caller belongs to a team."""
    return frozenset(act.role for act in scope.acts if act.way is Way.TEAM)


def _part(task: TaskRow) -> str:
    """What an answer to this task is, by the policy's names of what is personal; empty for a paper of the procedure."""
    part = part_of(task)
    return "" if part == "replies" and task.role not in DEPARTMENT_ROLES else part


def _reads(scope: Scope, case: CaseRow, part: str) -> bool:
    if not part:
        return may_see_dossier(scope, case)
    told = {
        role
        for one in released(case.policy).disclosure.personal
        if one.code == part
        for role in one.revealed_to
    }
    return scope.of_team(case.district, case.person_id) and not scope.roles.isdisjoint(told)

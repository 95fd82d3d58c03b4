"""Moves what an absent person has claimed to the next who may act, or to the level above, once for each absence.

Where a deputy acts in the person's place nothing moves: what was claimed is the deputy's to do.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.case import PassOn
from contracts.names import passing_id
from contracts.policy.model import Policy
from services.kit.db import Database
from services.officers.desk.desk import Desk
from services.officers.desk.others import about, holders
from services.officers.desk.rounds import TASKS, Rounds, claimed
from services.officers.identity.bonds.tables import AbsenceRow, DeputyRow
from services.officers.readmodel.reading.disclosure import Asked

_ABSENCES = AbsenceRow.metadata.tables["absences"].c
_DEPUTIES = DeputyRow.metadata.tables["deputies"].c


class Moving(Rounds):
    """Passes on the tasks of those who stand in the register of the absent."""

    act = "pass-on"

    def __init__(self, database: Database, desk: Desk, policy: Policy) -> None:
        """`policy` says which roles are held for a unit, and which are the person's own."""
        super().__init__(database, desk)
        self._policy = policy

    def tasks(self, now: datetime) -> Select[*tuple[Any, ...]]:
        """Of people who are absent and for whom nobody acts; what is asked of a person as such stays theirs."""
        acting = select(_DEPUTIES.entry_id).where(
            _DEPUTIES.principal_id == TASKS.claimed_by, _DEPUTIES.starts <= now, _DEPUTIES.ends > now
        )
        return (
            claimed(_ABSENCES.absence_id, _ABSENCES.reason)
            .where(_ABSENCES.person_id == TASKS.claimed_by, _ABSENCES.starts <= now, _ABSENCES.ends > now)
            .where(TASKS.role.not_in(self._policy.self_roles), ~acting.exists())
        )

    def ident(self, row: Any) -> str:
        """Once for the absence: what the person takes up again meanwhile stays with them."""
        return passing_id(row.absence_id, row.task_id)

    async def command(self, claim: Claim, row: Any) -> Command:
        """It goes to the next."""
        asked = Asked(row.role, row.unit, row.district, row.person_id, row.brought_by)
        others = await holders(self._database, self._policy, asked, row.claimed_by)
        passed = PassOn(claim=claim, task_id=row.task_id, reason=row.reason, of=row.claimed_by)
        return about(passed, others)

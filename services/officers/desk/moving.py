"""Moves the tasks of the absent to the next who may act, or to the level above, each once for an absence.

What they have claimed goes to the next. What nobody claimed moves only where nobody else is there to do it. Where a
deputy can act in the person's place nothing moves: it is the deputy's to do, unless the deputy is absent too or is kept
from it.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, and_, select

from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.case import PassOn
from contracts.names import passing_id
from contracts.policy.model import Policy
from services.kit.db import Database
from services.kit.sealing import Keyring
from services.kit.turning import Turn
from services.officers.desk.desk import Desk
from services.officers.desk.others import about, holders
from services.officers.desk.rounds import TASKS, Rounds, open_ones
from services.officers.desk.there import ACCOUNTS, GRANTS, There, covers
from services.officers.identity.bonds import reasons
from services.officers.identity.bonds.absences import absent, away
from services.officers.readmodel.reading.disclosure import Asked
from services.officers.readmodel.tables import TaskRow

_NAMING = TaskRow.metadata.tables["tasks"].alias().c


class Moving(Rounds):
    """Passes on the tasks of those who stand in the register of the absent."""

    act = "pass-on"

    def __init__(self, database: Database, desk: Desk, policy: Policy, keyring: Keyring) -> None:
        """`policy` says which roles are held for a unit, and which are the person's own; `keyring` opens reasons."""
        super().__init__(database, desk)
        self._policy = policy
        self._keyring = keyring

    async def _page(self, after: str | None, limit: int) -> list[Turn[str, Any]]:
        anybody = absent(datetime.now(UTC)).limit(1)
        if await self._database.look(lambda unit: unit.execute(anybody).first()) is None:
            return []
        return await super()._page(after, limit)

    def tasks(self, now: datetime) -> Select[*tuple[Any, ...]]:
        """Of people who are absent and for whom nobody acts; what is asked of a person as such stays theirs."""
        gone = away(now).c
        return self._of_the_absent(gone, now).where(TASKS.claimed_by == gone.person_id)

    def _of_the_absent(self, gone: Any, now: datetime) -> Select[*tuple[Any, ...]]:
        there, person = There(self._policy, now), gone.account_person
        # What was given to somebody by name is no deputy's, who acts in the roles that the person holds.
        acting = and_(there.holds(person), there.stood_in(person))
        return open_ones(gone.person_id.label("absent"), gone.absence_id, gone.reason).where(
            TASKS.role.not_in(self._policy.self_roles), ~acting
        )

    def ident(self, row: Any) -> str:
        """Once for the absence: what the person takes up again meanwhile stays with them."""
        return passing_id(row.absence_id, row.task_id)

    async def command(self, claim: Claim, row: Any) -> Command:
        """It goes to the next."""
        asked = Asked(row.role, row.unit, row.district, row.person_id, row.brought_by)
        others = await holders(self._database, self._policy, asked, row.absent)
        reason = reasons.opened(row.absence_id, row.reason, self._keyring)
        passed = PassOn(claim=claim, task_id=row.task_id, reason=reason, of=row.absent)
        return about(passed, others)


class LeftAlone(Moving):
    """Asks the level above who does what nobody claimed, where nobody but whoever is absent could do it.

    Whoever is there and may not, because they signed beside it or stepped back, is nobody who could.
    """

    def ident(self, row: Any) -> str:
        """Once for the absence, whether or not it moved before because it was claimed."""
        return passing_id(row.absence_id, f"{row.task_id}.alone")

    def tasks(self, now: datetime) -> Select[*tuple[Any, ...]]:
        """Those of which the level above is not asked yet."""
        gone, there = away(now).c, There(self._policy, now)
        account, grant = ACCOUNTS.alias().c, GRANTS.alias().c
        asked = select(_NAMING.task_id).where(
            _NAMING.case_id == TASKS.case_id,
            _NAMING.state == "open",
            _NAMING.kind == "name-signer",
            _NAMING.about == "task:" + TASKS.task_id,
        )
        theirs = (covers(account, grant, now), account.person_id == gone.person_id)
        left = (TASKS.claimed_by.is_(None), *theirs, ~there.somebody(), ~asked.exists())
        # Several grants, or accounts, of one person are one reason.
        return self._of_the_absent(gone, now).where(*left).distinct()

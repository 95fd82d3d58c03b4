"""Moves the tasks of the absent to the next who may act, or to the level above, each once for an absence.

What they have claimed goes to the next. What nobody claimed moves only where nobody else is there to do it. Where a
deputy acts in the person's place nothing moves: it is the deputy's to do.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

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
from services.officers.identity.bonds import reasons
from services.officers.identity.bonds.absences import absent, away
from services.officers.identity.bonds.tables import DeputyRow
from services.officers.identity.tables import AccountRow, GrantRow
from services.officers.readmodel.reading.disclosure import Asked
from services.officers.readmodel.tables import TaskRow

_DEPUTIES = DeputyRow.metadata.tables["deputies"].c
_ACCOUNTS, _GRANTS = AccountRow.metadata.tables["accounts"], GrantRow.metadata.tables["grants"]
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
        # Whoever was to stand in for an identity that was merged acts for nobody: it has no accounts any more.
        acting = select(_DEPUTIES.entry_id).where(
            _DEPUTIES.principal_id == gone.account_person, _DEPUTIES.starts <= now, _DEPUTIES.ends > now
        )
        return open_ones(gone.person_id.label("absent"), gone.absence_id, gone.reason).where(
            TASKS.role.not_in(self._policy.self_roles), ~acting.exists()
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
    """Asks the level above who does what nobody claimed, where whoever is absent is the only one to do it."""

    def ident(self, row: Any) -> str:
        """Once for the absence, whether or not it moved before because it was claimed."""
        return passing_id(row.absence_id, f"{row.task_id}.alone")

    def tasks(self, now: datetime) -> Select[*tuple[Any, ...]]:
        """Those of which the level above is not asked yet."""
        gone = away(now).c
        account, another = _ACCOUNTS.alias(), _ACCOUNTS.alias()
        grant, theirs = _GRANTS.alias(), _GRANTS.alias()
        only = _covers(account.c, grant.c, now) & (account.c.person_id == gone.person_id)
        somebody = select(another.c.person_id).where(
            _covers(another.c, theirs.c, now), another.c.person_id.not_in(absent(now))
        )
        asked = select(_NAMING.task_id).where(
            _NAMING.case_id == TASKS.case_id,
            _NAMING.state == "open",
            _NAMING.kind == "name-signer",
            _NAMING.about == "task:" + TASKS.task_id,
        )
        left = (TASKS.claimed_by.is_(None), only, ~somebody.exists(), ~asked.exists())
        # Several grants, or accounts, of one person are one reason.
        return self._of_the_absent(gone, now).where(*left).distinct()


def _covers(account: Any, grant: Any, now: datetime) -> ColumnElement[bool]:
    """Whether the account holds the task's role, for its unit and district, at this instant."""
    return and_(
        account.account_id == grant.account_id,
        account.disabled.is_(False),
        grant.role == TASKS.role,
        or_(TASKS.unit == "", grant.unit == "", grant.unit == TASKS.unit),
        or_(grant.district == "*", grant.district == TASKS.district),
        or_(grant.until.is_(None), grant.until > now),
    )

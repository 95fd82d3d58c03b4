"""Frees tasks whose claimant can do nothing with them any more: the account is closed, or the role is gone (M13)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.case import ReleaseTask
from contracts.names import freeing_id
from services.officers.desk.rounds import TASKS, Rounds, open_ones
from services.officers.identity.bonds.tables import DeputyRow, MergedRow
from services.officers.identity.tables import AccountRow, GrantRow

_ACCOUNTS, _GRANTS = AccountRow.metadata.tables["accounts"].c, GrantRow.metadata.tables["grants"].c
_DEPUTIES = DeputyRow.metadata.tables["deputies"].c
_MERGED = MergedRow.metadata.tables["merged_persons"].c


class Freeing(Rounds):
    """Ends the claims of those without a running grant for the task. What was given by name needs none."""

    act = "release-task"

    def tasks(self, now: datetime) -> Select[*tuple[Any, ...]]:
        """Of claimants who hold the role no longer, and act in nobody's place either."""
        held = select(_GRANTS.role).where(
            _ACCOUNTS.account_id == _GRANTS.account_id,
            _ACCOUNTS.person_id == TASKS.claimed_by,
            _ACCOUNTS.disabled.is_(False),
            _GRANTS.role == TASKS.role,
            # What is asked of a nominating unit names none: it is the one that brought the case.
            or_(TASKS.unit == "", _GRANTS.unit == "", _GRANTS.unit == TASKS.unit),
            or_(_GRANTS.district == "*", _GRANTS.district == TASKS.district),
            or_(_GRANTS.until.is_(None), _GRANTS.until > now),
        )
        acting = select(_DEPUTIES.entry_id).where(
            _DEPUTIES.deputy_id == TASKS.claimed_by,
            _DEPUTIES.starts <= now,
            _DEPUTIES.ends > now,
            # Of an identity that was merged nobody is left who could act.
            _DEPUTIES.deputy_id.not_in(select(_MERGED.merged_id)),
        )
        return open_ones().where(
            TASKS.claimed_by.is_not(None), TASKS.named.is_(False), ~held.exists(), ~acting.exists()
        )

    def ident(self, row: Any) -> str:
        """Once for the claim as it stands."""
        return freeing_id(row.task_id, row.claimed_by, row.version)

    async def command(self, claim: Claim, row: Any) -> Command:
        """The claim is ended."""
        return ReleaseTask(claim=claim, task_id=row.task_id, of=row.claimed_by)

"""Frees tasks whose claimant can do nothing with them any more: the account is closed, or the role is gone (M13)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.case import ReleaseTask
from contracts.names import freeing_id
from services.officers.desk.rounds import TASKS, Rounds, open_ones
from services.officers.desk.there import ACCOUNTS, GRANTS, covers
from services.officers.identity.bonds.tables import DeputyRow, MergedRow

_DEPUTIES = DeputyRow.metadata.tables["deputies"].c
_MERGED = MergedRow.metadata.tables["merged_persons"].c


class Freeing(Rounds):
    """Ends the claims of those without a running grant for the task. What was given by name needs none."""

    act = "release-task"

    def tasks(self, now: datetime) -> Select[*tuple[Any, ...]]:
        """Of claimants who hold the role no longer, and act in the place of nobody who holds it."""
        account, grant = ACCOUNTS.alias().c, GRANTS.alias().c
        covered = covers(account, grant, now)
        held = select(account.account_id).where(covered, account.person_id == TASKS.claimed_by)
        # The role of whoever gave it: being somebody else's deputy is no reason.
        acting = select(_DEPUTIES.entry_id).where(
            covered,
            account.person_id == _DEPUTIES.principal_id,
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

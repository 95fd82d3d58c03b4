"""Who else is there to do an open task, as conditions of the statement that looks for it.

They ask what the tables know: who holds the role, who is absent, who acts in whose place, who is kept from the case or
has signed beside. Whether somebody may act in the end the rules say, from all that binds people.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, false, literal, or_, select

from contracts.policy.model import Policy
from services.officers.desk.rounds import TASKS
from services.officers.identity.bonds.absences import absent
from services.officers.identity.bonds.tables import DeputyRow
from services.officers.identity.tables import AccountRow, GrantRow
from services.officers.readmodel.tables import ConflictRow, TaskRow

ACCOUNTS, GRANTS = AccountRow.metadata.tables["accounts"], GrantRow.metadata.tables["grants"]
_DEPUTIES = DeputyRow.metadata.tables["deputies"]
_CONFLICTS, _SIGNED = ConflictRow.metadata.tables["conflicts"], TaskRow.metadata.tables["tasks"].alias()


@dataclass(frozen=True)
class There:
    """Who is there at an instant; `policy` says in which roles a deputy acts, and which signatures are two people's."""

    policy: Policy
    now: datetime

    def holds(self, person: Any) -> ColumnElement[bool]:
        """Whether the person holds the task's role, for its unit and district."""
        account, grant = ACCOUNTS.alias(), GRANTS.alias()
        own = account.c.person_id == person
        return _exists(covers(account.c, grant.c, self.now), own, among=(account, grant))

    def stood_in(self, person: Any) -> ColumnElement[bool]:
        """Whether a deputy of this person, who holds the role, can do the task: one who is there, by name and account.

        A deputy who is absent too does nothing, and passes nothing on.
        """
        deputy, account = _DEPUTIES.alias(), ACCOUNTS.alias()
        acting = _exists(
            deputy.c.principal_id == person,
            deputy.c.starts <= self.now,
            deputy.c.ends > self.now,
            deputy.c.deputy_id.not_in(absent(self.now)),
            # An identity that was merged has no accounts any more.
            account.c.person_id == deputy.c.deputy_id,
            account.c.disabled.is_(False),
            ~self._kept_off(deputy.c.deputy_id),
            among=(deputy, account),
        )
        return and_(TASKS.role.in_(sorted(self.policy.deputisable)), acting)

    def somebody(self) -> ColumnElement[bool]:
        """Whether anybody who holds the role can do the task, or somebody in their place."""
        account, grant = ACCOUNTS.alias(), GRANTS.alias()
        who = account.c.person_id
        can = and_(~self._kept_off(who), or_(who.not_in(absent(self.now)), self.stood_in(who)))
        return _exists(covers(account.c, grant.c, self.now), can, among=(account, grant))

    def _kept_off(self, person: Any) -> ColumnElement[bool]:
        """Whether the person stepped back from the case, or gave the signature beside which this one is another's."""
        stands = _exists(
            _CONFLICTS.c.case_id == TASKS.case_id,
            _CONFLICTS.c.person_id == person,
            _CONFLICTS.c.stands,
            among=(_CONFLICTS,),
        )
        signed = _SIGNED.c
        beside = _exists(
            signed.case_id == TASKS.case_id,
            signed.state == "done",
            signed.signed_by == person,
            self._apart(signed),
            among=(_SIGNED,),
        )
        return or_(stands, beside)

    def _apart(self, signed: Any) -> ColumnElement[bool]:
        matter = and_(signed.unit == TASKS.unit, signed.about == TASKS.about, signed.round == TASKS.round)
        pairs = (
            and_(TASKS.kind == kind.code, signed.kind.in_(kind.distinct_from))
            for kind in self.policy.tasks
            if kind.distinct_from
        )
        return and_(or_(false(), *pairs), or_(signed.stage != TASKS.stage, matter))


def covers(account: Any, grant: Any, now: datetime) -> ColumnElement[bool]:
    """Whether the account holds the task's role, for its unit and district, at this instant."""
    return and_(
        account.account_id == grant.account_id,
        account.disabled.is_(False),
        grant.role == TASKS.role,
        # What is asked of a nominating unit names none: it is the one that brought the case.
        or_(TASKS.unit == "", grant.unit == "", grant.unit == TASKS.unit),
        or_(grant.district == "*", grant.district == TASKS.district),
        or_(grant.until.is_(None), grant.until > now),
    )


def _exists(*which: ColumnElement[bool], among: tuple[FromClause, ...]) -> ColumnElement[bool]:
    """Whether there is such a row among these; all else is that of the statement around it, however far out."""
    return select(literal(1)).select_from(*among).where(*which).correlate_except(*among).exists()

"""The register of deputies: explicit, dated, short, and never where people together hold too much (SOD-12).

A deputy of several people at once has the bans of all of them, so what all of them hold together is asked.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from contracts.policy.model import Policy, Text
from services.kit.db import Session, Unit
from services.kit.sealing import Keyring
from services.officers.identity import force
from services.officers.identity import store as people
from services.officers.identity.bonds import entries, reasons
from services.officers.identity.bonds.entries import Span
from services.officers.identity.bonds.tables import DeputyRow
from services.officers.identity.force import Fault
from services.officers.identity.grants import clash
from services.officers.web.problems import NOBODY, RefusedError


@dataclass(frozen=True)
class Deputising:
    """Who acts in whose place, from when to when, and why."""

    principal: str
    deputy: str
    starts: datetime
    ends: datetime
    reason: str


class Deputies:
    """Every method works inside the caller's transaction and raises RefusedError."""

    def __init__(self, policy: Policy, keyring: Keyring) -> None:
        self._policy = policy
        self._keyring = keyring
        self._days = policy.deputy_days
        self._longest = timedelta(days=policy.deputy_days)

    async def enter(self, session: Session, said: Deputising, account_id: str) -> DeputyRow:
        """Enter that somebody acts in another's place. It is never prolonged: what follows without a break adds up."""
        fault = self._fault(said)
        if fault is not None:
            raise RefusedError("deputising-invalid", fault)
        for person in (said.principal, said.deputy):
            if await people.person(session, person) is None:
                raise RefusedError("invalid", NOBODY)
        found = await (await session.connection()).run_sync(partial(self._found, said=said))
        if found is not None:
            raise RefusedError(found.code, found.said or "")
        ident = "d" + secrets.token_hex(12)
        row = DeputyRow(
            entry_id=ident,
            principal_id=said.principal,
            deputy_id=said.deputy,
            starts=said.starts.astimezone(UTC),
            ends=said.ends.astimezone(UTC),
            reason=reasons.sealed(ident, said.reason, self._keyring, said.principal),
            entered_by=account_id,
        )
        session.add(row)
        return row

    def _fault(self, said: Deputising) -> Text | None:
        faults = (
            (said.principal == said.deputy, Text(zh="不能由本人代办", en="nobody stands in for himself")),
            (said.ends <= said.starts, Text(zh="截止须晚于起始", en="it must end after it starts")),
            (
                said.ends - said.starts > self._longest,
                Text(
                    zh=f"代办不得超过{self._days}日", en=f"nobody stands in for longer than {self._days} days"
                ),
            ),
        )
        return next((text for wrong, text in faults if wrong), None)

    def _found(self, unit: Unit, said: Deputising) -> Fault | None:
        """What stands against it among the entries that there are, with the two people held meanwhile."""
        force.lock(unit, {said.principal, said.deputy})
        theirs, entered = entries.of_deputy(unit, said.deputy), Span(said.starts, said.ends)
        if entered.run_with(theirs.get(said.principal, ())).length > self._longest:
            days = self._days
            sentence = Text(
                zh=f"与已有登记相连，同一人连续代办将超过{days}日；两次代办之间至少间隔一日",
                en=f"with what is entered already the same person would stand in for more than {days} days without "
                "a break; a break is a day at least",
            )
            return Fault("deputising-invalid", sentence)
        meanwhile = {one for one, spans in theirs.items() if any(map(entered.meets, spans))}
        held = force.held_by(unit, {said.principal, said.deputy, *meanwhile}, datetime.now(UTC))
        reason = clash([grant for one in held.values() for grant in one], self._policy)
        return None if reason is None else Fault("grants-incompatible", reason)

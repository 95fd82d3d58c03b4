"""The register of deputies: explicit, dated, short, and never where two people together hold too much (SOD-12)."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from contracts.actor import Grant
from contracts.policy.model import Policy, Text
from services.kit.db import Session, Unit
from services.officers.identity import force
from services.officers.identity import store as people
from services.officers.identity.bonds.tables import DeputyRow
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

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    async def enter(self, session: Session, said: Deputising, account_id: str) -> DeputyRow:
        """Enter that somebody acts in another's place. It can be ended by time alone, and is never prolonged."""
        fault = self._fault(said)
        if fault is not None:
            raise RefusedError("deputising-invalid", fault)
        pair = {said.principal, said.deputy}
        for person in pair:
            if await people.person(session, person) is None:
                raise RefusedError("invalid", NOBODY)
        held = await (await session.connection()).run_sync(partial(_held, people=pair))
        reason = clash(held, self._policy)
        if reason is not None:
            raise RefusedError("grants-incompatible", reason)
        row = DeputyRow(
            entry_id="d" + secrets.token_hex(12),
            principal_id=said.principal,
            deputy_id=said.deputy,
            starts=said.starts.astimezone(UTC),
            ends=said.ends.astimezone(UTC),
            reason=said.reason,
            entered_by=account_id,
        )
        session.add(row)
        return row

    def _fault(self, said: Deputising) -> Text | None:
        days = self._policy.deputy_days
        faults = (
            (said.principal == said.deputy, Text(zh="不能由本人代办", en="nobody stands in for himself")),
            (said.ends <= said.starts, Text(zh="截止须晚于起始", en="it must end after it starts")),
            (
                said.ends - said.starts > timedelta(days=days),
                Text(zh=f"代办不得超过{days}日", en=f"nobody stands in for longer than {days} days"),
            ),
        )
        return next((text for wrong, text in faults if wrong), None)


def _held(unit: Unit, people: set[str]) -> list[Grant]:
    force.lock(unit, people)
    held = force.held_by(unit, people, datetime.now(UTC))
    return [grant for one in held.values() for grant in one]

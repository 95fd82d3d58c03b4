"""Everybody whom one whole case and one removal take, each with an account, in a system that has just begun."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from contracts.actor import Grant
from contracts.policy import loader
from services.ctl.demo.cast import Member
from services.ctl.demo.client import connected
from services.ctl.demo.opening import first_administrators, open_accounts
from services.ctl.demo.roster import Nomination, Person, nomination, officer
from services.ctl.embedded import running
from tests.browser.house import DISTRICT, UNIT, House, settings

PACE = "2026.1-demo"
"""The procedure of 2026.1, whose working days are seconds."""
NOMINEE = nomination(0, DISTRICT, UNIT)
SEATS = (
    ("ELECTION_OFFICE", 1),
    ("AUDITOR", 1),
    ("SCREENER", 1),
    ("SECOND_CHECKER", 1),
    ("EVALUATOR", 2),
    ("PANEL_CHAIR", 1),
    ("INSPECTOR", 2),
    ("DISC_OFFICER", 1),
    ("DISC_HEAD", 1),
    ("LEADER_IN_CHARGE", 1),
    ("UFWD", 1),
    ("PARTY_GROUP", 1),
    ("COMMITTEE_CLERK", 1),
    ("NOTICE_OFFICER", 1),
    ("CLERK", 1),
    ("ARCHIVIST", 1),
)
"""How many hold each role."""
EVERYWHERE = frozenset({"ELECTION_OFFICE", "AUDITOR"})
SHARES = (3, 5, 6)
"""For how many of the departments each officer answers, and each head signs."""


@asynccontextmanager
async def company(var: Path, say: Callable[[str], None] = lambda _: None) -> AsyncIterator[House]:
    """The system inside the block, with its people and without any batch."""
    async with running(settings(var), os.environ, say) as system, connected(system.api) as api:
        people = await open_accounts(api, await first_administrators(api, system.vault), cast(NOMINEE))
        yield House(system, people, cases=[], batch="")


def cast(row: Nomination) -> list[Member]:
    """Who acts; the nominee has a second account, as a member of the committee."""
    strangers = (officer(serial) for serial in range(100))
    found = [
        Member(login, next(strangers), Grant(role=role, district="*" if role in EVERYWHERE else DISTRICT))
        for role, many in SEATS
        for login in logins(role, many)
    ]
    found.append(Member("nominator", next(strangers), Grant(role="NOMINATOR", unit=UNIT, district=DISTRICT)))
    found += [*departments("DEPT_OFFICER", strangers), *departments("DEPT_HEAD", strangers)]
    own = [Member(role.lower(), row.person, Grant(role=role)) for role in ("NOMINEE", "MEMBER")]
    return [*found, *own]


def logins(role: str, many: int) -> list[str]:
    """`inspector`, `inspector-2` ..."""
    name = role.lower().replace("_", "-")
    return [name if place == 1 else f"{name}-{place}" for place in range(1, many + 1)]


def departments(role: str, strangers: Iterator[Person]) -> Iterator[Member]:
    """Of this role one person for each share of the departments."""
    units = iter([one.code for one in loader.released(PACE).departments])
    for login, share in zip(logins(role, len(SHARES)), SHARES, strict=True):
        first, *others = (Grant(role=role, unit=next(units), district=DISTRICT) for _ in range(share))
        yield Member(login, next(strangers), first, also=tuple(others))

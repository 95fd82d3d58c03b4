"""Everybody who acts in one district, each with an account, and the people whom the cases are about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contracts import names
from services.ctl.demo.cast import cast
from services.ctl.demo.client import Account, Api
from services.ctl.demo.officers import SECONDED, SHARED, THEMSELVES
from services.ctl.demo.opening import Administrators, Opened, open_accounts
from services.ctl.demo.roster import Nomination, nominations, sitting_members
from services.ctl.demo.stage import POLICY

NOMINEES = 6
"""Different nominees; each is nominated in batch after batch."""
SITTING = 12
"""Sitting members; a removal of each is opened once."""
ELSEWHERE = 2
"""Every second invented nominee, and member, lives in the other district."""


@dataclass
class House:
    """Who is there. `subjects` are the cases of nominees, by id."""

    accounts: Mapping[str, Opened]
    rows: tuple[Nomination, ...]
    sitting: tuple[Nomination, ...]
    subjects: dict[str, Nomination] = field(default_factory=dict)
    removals: dict[str, Nomination] = field(default_factory=dict)
    """Whom a removal or its review is about, by the case's id."""

    @property
    def district(self) -> str:
        """Where everything happens."""
        return self.sitting[0].district

    def of(self, role: str) -> Account:
        """Somebody of a role that one person holds."""
        return self._opened(role).account

    def nominate(self, batch: str, rows: tuple[Nomination, ...]) -> None:
        """These are handed in to the batch: then it is known whose cases there will be."""
        self.subjects |= {
            names.nomination_id(batch, self._person(row), row.nominating_unit): row for row in rows
        }

    def accuse(self, case_id: str, row: Nomination) -> None:
        """A removal of this member is open: then it is known whom the reviews that may follow are about."""
        reviews = [names.review_id(case_id, instance) for instance in (1, 2)]
        self.removals |= dict.fromkeys((case_id, *reviews), row)

    def person_id(self, row: Nomination) -> str:
        """The natural person behind a row."""
        return self._person(row)

    def who(self, task: Mapping[str, Any]) -> Account | None:
        """Whoever is in charge of a task; None when nobody here is."""
        for one in self.accounts.values():
            grant, place = one.member.grant, one.member.place
            if grant.role != task["role"] or grant.unit not in {"", task["unit"], self._unit(task)}:
                continue
            if task["role"] in THEMSELVES and one.member.person != self.about(task["case_id"]).person:
                continue
            if place == _place(task):
                return one.account
        return None

    def about(self, case_id: str) -> Nomination:
        """Whom a case is about."""
        return self.subjects.get(case_id) or self.removals.get(case_id, self.sitting[0])

    def _unit(self, task: Mapping[str, Any]) -> str:
        # What asks a nominating unit names no unit: it is the one that brought the case.
        return self.about(task["case_id"]).nominating_unit

    def _opened(self, role: str) -> Opened:
        return next(one for one in self.accounts.values() if one.member.grant.role == role)

    def _person(self, row: Nomination) -> str:
        return next(one.person_id for one in self.accounts.values() if one.member.person == row.person)


def _place(task: Mapping[str, Any]) -> int:
    if task["kind"] in SHARED:
        return int(task["signature"]) % SHARED[task["kind"]]
    return int(task["kind"] in SECONDED)


async def move_in(api: Api, admins: Administrators) -> House:
    """Open everybody's account."""
    policy = await admins.asks.get(f"/v1/policies/{POLICY}")
    everywhere = sitting_members(ELSEWHERE * SITTING)
    district = everywhere[0].district
    sitting = tuple(row for row in everywhere if row.district == district)
    rows = tuple(row for row in nominations(ELSEWHERE * NOMINEES) if row.district == district)
    departments = tuple(department["code"] for department in policy["departments"])
    here = {"*", district}
    members = [one for one in cast(rows, departments, sitting) if one.grant.district in here]
    accounts = await open_accounts(api, admins, [one for one in members if "twin" not in one.login])
    return House(accounts, rows, sitting)

"""The way back when the administrators are lost: two people, on the machine, noted, and only for administrators."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from contracts.actor import Grant
from services.officers.identity import codes
from services.officers.identity import store as people
from services.officers.identity.bootstrap import bootstrap
from services.officers.identity.restoring import NotRestoredError, Restored, restore
from services.officers.identity.signin.noting import into
from services.officers.identity.tables import AccountRow, GrantRow
from tests.officers_rig import PASSWORD, Rig

LATER = timedelta(days=8)
"""After it nobody has signed in lately."""


class Machine:
    """The first three administrators, who set their passwords, and the codes that each kept."""

    def __init__(self, rig: Rig, shown: dict[str, str]) -> None:
        self.rig, self.shown = rig, shown

    @classmethod
    async def of(cls, rig: Rig) -> "Machine":
        machine = cls(rig, await bootstrap(rig.office.database, rig.office.persons, into(rig.office.journal)))
        for login, code in machine.shown.items():
            assert await machine.set_password(login, code) == 204
        return machine

    async def set_password(self, login: str, code: str, password: str = PASSWORD) -> int:
        body = {"login": login, "code": code, "password": password}
        return (await self.rig.client.post("/v1/credentials", json=body)).status_code

    async def sign_in(self, login: str, password: str = PASSWORD) -> int:
        body = {"login": login, "password": password}
        return (await self.rig.client.post("/v1/sessions", json=body)).status_code

    async def restore(
        self, *logins: str, shown: list[str] | None = None, after: timedelta = LATER
    ) -> Restored:
        office, given = self.rig.office, shown if shown is not None else self.of_two()
        return await restore(office.database, into(office.journal), given, logins, datetime.now(UTC) + after)

    def of_two(self, *logins: str) -> list[str]:
        """What these people show; the system and the security administrator where none is named."""
        return [self.shown[login] for login in logins or ("admin", "security")]

    async def refused(self, *logins: str, **how: Any) -> str:
        with pytest.raises(NotRestoredError) as caught:
            await self.restore(*logins, **how)
        return str(caught.value)

    async def noted(self) -> list[str]:
        words = "SELECT fields FROM journal WHERE fields LIKE '%-on-the-machine%' ORDER BY number"
        async with self.rig.office.database.connection() as connection:
            return [fields for (fields,) in await connection.execute(text(words))]


@pytest.fixture
async def machine(rig: Rig) -> Machine:
    return await Machine.of(rig)


async def test_two_people_give_a_lost_administrator_a_code_of_which_each_has_a_half(machine: Machine) -> None:
    restored = await machine.restore("admin")
    assert await machine.sign_in("admin") == 401, "the old password is no more"
    assert await machine.set_password("admin", machine.shown["admin"]) == 401
    assert await machine.set_password("admin", restored.codes["admin"], "another long password") == 204
    assert await machine.sign_in("admin", "another long password") == 201
    assert await machine.noted() == ["restored-on-the-machine"]


async def test_what_was_shown_counts_no_more_and_what_is_kept_instead_sets_no_password(
    machine: Machine,
) -> None:
    first = await machine.restore("admin")
    assert "codes of two" in await machine.refused("admin")
    assert await machine.set_password("security", first.keep["security"]) == 401
    again = await machine.restore("admin", shown=[*first.keep.values()], after=2 * LATER)
    assert again.codes["admin"] != first.codes["admin"]


@pytest.mark.parametrize("shown", [[], ["admin"], ["security"], ["admin", "admin"]], ids=" ".join)
async def test_one_person_alone_restores_nothing(machine: Machine, shown: list[str]) -> None:
    said = await machine.refused("admin", shown=[machine.shown[one] for one in shown])
    assert "two people" in said
    one, other, _ = [code.split(codes.SEPARATOR) for code in machine.shown.values()]
    crossed = [codes.SEPARATOR.join((*one[:2], other[2])), codes.SEPARATOR.join((*other[:2], one[2]))]
    assert "two people" in await machine.refused("admin", shown=crossed)
    assert await machine.sign_in("admin") == 201
    assert await machine.noted() == ["not-restored-on-the-machine"] * 2


async def test_while_every_side_is_able_to_act_there_is_nothing_to_restore(machine: Machine) -> None:
    for login in machine.shown:
        assert await machine.sign_in(login) == 201
    assert "able to act" in await machine.refused("admin", "security", after=timedelta(days=1))
    assert await machine.noted() == ["not-restored-on-the-machine"]


async def test_who_is_able_is_not_restored_with_who_is_lost(machine: Machine) -> None:
    assert await machine.sign_in("security") == 201
    soon = timedelta(days=1)
    assert "no account" in await machine.refused("security", after=soon)
    assert [*(await machine.restore("admin", after=soon)).codes] == ["admin"]


async def test_nobody_but_an_administrator_is_given_a_code(machine: Machine, rig: Rig) -> None:
    other = await rig.account(Grant(role="SCREENER", district="d01"))
    assert "no account" in await machine.refused("admin", other.login)
    assert await machine.sign_in("admin") == 201, "of a list with a wrong one nothing is restored"


@pytest.mark.parametrize(
    ("here", "restored", "barred"),
    [
        (("admin", "security"), ("admin", "security"), "audit"),
        (("admin", "audit"), ("admin", "audit"), "security"),
        (("security", "audit"), ("security", "audit"), "admin"),
    ],
    ids=lambda one: one if isinstance(one, str) else "+".join(one),
)
async def test_no_two_come_by_this_way_to_the_side_of_the_third(
    machine: Machine, here: tuple[str, ...], restored: tuple[str, ...], barred: str
) -> None:
    shown = machine.of_two(*here)
    assert "as neither of you does" in await machine.refused(*here, barred, shown=shown)
    assert await machine.sign_in(barred) == 201
    given = await machine.restore(*restored, shown=shown)
    assert ({*given.codes}, {*given.keep}) == ({*here}, {*here})


async def test_the_third_code_is_no_way_to_be_three(machine: Machine) -> None:
    """A code has a half for each of two; the third comes afterwards, with one of them."""
    assert "two people" in await machine.refused("admin", shown=[*machine.shown.values()])


@pytest.mark.parametrize("login", ["nobody", ""])
async def test_a_login_of_nobody_is_refused_and_so_is_none_at_all(machine: Machine, login: str) -> None:
    said = await machine.refused(*([login] if login else []))
    assert ("no account" if login else "name the accounts") in said


async def lost_to(rig: Rig, login: str, how: str) -> None:
    """The account as something left it: closed, or with a grant that ran out."""
    accounts, grants = (AccountRow.metadata.tables[one] for one in ("accounts", "grants"))
    mine = select(accounts.c.account_id).where(accounts.c.login == login).scalar_subquery()
    over = datetime.now(UTC) - timedelta(hours=1)
    change = {
        "closed": update(accounts).where(accounts.c.login == login).values(disabled=True),
        "run out": update(grants).where(grants.c.account_id == mine).values(until=over),
    }[how]
    await rig.office.database.unit(lambda unit: unit.execute(change))


@pytest.mark.parametrize("how", ["closed", "run out"])
async def test_an_administrator_who_was_closed_or_whose_grant_ran_out_comes_back(
    machine: Machine, rig: Rig, how: str
) -> None:
    for login in machine.shown:
        assert await machine.sign_in(login) == 201
    await lost_to(rig, "admin", how)
    soon = timedelta(days=1)
    restored = await machine.restore("admin", after=soon)
    assert await machine.set_password("admin", restored.codes["admin"], "another long password") == 204
    said = {"login": "admin", "password": "another long password"}
    token = (await rig.client.post("/v1/sessions", json=said)).json()["token"]
    asked = await rig.client.get("/v1/accounts", headers={"Authorization": f"Bearer {token}"})
    assert asked.status_code == 200, "and administers again"
    assert await machine.noted() == ["restored-on-the-machine opened-again"]
    assert "able to act" in await machine.refused("admin", shown=[*restored.keep.values()], after=soon)


async def test_who_was_closed_and_has_another_role_by_now_does_not_come_back(
    machine: Machine, rig: Rig
) -> None:
    await lost_to(rig, "admin", "closed")
    async with rig.office.database.write() as session:
        admin = await people.account_by_login(session, "admin")
        assert admin is not None
        other = AccountRow(
            account_id="a-other", login="other", person_id=admin.person_id, created_at=datetime.now(UTC)
        )
        session.add(other)
        await session.flush()
        session.add(GrantRow(account_id="a-other", role="SCREENER", unit="", district="d01"))
    assert "another role" in await machine.refused("admin")
    assert await machine.sign_in("admin") == 401


async def test_of_an_account_of_two_sides_neither_is_opened(machine: Machine, rig: Rig) -> None:
    """Grants of which one ran out before the other began: never both."""
    async with rig.office.database.write() as session:
        admin = await people.account_by_login(session, "admin")
        assert admin is not None
        session.add(
            GrantRow(account_id=admin.account_id, role="AUDITOR", until=datetime.now(UTC) - timedelta(days=1))
        )
    assert "another role" in await machine.refused("admin", shown=machine.of_two("admin", "audit"))

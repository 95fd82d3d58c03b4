"""What one natural person may not hold together they do not get by two changes at one instant (both databases)."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from contracts.access import Given
from contracts.actor import Grant
from contracts.canonical import canonical
from contracts.events.access import AccountDisabled, AccountsOpened, GrantsChanged, Logins, OpenedAccount
from contracts.events.base import Event
from services.ctl.demo.roster import resident_number
from services.kit.db import Database
from services.kit.recordreader import Entry
from services.officers.identity.persons import Identity
from services.officers.identity.tables import CodeRow
from services.officers.identity.uptake import Uptake
from tests.events import AT
from tests.invented import name_of
from tests.officers_ground import of_the_api
from tests.officers_rig import DIGEST, Rig, officers

ROUNDS = 12
PAIR = (Grant(role="DISC_OFFICER", district="d01"), Grant(role="NOTICE_OFFICER", district="d01"))
LATER = datetime.now(UTC) + timedelta(days=3)


async def person(rig: Rig, serial: int) -> str:
    identity = Identity(name_of(serial), resident_number(serial))
    async with rig.office.database.write() as session:
        return (await rig.office.persons.ensure(session, [identity]))[identity.id_number]


def opens(account: str, person_id: str, *grants: Grant) -> AccountsOpened:
    given = tuple(Given(grant=grant) for grant in grants)
    return AccountsOpened(
        accounts=(OpenedAccount(account_id=account, person_id=person_id, grants=given),),
        codes_until=LATER,
        private=Logins(logins={account: account}),
    )


def changes(account: str, person_id: str, *grants: Grant) -> GrantsChanged:
    return GrantsChanged(
        account_id=account, person_id=person_id, grants=tuple(Given(grant=grant) for grant in grants)
    )


async def at_one_instant(
    rig: Rig, databases: list[Database], events: list[Event]
) -> list[dict[str, dict[str, str]]]:
    """Each event is taken up by a process of its own, all at once; what each of them left out."""
    uptake = Uptake(rig.office.record_keys, rig.office.policy)

    async def take(database: Database, event: Event, number: int) -> dict[str, dict[str, str]]:
        story = rig.story(f"g{number}.{id(event)}", "access", f"g{number}", "all")
        [envelope] = story.then(event)
        entry = Entry(0, DIGEST, canonical(envelope))
        return await database.unit(lambda unit: uptake.apply(unit, [entry]))

    taken = zip(databases, events, strict=True)
    return list(await asyncio.gather(*(take(*pair, number) for number, pair in enumerate(taken))))


async def held(rig: Rig, person_id: str) -> list[str]:
    words = text(
        "SELECT role FROM grants JOIN accounts ON accounts.account_id = grants.account_id"
        " WHERE person_id = :person AND NOT disabled ORDER BY role"
    )
    return await rig.office.database.look(
        lambda unit: [role for (role,) in unit.execute(words, {"person": person_id})]
    )


@pytest.mark.parametrize("way", ["opened", "changed"])
async def test_of_two_at_one_instant_one_is_left_out(tmp_path: Path, database_url: str, way: str) -> None:
    async with officers(tmp_path, database_url, own_role=True) as rig, contextlib.AsyncExitStack() as closing:
        databases = [Database(of_the_api(database_url)) for _ in PAIR]
        for database in databases:
            closing.push_async_callback(database.close)
        for number in range(ROUNDS):
            person_id = await person(rig, 300 + number)
            names = [f"a{number}.{side}" for side in range(len(PAIR))]
            if way == "changed":
                both = [opens(name, person_id) for name in names]
                assert await at_one_instant(rig, databases, [*both]) == [{}, {}]
                events: list[Event] = [
                    changes(name, person_id, grant) for name, grant in zip(names, PAIR, strict=True)
                ]
            else:
                events = [opens(name, person_id, grant) for name, grant in zip(names, PAIR, strict=True)]
            left = await at_one_instant(rig, databases, events)
            codes = [code for one in left for said in one.values() for code in said.values()]
            assert codes == ["grants-incompatible"]
            assert len(await held(rig, person_id)) == 1


async def came(rig: Rig, *accounts: str) -> None:
    """The holders used their codes."""
    table = CodeRow.metadata.tables["codes"]
    used = update(table).where(table.c.account_id.in_(accounts)).values(used_at=AT - timedelta(days=1))
    await rig.office.database.unit(lambda unit: unit.execute(used))


async def test_of_two_administrators_closed_at_one_instant_one_remains(
    tmp_path: Path, database_url: str
) -> None:
    """Beside one whose grant ends and one whom nobody holds yet: neither of them is somebody who remains."""
    admin = Grant(role="SYS_ADMIN")
    async with officers(tmp_path, database_url, own_role=True) as rig, contextlib.AsyncExitStack() as closing:
        databases = [Database(of_the_api(database_url)) for _ in PAIR]
        for database in databases:
            closing.push_async_callback(database.close)
        people = {name: await person(rig, 700 + n) for n, name in enumerate(("s0", "never", "ends"))}
        ending = OpenedAccount(
            account_id="ends", person_id=people["ends"], grants=(Given(grant=admin, until=LATER),)
        )
        private = Logins(logins={"ends": "ends"})
        opened = [opens("s0", people["s0"], admin), opens("never", people["never"], admin)]
        await at_one_instant(rig, databases, [*opened])
        last = AccountsOpened(accounts=(ending,), codes_until=LATER, private=private)
        await at_one_instant(rig, databases[:1], [last])
        await came(rig, "s0", "ends")
        remaining = "s0"
        for number in range(1, ROUNDS):
            name = f"s{number}"
            people[name] = await person(rig, 800 + number)
            await at_one_instant(rig, databases[:1], [opens(name, people[name], admin)])
            await came(rig, name)
            both = (remaining, name)
            closing_both: list[Event] = [
                AccountDisabled(account_id=one, person_id=people[one]) for one in both
            ]
            left = await at_one_instant(rig, databases, closing_both)
            [(remaining, code)] = [pair for one in left for said in one.values() for pair in said.items()]
            assert code == "last-administrator"

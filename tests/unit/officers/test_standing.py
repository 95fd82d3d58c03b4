"""A token is verified once and believed until it ends; how its account stands is asked again and again."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar, cast

import pytest

from contracts.actor import Grant
from services.kit.db import Database, Unit
from services.officers.identity.standing import Standings
from services.officers.identity.tokens import Claims, Tokens
from services.officers.readmodel.reading.cases import nominations
from services.officers.web.problems import RefusedError
from tests.officers_rig import HERE, Rig

Found = TypeVar("Found")
SECRET = "s" * 40
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Counted(Tokens):
    """Counts the verifications."""

    reads = 0

    def read(self, token: str, now: datetime) -> Claims:
        """Verify and count."""
        self.reads += 1
        return super().read(token, now)


async def session_of(rig: Rig, account_id: str) -> Claims:
    """What a token of the account's session says, a quarter of an hour long."""
    [row] = await rig.office.sessions.of(account_id)
    return Claims(account_id, row.session_id, NOW, NOW + timedelta(minutes=15))


async def test_a_token_is_verified_once_and_still_ends_on_time(rig: Rig) -> None:
    person = await rig.account(Grant(role="AUDITOR"))
    tokens, clock = Counted(SECRET, 15), [NOW]
    standings = Standings(
        rig.office.database, tokens, 0, rig.office.policy, nominations, now=lambda: clock[0]
    )
    claims = await session_of(rig, person.account_id)
    token = tokens.issue(claims, NOW)
    for _ in range(5):
        assert (await standings.presence(token)).actor.account_id == person.account_id
    assert tokens.reads == 1
    clock[0] = claims.expires_at + timedelta(seconds=1)
    with pytest.raises(RefusedError):
        await standings.presence(token)


async def test_a_remembered_token_does_not_outlive_its_account(rig: Rig) -> None:
    person = await rig.account(Grant(role="AUDITOR"))
    tokens = Tokens(SECRET, 15)
    standings = Standings(rig.office.database, tokens, 0, rig.office.policy, nominations, now=lambda: NOW)
    token = tokens.issue(await session_of(rig, person.account_id), NOW)
    presence = await standings.presence(token)
    assert presence.actor.grants == (Grant(role="AUDITOR"),)
    await rig.office.sessions.end_all(presence, HERE)
    with pytest.raises(RefusedError):
        await standings.presence(token)


async def test_a_bad_token_is_never_remembered(rig: Rig) -> None:
    tokens = Counted(SECRET, 15)
    standings = Standings(rig.office.database, tokens, 0, rig.office.policy, nominations, now=lambda: NOW)
    for _ in range(3):
        with pytest.raises(RefusedError):
            await standings.presence("no token")
    assert tokens.reads == 3


class Slow:
    """A database that gives what it read only when it is told to."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.read, self.given = asyncio.Event(), asyncio.Event()

    async def look(self, work: Callable[[Unit], Found]) -> Found:
        """Read now, and give later."""
        found = await self._database.look(work)
        self.read.set()
        await self.given.wait()
        return found


async def test_what_ends_while_an_account_is_read_is_out_of_force_at_once(rig: Rig) -> None:
    person = await rig.account(Grant(role="AUDITOR"))
    slow, tokens = Slow(rig.office.database), Tokens(SECRET, 15)
    standings = Standings(cast(Database, slow), tokens, 3600, rig.office.policy, nominations, now=lambda: NOW)
    token = tokens.issue(await session_of(rig, person.account_id), NOW)
    under_way = asyncio.create_task(standings.presence(token))
    await slow.read.wait()
    presence = await rig.office.standings.presence(person.token)
    await rig.office.sessions.end_all(presence, HERE)
    standings.forget(person.account_id)
    slow.given.set()
    # It had begun before the end; whatever comes after it does not go by what it read.
    await under_way
    with pytest.raises(RefusedError):
        await standings.presence(token)

"""A token is verified once and believed until it ends; how its account stands is asked again and again."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.actor import Grant
from services.officers.identity.standing import Standings
from services.officers.identity.tokens import Claims, Tokens
from services.officers.readmodel.reading.cases import nominations
from services.officers.web.problems import RefusedError
from tests.officers_rig import Rig

SECRET = "s" * 40
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Counted(Tokens):
    """Counts the verifications."""

    reads = 0

    def read(self, token: str, now: datetime) -> Claims:
        """Verify and count."""
        self.reads += 1
        return super().read(token, now)


async def test_a_token_is_verified_once_and_still_ends_on_time(rig: Rig) -> None:
    person = await rig.account(Grant(role="AUDITOR"))
    tokens, clock = Counted(SECRET, 15), [NOW]
    standings = Standings(rig.office.database, tokens, 0, frozenset(), nominations, now=lambda: clock[0])
    token, ends = tokens.issue(person.account_id, 0, NOW)
    for _ in range(5):
        assert (await standings.actor(token)).account_id == person.account_id
    assert tokens.reads == 1
    clock[0] = ends + timedelta(seconds=1)
    with pytest.raises(RefusedError):
        await standings.actor(token)


async def test_a_remembered_token_does_not_outlive_its_account(rig: Rig) -> None:
    person = await rig.account(Grant(role="AUDITOR"))
    tokens = Tokens(SECRET, 15)
    standings = Standings(rig.office.database, tokens, 0, frozenset(), nominations, now=lambda: NOW)
    token, _ = tokens.issue(person.account_id, 0, NOW)
    assert (await standings.actor(token)).grants == (Grant(role="AUDITOR"),)
    await rig.office.sessions.sign_out(person.account_id)
    with pytest.raises(RefusedError):
        await standings.actor(token)


async def test_a_bad_token_is_never_remembered(rig: Rig) -> None:
    tokens = Counted(SECRET, 15)
    standings = Standings(rig.office.database, tokens, 0, frozenset(), nominations, now=lambda: NOW)
    for _ in range(3):
        with pytest.raises(RefusedError):
            await standings.actor("no token")
    assert tokens.reads == 3

"""A session in which it was shown too long ago who somebody is."""

from datetime import UTC, datetime, timedelta

from services.officers.identity.tokens import Claims
from tests.officers_rig import Rig
from tests.person import Person


async def long_ago(rig: Rig, person: Person, minutes: float = 16) -> Person:
    """The same session, in which it was shown so long ago who the person is."""
    [row] = await rig.office.sessions.of(person.account_id)
    now = datetime.now(UTC)
    claims = Claims(
        person.account_id, row.session_id, now - timedelta(minutes=minutes), now + timedelta(minutes=9)
    )
    token = rig.office.sessions._tokens.issue(claims, now)
    return Person(person.client, person.login, person.account_id, person.person_id, token)

"""What asks for a fresh sign-in: refused when it was shown too long ago who somebody is, with the way out."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from contracts.actor import Grant
from services.officers.identity.signin.slowdown import FREE_LOGINS
from services.officers.identity.signin.tables import SessionRow
from tests.officers_rig import DIGEST, PASSWORD, Rig, task_opened
from tests.person import Person
from tests.screening import PASS, TASK, screener
from tests.unit.officers.stale import long_ago

SIGNED = {"outcome": "CONFIRM", "seen": DIGEST}


async def checker(rig: Rig) -> tuple[Person, str]:
    """Whoever countersigns, and their task."""
    await rig.batch()
    story = await rig.case("c2")
    await rig.tell(story, task_opened("c2", "screen-sign"))
    person = await rig.account(Grant(role="SECOND_CHECKER", district="d01"))
    [task] = (await person.get("/v1/tasks")).json()["items"]
    return person, f"/v1/tasks/{task['task_id']}/outcome"


async def test_a_countersignature_needs_a_fresh_sign_in_and_the_same_key_goes_on(rig: Rig) -> None:
    person, path = await checker(rig)
    old = await long_ago(rig, person)
    refused = await old.post(path, SIGNED, key="k1")
    assert (refused.status_code, refused.json()["code"]) == (401, "stale-authentication")
    assert refused.json()["way_out"] == "/v1/sessions/fresh"
    assert 'error="insufficient_user_authentication", max_age="900"' in refused.headers["WWW-Authenticate"]
    assert rig.engine.sent == []
    shown = await old.post(refused.json()["way_out"], {"password": PASSWORD})
    now = Person(rig.client, person.login, person.account_id, person.person_id, shown.json()["token"])
    assert (await now.post(path, SIGNED, key="k1")).status_code == 200
    assert len(rig.engine.sent) == 1


async def test_renewal_makes_nothing_fresh(rig: Rig) -> None:
    person, path = await checker(rig)
    old = await long_ago(rig, person)
    row = (await rig.office.sessions.of(person.account_id))[0]
    await _authenticated(rig, row.session_id, datetime.now(UTC) - timedelta(hours=1))
    renewed = await old.post("/v1/sessions/renewal")
    token = renewed.json()["token"]
    again = Person(rig.client, person.login, person.account_id, person.person_id, token)
    refused = await again.post(path, SIGNED)
    assert (refused.status_code, refused.json()["code"]) == (401, "stale-authentication")


async def test_within_the_minutes_nobody_is_asked_again(rig: Rig) -> None:
    person, path = await checker(rig)
    assert (await (await long_ago(rig, person, 10)).post(path, SIGNED)).status_code == 200


async def test_what_the_policy_does_not_name_goes_on(rig: Rig) -> None:
    person = await screener(rig)
    done = await (await long_ago(rig, person)).post(f"{TASK}/outcome", PASS)
    assert done.status_code == 200


async def test_an_act_that_the_policy_names_needs_it_too(rig: Rig) -> None:
    await rig.batch()
    await rig.case("c1")
    person = await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"))
    body = {"reason": "at the nominee's wish", "document_digest": DIGEST}
    refused = await (await long_ago(rig, person)).post("/v1/cases/c1/withdrawal", body)
    assert (refused.status_code, refused.json()["code"]) == (401, "stale-authentication")
    assert (await person.post("/v1/cases/c1/withdrawal", body)).json().get("code") != "stale-authentication"


async def _authenticated(rig: Rig, session_id: str, at: datetime) -> None:
    table = SessionRow.metadata.tables["sessions"]
    change = update(table).where(table.c.session_id == session_id).values(authenticated_at=at)
    await rig.office.database.unit(lambda unit: unit.execute(change))


async def test_who_fails_to_show_again_who_they_are_slows_down_themselves_alone(rig: Rig) -> None:
    """However many do: else a few of the office keep all the others from every second signature."""
    for _ in range(FREE_LOGINS + 1):
        one = await rig.account(Grant(role="SCREENER", district="d01"))
        assert (await one.post("/v1/sessions/fresh", {"password": "wrong"})).status_code == 401
    person = await rig.account(Grant(role="SCREENER", district="d01"))
    assert (await person.post("/v1/sessions/fresh", {"password": PASSWORD})).status_code == 200

"""One's own sessions: seen, renewed, ended; and one's own password."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from contracts.actor import Grant
from services.officers.identity.signin.store import MOST_SESSIONS
from services.officers.identity.signin.tables import SessionRow
from tests.officers_rig import PASSWORD, Rig
from tests.person import Person

SCREENER = Grant(role="SCREENER", district="d01")
OTHER = "another long enough one"


async def signed_in(rig: Rig, person: Person, password: str = PASSWORD) -> dict[str, Any]:
    """A further session of the person."""
    answer = await rig.client.post("/v1/sessions", json={"login": person.login, "password": password})
    assert answer.status_code == 201, answer.text
    view: dict[str, Any] = answer.json()
    return view


def holding(person: Person, token: str) -> Person:
    """The person with another token."""
    return Person(person.client, person.login, person.account_id, person.person_id, token)


async def aged(rig: Rig, session_id: str, **moved: datetime) -> None:
    """A session whose instants are others now."""
    table = SessionRow.metadata.tables["sessions"]
    change = update(table).where(table.c.session_id == session_id).values(**moved)
    await rig.office.database.unit(lambda unit: unit.execute(change))
    rig.office.standings._known.clear()


async def test_one_sees_ones_own_sessions_and_nobody_elses(rig: Rig) -> None:
    person, other = await rig.account(SCREENER), await rig.account(SCREENER)
    second = await signed_in(rig, person)
    listed = (await person.get("/v1/sessions")).json()["items"]
    assert [one["current"] for one in listed].count(True) == 1
    assert second["session_id"] in {one["session_id"] for one in listed}
    assert len(listed) == 2
    assert {one["methods"] for one in listed} == {"password"}
    [theirs] = (await other.get("/v1/sessions")).json()["items"]
    refused = await person.client.delete(
        f"/v1/sessions/{theirs['session_id']}", headers=person._headers(None)
    )
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown-session")
    assert (await other.get("/v1/me")).status_code == 200


async def test_one_session_ends_and_the_others_stand(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    second = await signed_in(rig, person)
    there = holding(person, second["token"])
    assert (await there.get("/v1/me")).status_code == 200
    gone = await rig.client.delete(f"/v1/sessions/{second['session_id']}", headers=person._headers(None))
    assert gone.status_code == 204
    assert (await there.get("/v1/me")).status_code == 401
    assert (await person.get("/v1/me")).status_code == 200


async def test_a_session_is_renewed_by_use_up_to_its_end(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    first = await signed_in(rig, person)
    renewed = (await holding(person, first["token"]).post("/v1/sessions/renewal")).json()
    assert renewed["session_id"] == first["session_id"]
    assert renewed["ends_at"] == first["ends_at"]
    assert renewed["authenticated_at"] == first["authenticated_at"]
    assert renewed["expires_at"] >= first["expires_at"]
    soon = datetime.now(UTC) + timedelta(minutes=2)
    await aged(rig, first["session_id"], ends_at=soon)
    last = (await holding(person, renewed["token"]).post("/v1/sessions/renewal")).json()
    assert datetime.fromisoformat(last["expires_at"]) <= soon
    await aged(rig, first["session_id"], good_until=datetime.now(UTC) - timedelta(seconds=1))
    over = await holding(person, last["token"]).post("/v1/sessions/renewal")
    assert (over.status_code, over.json()["code"]) == (401, "unauthenticated")


async def test_parallel_renewals_are_of_one_session(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    answers = await asyncio.gather(*(person.post("/v1/sessions/renewal") for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["session_id"] for answer in answers}) == 1
    assert len({answer.json()["token"] for answer in answers}) == 10
    assert len((await person.get("/v1/sessions")).json()["items"]) == 1


async def test_of_too_many_sessions_the_one_that_would_end_first_ends(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    for _ in range(MOST_SESSIONS):
        last = await signed_in(rig, person)
    assert (await person.get("/v1/me")).status_code == 401
    listed = (await holding(person, last["token"]).get("/v1/sessions")).json()["items"]
    assert len(listed) == MOST_SESSIONS


async def test_showing_again_who_one_is_makes_the_sign_in_fresh(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    [mine] = (await person.get("/v1/sessions")).json()["items"]
    long_ago = datetime.now(UTC) - timedelta(hours=3)
    await aged(rig, mine["session_id"], authenticated_at=long_ago)
    wrong = await person.post("/v1/sessions/fresh", {"password": "not this one"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "credentials-wrong")
    shown = (await person.post("/v1/sessions/fresh", {"password": PASSWORD})).json()
    assert datetime.fromisoformat(shown["authenticated_at"]) > long_ago + timedelta(hours=2)
    assert shown["session_id"] == mine["session_id"]


async def test_a_new_password_needs_the_old_one_and_ends_every_other_session(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    elsewhere = holding(person, (await signed_in(rig, person))["token"])
    wrong = await person.post("/v1/sessions/password", {"password": "not this one", "new": OTHER})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "credentials-wrong")
    done = await person.post("/v1/sessions/password", {"password": PASSWORD, "new": OTHER})
    assert done.status_code == 204
    assert (await person.get("/v1/me")).status_code == 200
    assert (await elsewhere.get("/v1/me")).status_code == 401
    old = await rig.client.post("/v1/sessions", json={"login": person.login, "password": PASSWORD})
    assert old.status_code == 401
    assert (await signed_in(rig, person, OTHER))["account_id"] == person.account_id


@pytest.mark.parametrize("new", ["short", "a" * 40, "password12345678"])
async def test_a_new_password_is_asked_what_every_other_is(rig: Rig, new: str) -> None:
    person = await rig.account(SCREENER)
    refused = await person.post("/v1/sessions/password", {"password": PASSWORD, "new": new})
    assert (refused.status_code, refused.json()["code"]) == (422, "password-unfit")
    own = await person.post("/v1/sessions/password", {"password": PASSWORD, "new": person.login * 4})
    assert own.json()["code"] == "password-unfit"


async def test_failures_of_strangers_keep_nobody_from_changing_the_password(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    for _ in range(12):
        await rig.client.post("/v1/sessions", json={"login": person.login, "password": "guess"})
    done = await person.post("/v1/sessions/password", {"password": PASSWORD, "new": OTHER})
    assert done.status_code == 204


async def test_a_session_begun_at_one_process_is_known_at_another(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    assert (await person.get("/v1/me")).status_code == 200
    before = dict(rig.office.standings._known)
    there = holding(person, (await signed_in(rig, person))["token"])
    rig.office.standings._known.update(before)
    assert (await there.get("/v1/me")).status_code == 200

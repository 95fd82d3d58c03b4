"""Signing in, accounts, and how soon a change is in force."""

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters

from contracts.actor import Grant
from services.officers.identity.bootstrap import FIRST, bootstrap
from services.officers.identity.signin.noting import into
from tests.access_office import AccessOffice
from tests.officers_rig import PASSWORD, Rig

ADMIN = Grant(role="SYS_ADMIN")
SCREENER = Grant(role="SCREENER", district="d01")


async def test_one_signs_in_and_is_who_one_is(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    me = (await person.get("/v1/me")).json()
    assert me["account_id"] == person.account_id
    [held] = me["grants"]
    assert (held["role"], held["unit"], held["district"], held["deputy_for"]) == ("SCREENER", "", "d01", None)


async def test_a_wrong_login_and_a_wrong_password_are_answered_alike(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    wrong = await rig.client.post("/v1/sessions", json={"login": person.login, "password": "x" * 12})
    unknown = await rig.client.post("/v1/sessions", json={"login": "nobody", "password": "x" * 12})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.headers.keys() == unknown.headers.keys()


async def test_an_unknown_login_costs_the_same_work_as_a_wrong_password(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, verify = await rig.account(SCREENER), PasswordHasher.verify
    work: list[Parameters] = []

    def noted(hasher: PasswordHasher, stored: str, password: str) -> bool:
        work.append(extract_parameters(stored))
        return verify(hasher, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    for login in (person.login, "nobody"):
        await rig.client.post("/v1/sessions", json={"login": login, "password": "x" * 12})
    wrong, unknown = work
    assert wrong == unknown


async def test_five_wrong_passwords_lock_the_login_and_no_other(rig: Rig) -> None:
    person, other = await rig.account(SCREENER), await rig.account(SCREENER)
    for number in range(5):
        headers = {"X-Forwarded-For": f"10.0.0.{number}"}
        body = {"login": person.login, "password": "x" * 12}
        assert (await rig.client.post("/v1/sessions", json=body, headers=headers)).status_code == 401
    locked = await rig.client.post("/v1/sessions", json={"login": person.login, "password": PASSWORD})
    assert locked.status_code == 429
    assert int(locked.headers["Retry-After"]) > 0
    fine = await rig.client.post("/v1/sessions", json={"login": other.login, "password": PASSWORD})
    assert fine.status_code == 201


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic YTpi", "bearer a.b.c"])
async def test_without_a_good_token_nothing_is_said(rig: Rig, header: str) -> None:
    for path in ("/v1/me", "/v1/tasks", "/v1/record/head", "/v1/policies"):
        answer = await rig.client.get(path, headers={"Authorization": header} if header else {})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json()["code"] == "unauthenticated"


async def test_signing_out_ends_every_token_at_once(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    body = {"login": person.login, "password": PASSWORD}
    second = (await rig.client.post("/v1/sessions", json=body)).json()["token"]
    headers = {"Authorization": f"Bearer {second}"}
    assert (await rig.client.get("/v1/me", headers=headers)).status_code == 200
    gone = await rig.client.delete("/v1/sessions", headers={"Authorization": f"Bearer {person.token}"})
    assert gone.status_code == 204
    assert (await person.get("/v1/me")).status_code == 401
    assert (await rig.client.get("/v1/me", headers=headers)).status_code == 401


async def test_a_grant_that_has_ended_is_none(rig: Rig) -> None:
    office = await AccessOffice.of(rig)
    past = {"role": "SCREENER", "district": "d01", "until": "2020-01-01T00:00:00Z"}
    person = await office.opened("ended", 7, past)
    assert (await person.get("/v1/me")).json()["grants"] == []


async def test_only_administrators_list_accounts(rig: Rig) -> None:
    person, admin = await rig.account(SCREENER), await rig.account(ADMIN)
    assert (await person.get("/v1/accounts")).status_code == 403
    listed = (await admin.get("/v1/accounts", limit=1)).json()
    rest = (await admin.get("/v1/accounts", cursor=listed["next"])).json()
    logins = {item["login"] for item in listed["items"] + rest["items"]}
    assert logins == {person.login, admin.login}
    assert rest["next"] is None
    assert "password" not in str(listed)


async def test_the_first_three_administrators_are_made_once_and_set_their_own_passwords(rig: Rig) -> None:
    opened = await bootstrap(rig.office.database, rig.office.persons, into(rig.office.journal))
    assert {*opened} == {"admin", "security", "audit"}
    assert await bootstrap(rig.office.database, rig.office.persons, into(rig.office.journal)) == {}
    persons = set()
    for login, code in opened.items():
        body = {"login": login, "password": PASSWORD}
        assert (await rig.client.post("/v1/sessions", json=body)).status_code == 401
        assert (await rig.client.post("/v1/credentials", json={**body, "code": code})).status_code == 204
        token = (await rig.client.post("/v1/sessions", json=body)).json()["token"]
        me = (await rig.client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})).json()
        persons.add(me["person_id"])
    assert len(persons) == 3


async def test_a_first_code_may_be_as_long_as_the_script_of_the_composed_system_draws_it(rig: Rig) -> None:
    long = {
        one.login: ".".join(f"q{one.login}{number}".ljust(44, "x") for number in range(3)) for one in FIRST
    }
    office = rig.office
    opened = await bootstrap(office.database, office.persons, into(office.journal), long)
    for login, code in opened.items():
        body = {"login": login, "code": code, "password": PASSWORD}
        assert (await rig.client.post("/v1/credentials", json=body)).status_code == 204


async def test_codes_are_tried_slowly(rig: Rig) -> None:
    opened = await bootstrap(rig.office.database, rig.office.persons, into(rig.office.journal))
    body = {"login": "admin", "password": PASSWORD}
    for _ in range(5):
        wrong = await rig.client.post("/v1/credentials", json={**body, "code": "a.b.c"})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "code-wrong")
    rests = await rig.client.post("/v1/credentials", json={**body, "code": opened["admin"]})
    assert rests.status_code == 429

"""Signing in, accounts, and how soon a change is in force."""

import statistics
import time

import pytest

from contracts.actor import Grant
from services.ctl.demo.roster import resident_number
from services.officers.identity.bootstrap import bootstrap
from tests.invented import name_of
from tests.officers_rig import PASSWORD, Rig

ADMIN = Grant(role="SYS_ADMIN")
SCREENER = Grant(role="SCREENER", district="d01")


def account(login: str, serial: int, *grants: dict[str, str], **other: object) -> dict[str, object]:
    return {
        "login": login,
        "password": PASSWORD,
        "name": name_of(serial),
        "id_number": resident_number(serial),
        "grants": list(grants),
        **other,
    }


async def test_one_signs_in_and_is_who_one_is(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    me = (await person.get("/v1/me")).json()
    assert me["account_id"] == person.account_id
    assert me["grants"] == [{"role": "SCREENER", "unit": "", "district": "d01", "until": None}]


async def test_a_wrong_login_and_a_wrong_password_are_answered_alike(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    wrong = await rig.client.post("/v1/sessions", json={"login": person.login, "password": "x" * 12})
    unknown = await rig.client.post("/v1/sessions", json={"login": "nobody", "password": "x" * 12})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.headers.keys() == unknown.headers.keys()


async def test_an_unknown_login_costs_the_same_time_as_a_wrong_password(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    passwords = rig.office.passwords

    async def measured(stored: str | None) -> float:
        began = time.perf_counter()
        assert not await passwords.fits(stored, "wrong password")
        return time.perf_counter() - began

    stored = await passwords.hash(PASSWORD)
    pairs = [(await measured(stored), await measured(None)) for _ in range(15)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert 0.5 < known / unknown < 2
    assert person.token


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


async def test_a_disabled_account_is_out_at_once_and_cannot_sign_in(rig: Rig) -> None:
    admin, person = await rig.account(ADMIN), await rig.account(SCREENER)
    assert (await person.get("/v1/me")).status_code == 200
    done = await admin.post(f"/v1/accounts/{person.account_id}/disable")
    assert (done.status_code, done.json()["disabled"]) == (200, True)
    assert (await person.get("/v1/me")).status_code == 401
    again = await rig.client.post("/v1/sessions", json={"login": person.login, "password": PASSWORD})
    assert again.status_code == 401


async def test_changed_grants_are_in_force_at_the_next_request(rig: Rig) -> None:
    admin, person = await rig.account(ADMIN), await rig.account(SCREENER)
    assert (await person.get("/v1/tasks")).status_code == 200
    path = f"/v1/accounts/{person.account_id}/grants"
    body = {"grants": []}
    key = "grants-1"
    headers = {"Authorization": f"Bearer {admin.token}", "Idempotency-Key": key}
    assert (await rig.client.put(path, json=body, headers=headers)).status_code == 200
    assert (await person.get("/v1/tasks")).status_code == 403


async def test_a_grant_that_has_ended_is_none(rig: Rig) -> None:
    admin = await rig.account(ADMIN)
    past = {"role": "SCREENER", "district": "d01", "until": "2020-01-01T00:00:00Z"}
    made = await admin.post("/v1/accounts", account("ended", 7, past))
    assert made.status_code == 201
    body = {"login": "ended", "password": PASSWORD}
    token = (await rig.client.post("/v1/sessions", json=body)).json()["token"]
    me = await rig.client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["grants"] == []


async def test_two_accounts_of_one_id_number_are_one_person(rig: Rig) -> None:
    admin = await rig.account(ADMIN)
    first = await admin.post("/v1/accounts", account("one", 7, {"role": "DISC_OFFICER", "district": "d01"}))
    second = await admin.post("/v1/accounts", account("two", 7, {"role": "DISC_HEAD", "district": "d01"}))
    assert first.json()["person_id"] == second.json()["person_id"]
    assert first.json()["account_id"] != second.json()["account_id"]


async def test_what_a_person_may_hold_is_asked_over_all_their_accounts(rig: Rig) -> None:
    admin = await rig.account(ADMIN)
    await admin.post("/v1/accounts", account("one", 7, {"role": "DISC_OFFICER", "district": "d01"}))
    clash = await admin.post("/v1/accounts", account("two", 7, {"role": "NOTICE_OFFICER", "district": "d01"}))
    assert (clash.status_code, clash.json()["code"]) == (422, "grants-incompatible")
    power = await admin.post("/v1/accounts", account("three", 7, {"role": "SYS_ADMIN"}))
    assert power.json()["code"] == "grants-incompatible"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (account("one", 7, {"role": "KING"}), 422, "grant-invalid"),
        (account("one", 7, {"role": "DEPT_HEAD", "unit": "tax"}), 422, "grant-invalid"),
        (account("one", 7, id_number="110105194912310020"), 422, "id-number-invalid"),
        (account("one", 7, password="short"), 422, "password-unfit"),
        (account("one two", 7), 422, "invalid"),
        (account("one", 7, is_admin=True), 422, "invalid"),
        (account("taken", 8), 409, "login-taken"),
        (account("one", 9, name="别人"), 422, "identity-mismatch"),
    ],
)
async def test_a_wrong_account_is_refused_by_its_own_code(
    rig: Rig, body: dict[str, object], status: int, code: str
) -> None:
    admin = await rig.account(ADMIN)
    assert (await admin.post("/v1/accounts", account("taken", 9))).status_code == 201
    refused = await admin.post("/v1/accounts", body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert PASSWORD not in refused.text
    assert resident_number(7) not in refused.text


async def test_only_the_system_administrator_opens_and_lists_accounts(rig: Rig) -> None:
    person, admin = await rig.account(SCREENER), await rig.account(ADMIN)
    refused = await person.post("/v1/accounts", account("one", 7))
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong-role")
    assert (await person.get("/v1/accounts")).status_code == 403
    listed = (await admin.get("/v1/accounts", limit=1)).json()
    rest = (await admin.get("/v1/accounts", cursor=listed["next"])).json()
    logins = {item["login"] for item in listed["items"] + rest["items"]}
    assert logins == {person.login, admin.login}
    assert rest["next"] is None
    assert "password" not in str(listed)


async def test_the_first_administrator_is_made_once(rig: Rig) -> None:
    password = await bootstrap(rig.office.database, rig.office.persons, rig.office.passwords)
    assert password is not None
    assert await bootstrap(rig.office.database, rig.office.persons, rig.office.passwords) is None
    answer = await rig.client.post("/v1/sessions", json={"login": "admin", "password": password})
    assert answer.status_code == 201


async def test_an_account_opened_twice_under_one_key_is_one(rig: Rig) -> None:
    admin = await rig.account(ADMIN)
    first = await admin.post("/v1/accounts", account("one", 7), key="k1")
    again = await admin.post("/v1/accounts", account("one", 7), key="k1")
    assert first.json() == again.json()
    other = await admin.post("/v1/accounts", account("two", 7), key="k1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")

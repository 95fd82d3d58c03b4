"""The second factor: taken up, asked for, lost, given up; and nobody who has one is kept out by others' failures."""

from typing import Any

import httpx2
import pytest

from contracts.actor import Grant
from services.officers.identity.signin.slowdown import FREE
from tests.authenticator import Authenticator
from tests.officers_rig import PASSWORD, Rig
from tests.person import Person

SCREENER = Grant(role="SCREENER", district="d01")


async def tried(rig: Rig, person: Person, code: str = "", password: str = PASSWORD) -> httpx2.Response:
    """A sign-in."""
    body: dict[str, Any] = {"login": person.login, "password": password}
    return await rig.client.post("/v1/sessions", json=body | ({"code": code} if code else {}))


def said(answer: httpx2.Response) -> tuple[int, str]:
    """Status and code."""
    return answer.status_code, answer.json().get("code", "")


async def test_a_factor_is_asked_for_once_it_is_confirmed(rig: Rig) -> None:
    person, program = await rig.account(SCREENER), Authenticator(rig)
    await program.begin(person)
    assert (await tried(rig, person)).status_code == 201
    assert said(await person.post(f"/v1/factors/{program.factor_id}/confirmation", {"code": "000000"})) == (
        401,
        "second-factor-wrong",
    )
    done = await person.post(f"/v1/factors/{program.factor_id}/confirmation", {"code": program.code()})
    assert len(set(done.json()["recovery_codes"])) == 10
    assert said(await tried(rig, person)) == (401, "second-factor-needed")
    assert said(await tried(rig, person, program.code())) == (401, "second-factor-wrong"), "it was used"
    program.later()
    signed = await tried(rig, person, program.code())
    assert signed.status_code == 201
    there = Person(rig.client, person.login, person.account_id, person.person_id, signed.json()["token"])
    listed = {one["methods"] for one in (await there.get("/v1/sessions")).json()["items"]}
    assert listed == {"password", "password+totp"}


async def test_confirming_ends_every_other_session(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    token = (await tried(rig, person)).json()["token"]
    elsewhere = Person(rig.client, person.login, person.account_id, person.person_id, token)
    assert (await elsewhere.get("/v1/me")).status_code == 200
    await Authenticator(rig).enrol(person)
    assert (await elsewhere.get("/v1/me")).status_code == 401
    assert (await person.get("/v1/me")).status_code == 200


async def test_the_secret_is_shown_once_and_kept_sealed(rig: Rig) -> None:
    person, program = await rig.account(SCREENER), Authenticator(rig)
    await program.enrol(person)
    listed = await person.get("/v1/factors")
    [factor] = listed.json()["items"]
    assert (factor["label"], factor["confirmed"]) == ("my phone", True)
    assert listed.json()["recovery_codes_left"] == 10
    rows = await rig.office.database.look(
        lambda unit: unit.exec_driver_sql("SELECT * FROM factors").fetchall()
    )
    kept = await rig.office.database.look(
        lambda unit: unit.exec_driver_sql("SELECT * FROM recovery_codes").fetchall()
    )
    for secret in (program.secret.hex(), *program.recovery_codes):
        assert secret not in f"{rows}{kept}{listed.text}"


async def test_a_recovery_code_is_good_once(rig: Rig) -> None:
    person, program = await rig.account(SCREENER), Authenticator(rig)
    await program.enrol(person)
    one = program.recovery_codes[3]
    assert (await tried(rig, person, one.lower())).status_code == 201
    assert said(await tried(rig, person, one)) == (401, "second-factor-wrong")
    assert (await person.get("/v1/factors")).json()["recovery_codes_left"] == 9


async def test_with_a_wrong_password_no_recovery_code_is_spent(rig: Rig) -> None:
    person, program = await rig.account(SCREENER), Authenticator(rig)
    await program.enrol(person)
    one = program.recovery_codes[0]
    assert said(await tried(rig, person, one, "not this one")) == (401, "credentials-wrong")
    assert (await tried(rig, person, one)).status_code == 201


async def test_other_recovery_codes_make_the_old_ones_useless(rig: Rig) -> None:
    person, program = await rig.account(SCREENER), Authenticator(rig)
    await program.enrol(person)
    body = {"password": PASSWORD, "code": program.code()}
    new = (await person.post("/v1/factors/recovery-codes", body)).json()["recovery_codes"]
    assert len(set(new) - set(program.recovery_codes)) == 10
    assert said(await tried(rig, person, program.recovery_codes[0])) == (401, "second-factor-wrong")
    assert (await tried(rig, person, new[0])).status_code == 201


async def test_a_factor_is_given_up_with_password_and_code_only(rig: Rig) -> None:
    person, program = await rig.account(SCREENER), Authenticator(rig)
    await program.enrol(person)
    path = f"/v1/factors/{program.factor_id}/removal"
    assert said(await person.post(path, {"password": PASSWORD})) == (401, "second-factor-needed")
    gone = await person.post(path, {"password": PASSWORD, "code": program.code()})
    assert gone.status_code == 204
    assert (await tried(rig, person)).status_code == 201
    assert (await person.get("/v1/factors")).json() == {"items": [], "recovery_codes_left": 0}


@pytest.mark.parametrize("kind", ["program", "recovery"])
async def test_whoever_shows_the_second_factor_is_let_in_during_a_pause(rig: Rig, kind: str) -> None:
    person, program = await rig.account(SCREENER), Authenticator(rig)
    await program.enrol(person)
    for number in range(3 * FREE):
        await tried(rig, person, password=f"guess {number}")
    assert said(await tried(rig, person)) == (429, "too-many-attempts")
    code = program.code() if kind == "program" else program.recovery_codes[0]
    assert (await tried(rig, person, code)).status_code == 201


async def test_without_a_factor_there_is_nothing_to_draw_or_remove(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    body = {"password": PASSWORD}
    assert said(await person.post("/v1/factors/recovery-codes", body)) == (404, "unknown-factor")
    assert said(await person.post("/v1/factors/f1/removal", body)) == (404, "unknown-factor")
    assert said(await person.post("/v1/factors/f1/confirmation", {"code": "1"})) == (404, "unknown-factor")

"""Sign-ins, failures, sign-outs and changes of password and factor stand in the journal, with what they tell of."""

from typing import Any

import pytest

from contracts.actor import Grant
from services.officers.identity.signin.store import MOST_SESSIONS
from services.officers.journal import store
from services.officers.journal.store import Wanted
from tests.authenticator import Authenticator
from tests.officers_rig import PASSWORD, Rig
from tests.person import Person

SCREENER = Grant(role="SCREENER", district="d01")


async def noted(rig: Rig, person_id: str = "") -> list[tuple[str, str]]:
    """Kind and words of every line about this person, and of those about nobody."""
    async with rig.office.database.read() as session:
        rows = await store.after(session, Wanted(), 0, 500)
    return [(row.what, row.fields) for row in rows if row.person_id in {person_id, ""}]


async def tried(rig: Rig, login: str, password: str) -> Any:
    """A sign-in."""
    return await rig.client.post("/v1/sessions", json={"login": login, "password": password})


async def test_what_a_person_does_with_sign_in_is_noted_in_order(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    await tried(rig, person.login, "not this one")
    await person.post("/v1/sessions/fresh", {"password": PASSWORD})
    changed = {"password": PASSWORD, "new": "three other long words"}
    assert (await person.post("/v1/sessions/password", changed)).status_code == 204
    headers = {"Authorization": f"Bearer {person.token}"}
    assert (await rig.client.delete("/v1/sessions", headers=headers)).status_code == 204
    assert await noted(rig, person.person_id) == [
        ("sign-in", "signed-in password"),
        ("sign-in-failed", "sign-in-refused credentials-wrong"),
        ("sign-in", "authenticated-again password"),
        ("account", "password-changed password"),
        ("sign-out", "all-signed-out"),
    ]


async def test_a_factor_taken_up_and_given_up_is_noted(rig: Rig) -> None:
    person, program = await rig.account(SCREENER), Authenticator(rig)
    await program.enrol(person)
    body = {"password": PASSWORD, "code": program.code()}
    await person.post("/v1/factors/recovery-codes", body)
    program.later()
    body = {"password": PASSWORD, "code": program.code()}
    await person.post(f"/v1/factors/{program.factor_id}/removal", body)
    assert [words for _, words in await noted(rig, person.person_id)] == [
        "signed-in password",
        "factor-begun password",
        "factor-added",
        "recovery-codes-drawn password totp",
        "factor-removed password totp",
    ]


async def test_a_session_that_gives_way_to_a_further_one_is_noted(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    for _ in range(MOST_SESSIONS):
        assert (await tried(rig, person.login, PASSWORD)).status_code == 201
    lines = await noted(rig, person.person_id)
    assert [words for kind, words in lines if kind == "sign-out"] == ["session-displaced password"]


async def test_a_failure_of_nobodys_login_is_noted_without_what_was_typed(rig: Rig) -> None:
    await tried(rig, "my-password-by-mistake", "x")
    assert await noted(rig) == [("sign-in-failed", "sign-in-refused credentials-wrong")]
    rows = await rig.office.database.look(
        lambda unit: unit.exec_driver_sql("SELECT * FROM journal").fetchall()
    )
    assert "my-password" not in str(rows)
    assert "127.0.0.1" not in str(rows)


async def test_without_the_journal_nobody_is_signed_in(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    person = await rig.account(SCREENER)
    before = (await person.get("/v1/sessions")).json()["items"]

    def broken(unit: Any, rows: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("services.officers.journal.store.append", broken)
    assert (await tried(rig, person.login, PASSWORD)).status_code == 503
    monkeypatch.undo()
    again = Person(rig.client, person.login, person.account_id, person.person_id, person.token)
    assert (await again.get("/v1/sessions")).json()["items"] == before

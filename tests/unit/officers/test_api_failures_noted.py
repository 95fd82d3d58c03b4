"""Whoever fails to show who they are is in the journal: by what failed, whose account it was, never what was typed."""

from collections.abc import Awaitable, Callable

import httpx2
import pytest

from contracts.actor import Grant
from services.officers.identity.bootstrap import bootstrap
from services.officers.identity.signin.noting import into
from services.officers.identity.signin.slowdown import FREE
from services.officers.journal import store
from services.officers.journal.store import Wanted
from services.officers.journal.tables import JournalRow
from tests.access_office import AccessOffice
from tests.attacks import of_passkeys
from tests.attacks.attack import Ground
from tests.authenticator import Authenticator
from tests.officers_rig import PASSWORD, Rig
from tests.person import Person

SCREENER = Grant(role="SCREENER", district="d01")
Try = Callable[[Ground], Awaitable[httpx2.Response]]


async def lines(rig: Rig, what: str = "") -> list[JournalRow]:
    """The journal."""
    async with rig.office.database.read() as session:
        return list(await store.after(session, Wanted(what=what), 0, 500))


async def posted(ground: Ground, path: str, **body: object) -> httpx2.Response:
    """Something sent without a sign-in."""
    return await ground.rig.client.post(path, json=body)


async def signed_in(ground: Ground, **more: object) -> httpx2.Response:
    """A sign-in as the victim."""
    return await posted(ground, "/v1/sessions", login=ground.victim.login, **{"password": PASSWORD, **more})


async def code_of_nobody(ground: Ground) -> httpx2.Response:
    return await posted(ground, "/v1/credentials", login="typed-here", code="typed.there", password=PASSWORD)


async def code_of_somebody(ground: Ground) -> httpx2.Response:
    login = ground.victim.login
    return await posted(ground, "/v1/credentials", login=login, code="typed.there", password=PASSWORD)


async def missing_factor(ground: Ground) -> httpx2.Response:
    await Authenticator(ground.rig).enrol(ground.victim)
    return await signed_in(ground)


async def wrong_factor(ground: Ground) -> httpx2.Response:
    await Authenticator(ground.rig).enrol(ground.victim)
    return await signed_in(ground, code="000000")


async def wrong_factor_in_a_pause(ground: Ground) -> httpx2.Response:
    await Authenticator(ground.rig).enrol(ground.victim)
    for _ in range(FREE):
        await signed_in(ground, password="typed for a password")
    return await signed_in(ground, code="000000")


async def wrong_at_confirming(ground: Ground) -> httpx2.Response:
    program = Authenticator(ground.rig)
    await program.begin(ground.victim)
    return await ground.victim.post(f"/v1/factors/{program.factor_id}/confirmation", {"code": "000000"})


async def recovery_code_twice(ground: Ground) -> httpx2.Response:
    program = Authenticator(ground.rig)
    await program.enrol(ground.victim)
    assert (await signed_in(ground, code=program.recovery_codes[0])).status_code == 201
    return await signed_in(ground, code=program.recovery_codes[0])


async def wrong_password_again(ground: Ground) -> httpx2.Response:
    return await ground.victim.post("/v1/sessions/fresh", {"password": "typed for a password"})


VICTIMS, NOBODYS = True, False
FAILURES: tuple[tuple[Try, str, bool], ...] = (
    (code_of_nobody, "code-wrong", NOBODYS),
    (code_of_somebody, "code-wrong", VICTIMS),
    (missing_factor, "second-factor-needed", VICTIMS),
    (wrong_factor, "second-factor-wrong", VICTIMS),
    (wrong_factor_in_a_pause, "second-factor-wrong", VICTIMS),
    (wrong_at_confirming, "second-factor-wrong", VICTIMS),
    (recovery_code_twice, "second-factor-wrong", VICTIMS),
    (wrong_password_again, "credentials-wrong", VICTIMS),
    (of_passkeys.unknown, "passkey-wrong", NOBODYS),
    (of_passkeys.no_answer, "passkey-wrong", NOBODYS),
    (of_passkeys.another_key, "passkey-wrong", VICTIMS),
    (of_passkeys.replay, "passkey-wrong", VICTIMS),
    (of_passkeys.closed, "passkey-wrong", VICTIMS),
    (of_passkeys.taken_up_elsewhere, "passkey-wrong", VICTIMS),
)


@pytest.mark.parametrize(("fails", "code", "whose"), FAILURES, ids=lambda one: getattr(one, "__name__", one))
async def test_a_failure_is_noted_before_it_is_answered(rig: Rig, fails: Try, code: str, whose: bool) -> None:
    ground = await Ground.of(rig)
    assert (await fails(ground)).status_code in {401, 429}
    victim = (ground.victim.account_id, ground.victim.person_id)
    last = (await lines(rig, "sign-in-failed"))[-1]
    assert last.fields == f"sign-in-refused {code}"
    assert (last.account_id, last.person_id) == (victim if whose is VICTIMS else ("", ""))
    assert "typed" not in str([row.model_dump() for row in await lines(rig)])


async def test_a_used_recovery_code_is_told_by_the_sign_in_that_used_it(rig: Rig) -> None:
    ground = await Ground.of(rig)
    await recovery_code_twice(ground)
    said = [row.fields for row in await lines(rig, "sign-in") if row.account_id == ground.victim.account_id]
    assert said == ["signed-in password", "signed-in password recovery-code"]


async def test_passkeys_that_fail_are_slowed_down_and_their_neighbours_are_not(rig: Rig) -> None:
    ground = await Ground.of(rig)
    passkey = await of_passkeys.own(ground)
    for _ in range(FREE):
        assert (await of_passkeys.unknown_again(ground, b"one id")).status_code == 401
    assert (await of_passkeys.unknown_again(ground, b"one id")).status_code == 429
    asked = await of_passkeys.challenge(ground)
    assert (
        await of_passkeys.answered(ground, asked["ticket"], passkey.shown(asked["options"]))
    ).status_code == 201


async def test_who_was_let_in_first_and_when_their_codes_were_used_is_noted(rig: Rig) -> None:
    opened = await bootstrap(rig.office.database, rig.office.persons, into(rig.office.journal))
    first = [(row.fields, row.target) for row in await lines(rig)]
    assert first == [
        ("first-account-opened SYS_ADMIN", "first"),
        ("first-account-opened SECURITY_ADMIN", "first"),
        ("first-account-opened AUDITOR", "first"),
    ]
    used = {"login": "audit", "code": opened["audit"], "password": PASSWORD}
    assert (await rig.client.post("/v1/credentials", json=used)).status_code == 204
    *_, auditor, last = await lines(rig)
    assert (last.fields, last.target, last.account_id) == ("password-set", "first", auditor.account_id)


async def test_whoever_draws_parts_of_codes_is_noted_and_the_parts_are_not(rig: Rig) -> None:
    office = await AccessOffice.of(rig)
    person = await office.opened("newcomer", 7, {"role": "SCREENER", "district": "d01"})
    drawn = [row for row in await lines(rig, "account") if row.fields.startswith("code-parts-drawn")]
    assert [(row.account_id, row.fields) for row in drawn] == [
        (office.asks.account_id, "code-parts-drawn asker"),
        (office.decides.account_id, "code-parts-drawn approver"),
        (office.witnesses.account_id, "code-parts-drawn witness"),
    ]
    last = next(row for row in await lines(rig, "account") if row.fields == "password-set")
    assert (last.account_id, last.target) == (person.account_id, drawn[0].case_id)


async def test_a_failure_that_cannot_be_noted_is_answered_as_such(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    person: Person = await rig.account(SCREENER)

    def broken(unit: object, rows: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("services.officers.journal.store.append", broken)
    answer = await rig.client.post("/v1/sessions", json={"login": person.login, "password": "another"})
    assert answer.status_code == 503

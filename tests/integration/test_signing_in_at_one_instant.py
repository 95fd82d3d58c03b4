"""What one person does in several windows at one instant is done or refused, and never a fault (both databases)."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from contracts.access import Given
from contracts.actor import Grant
from contracts.events.access import AccountsOpened, Logins, OpenedAccount
from services.ctl.demo.roster import resident_number
from services.officers.identity import codes
from services.officers.identity.codes import Part
from services.officers.identity.persons import Identity
from services.officers.identity.signin.noting import What, told
from services.officers.identity.signin.store import MOST_SESSIONS
from services.officers.web.problems import RefusedError
from tests.attacks.attack import Ground
from tests.attacks.of_passkeys import answered, challenge, opened_for_passkeys, own
from tests.authenticator import Authenticator
from tests.invented import name_of
from tests.officers_rig import HERE, PASSWORD, Rig, officers
from tests.person import Person
from tests.soft_passkey import SoftPasskey

SCREENER = Grant(role="SCREENER", district="d01")
ROUNDS = 6
LATER = datetime.now(UTC) + timedelta(days=3)


def holding(person: Person, token: str) -> Person:
    return Person(person.client, person.login, person.account_id, person.person_id, token)


def codes_of(answers: Iterable[httpx2.Response]) -> set[int]:
    return {one.status_code for one in answers}


async def signed_in(rig: Rig, person: Person) -> httpx2.Response:
    return await rig.client.post("/v1/sessions", json={"login": person.login, "password": PASSWORD})


async def test_windows_renew_while_others_show_again_who_it_is(tmp_path: Path, database_url: str) -> None:
    async with officers(tmp_path, database_url, own_role=True) as rig:
        person = await rig.account(SCREENER)
        for _ in range(ROUNDS):
            renewed = [person.post("/v1/sessions/renewal", {}) for _ in range(4)]
            shown = [person.post("/v1/sessions/fresh", {"password": PASSWORD}) for _ in range(4)]
            assert codes_of(await asyncio.gather(*renewed, *shown)) == {200}


async def test_at_the_limit_others_sign_in_while_those_that_give_way_are_renewed(
    tmp_path: Path, database_url: str
) -> None:
    async with officers(tmp_path, database_url, own_role=True) as rig:
        person = await rig.account(SCREENER)
        begun = [await signed_in(rig, person) for _ in range(MOST_SESSIONS)]
        windows = [holding(person, one.json()["token"]) for one in begun]
        for _ in range(ROUNDS):
            new = [signed_in(rig, person) for _ in range(4)]
            renewed = [one.post("/v1/sessions/renewal", {}) for one in windows[:8]]
            answers = await asyncio.gather(*new, *renewed)
            assert codes_of(answers[:4]) == {201}
            assert codes_of(answers[4:]) <= {200, 401}
            windows = [*windows[4:], *(holding(person, one.json()["token"]) for one in answers[:4])]
        standing = (await windows[-1].get("/v1/sessions")).json()["items"]
        assert len(standing) == MOST_SESSIONS


async def test_of_two_new_passwords_at_one_instant_one_is_set(tmp_path: Path, database_url: str) -> None:
    async with officers(tmp_path, database_url, own_role=True) as rig:
        person, old = await rig.account(SCREENER), PASSWORD
        for number in range(ROUNDS):
            others = [f"another long enough one {number}{side}" for side in "ab"]
            changed = [
                person.post("/v1/sessions/password", {"password": old, "new": other}) for other in others
            ]
            renewed = [person.post("/v1/sessions/renewal", {}) for _ in range(4)]
            answers = await asyncio.gather(*changed, *renewed)
            assert sorted(one.status_code for one in answers[:2]) == [204, 401]
            assert codes_of(answers[2:]) == {200}
            old = others[[one.status_code for one in answers].index(204)]


async def opened(rig: Rig, number: int) -> str:
    """An account that a request opened and nobody has a password of, under the request's number."""
    account, identity = f"acc{number}", Identity(name_of(300 + number), resident_number(300 + number))
    async with rig.office.database.write() as session:
        person = (await rig.office.persons.ensure(session, [identity]))[identity.id_number]
    given = OpenedAccount(account_id=account, person_id=person, grants=(Given(grant=SCREENER),))
    story = rig.story(f"g{number}", "access", f"g{number}", "all")
    private = Logins(logins={account: account})
    await rig.tell(story, AccountsOpened(accounts=(given,), codes_until=LATER, private=private))
    return account


async def test_parts_are_drawn_anew_while_the_holder_uses_the_code(tmp_path: Path, database_url: str) -> None:
    async with officers(tmp_path, database_url, own_role=True) as rig:
        office, actor = rig.office, (await rig.account(Grant(role="SYS_ADMIN"))).account_id
        admin = await office.standings.actor(actor)
        assert admin is not None

        async def draw(number: int, part: Part) -> str:
            async with office.database.write() as session:
                [(_, _, drawn)] = await codes.hand_out(session, f"g{number}", part, datetime.now(UTC))
                journal = office.journal
                await journal.note_within(session, told(What.PASSWORD_SET, admin, HERE.address).line)
            return drawn

        for number in range(ROUNDS):
            account = await opened(rig, number)
            code = ".".join([await draw(number, part) for part in Part])
            # The first part stays as it is known: whether the code counts, the others say.
            setting = [office.credentials.set(account, code, f"a long enough one {number}", HERE)]
            drawn = [draw(number, part) for part in (Part.APPROVER, Part.WITNESS, Part.APPROVER)]
            answers = await asyncio.gather(*setting, *drawn, return_exceptions=True)
            faults = [one for one in answers if isinstance(one, BaseException)]
            assert all(isinstance(one, RefusedError | ValueError) for one in faults), faults


@pytest.mark.parametrize("alike", [True, False])
async def test_of_two_answers_of_one_passkey_that_counted_alike_one_is_a_copy(
    tmp_path: Path, database_url: str, alike: bool
) -> None:
    async with officers(tmp_path, database_url, own_role=True) as rig:
        ground = await Ground.of(rig)
        passkey = await own(ground)
        for _ in range(ROUNDS):
            asked = [await challenge(ground) for _ in range(2)]
            shown = [passkey.shown(asked[0]["options"])]
            passkey.counter -= alike
            shown.append(passkey.shown(asked[1]["options"]))
            pairs = zip(asked, shown, strict=True)
            answers = await asyncio.gather(*(answered(ground, one["ticket"], said) for one, said in pairs))
            if alike:
                assert sorted(one.status_code for one in answers) == [201, 401]
            else:
                assert 201 in codes_of(answers)


async def test_of_two_first_factors_at_one_instant_one_brings_recovery_codes(
    tmp_path: Path, database_url: str
) -> None:
    async with officers(tmp_path, database_url, own_role=True) as rig:
        for _ in range(ROUNDS):
            ground, program, passkey = await Ground.of(rig), Authenticator(rig), SoftPasskey()
            opened_for_passkeys(ground)
            await program.begin(ground.victim)
            asked = (await ground.victim.post("/v1/factors/passkey/challenge", {"password": PASSWORD})).json()
            answers = await asyncio.gather(
                ground.victim.post(f"/v1/factors/{program.factor_id}/confirmation", {"code": program.code()}),
                ground.victim.post(
                    "/v1/factors/passkey",
                    {"ticket": asked["ticket"], "credential": passkey.made(asked["options"])},
                ),
            )
            assert all(one.is_success for one in answers), [one.text for one in answers]
            shown = [one.json()["recovery_codes"] for one in answers]
            assert sorted(map(len, shown)) == [0, 10]
            said = {"login": ground.victim.login, "password": PASSWORD, "code": max(shown, key=len)[0]}
            assert (await rig.client.post("/v1/sessions", json=said)).status_code == 201

"""Every evasion over the API is refused by its code, and nothing came of it; what the attacks are made of is good."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from tests.access_office import AccessOffice
from tests.attacks.four_eyes.evasion import Evasion
from tests.attacks.four_eyes.of_accounts import ACCOUNTS, SCREENER, SCREENING, one
from tests.attacks.four_eyes.of_signing import SIGNING, sign
from tests.officers_rig import officers


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AccessOffice]:
    """One office for all of them: each asks about people of its own."""
    async with officers(tmp_path_factory.mktemp("four-eyes")) as rig:
        await rig.batch()
        yield await AccessOffice.of(rig)


@pytest.mark.parametrize("evasion", [*ACCOUNTS, *SIGNING], ids=lambda one: one.tries)
async def test_an_evasion_is_refused_by_its_code(
    office: AccessOffice, evasion: Evasion[AccessOffice, httpx2.Response]
) -> None:
    answer = await evasion.run(office)
    assert answer.status_code >= 400, answer.text
    assert answer.json()["code"] == evasion.code, answer.text


async def test_what_the_evasions_are_made_of_is_good(office: AccessOffice) -> None:
    await office.rig.case("good", serial=900)
    assert (await sign(await office.rig.account(SCREENING), "good")).status_code == 200
    assert (await office.granted(await office.request(one(SCREENER))))["left_out"] == {}


async def test_a_second_identity_is_another_person_only_at_the_word_of_two(office: AccessOffice) -> None:
    """Whoever asks names whom they took them for, and whoever decides signs it."""
    phone = "13900009999"
    first = await office.granted(await office.request(one(SCREENER, phone=phone)))
    [person] = [account["person_id"] for account in first["accounts"]]
    refused = await office.request(one(phone=phone))
    assert person in refused.json()["detail"]
    asked = await office.request(one(phone=phone, unlike=[person]))
    shown = (await office.decides.get(f"/v1/access/{asked.json()['case_id']}")).json()
    assert shown["accounts"][0]["unlike"] == [person]


async def test_one_administrator_with_every_password_that_he_can_set_reaches_no_double_signature(
    office: AccessOffice,
) -> None:
    """He has the system administrator's account, and everybody else's share of the work is somebody else's."""
    him = office.asks
    victim = await office.opened("screener", 7, SCREENER)
    # He asks for accounts under invented names, for more rights, and for the passwords of others.
    invented = one({"role": "SECURITY_ADMIN"}), one({"role": "SECOND_CHECKER", "district": "d01"})
    asked = [
        *[await office.request(account) for account in invented],
        await office.about(victim.account_id, "reset"),
        await office.about(office.decides.account_id, "reset"),
    ]
    assert {each.status_code for each in asked} == {201}
    own = await office.about(him.account_id, "grants", grants=[{"role": "SECURITY_ADMIN"}])
    assert own.json()["code"] == "conflict-of-interest"
    # Nobody approves. He tries himself, and takes whatever codes he is given.
    for each in asked:
        assert (await office.decide(each, who=him)).json()["code"] == "wrong-role"
        handed = await him.post(f"/v1/access/{each.json()['case_id']}/codes")
        assert handed.json()["codes"] == []
    logins = [str(account["login"]) for account in invented]
    for login in (*logins, "screener", office.decides.login):
        assert (await office.set_password(login, "a.b.c")).status_code == 401
    reach = {account["login"] for account in (await him.get("/v1/accounts", limit=200)).json()["items"]}
    assert reach.isdisjoint(logins)
    assert (await him.get("/v1/tasks")).status_code == 403, "and his own account acts on no case"
    # Those that he may close he closes; that signs nothing either, and the second person sees it.
    assert (await office.about(victim.account_id, "disable")).status_code == 201

"""Every way that one administrator, or two of one kind, might try to become somebody else: each refused by its code."""

import asyncio

import pytest

from contracts.actor import Grant
from services.ctl.demo.roster import resident_number
from tests.access_office import SECURITY, SYS, AccessOffice, wanted
from tests.invented import name_of
from tests.officers_rig import Rig

AUDITOR = Grant(role="AUDITOR")
SCREENER = {"role": "SCREENER", "district": "d01"}


@pytest.fixture
async def office(rig: Rig) -> AccessOffice:
    return await AccessOffice.of(rig)


async def test_whoever_asks_does_not_decide(office: AccessOffice) -> None:
    asked = await office.request(wanted("one", 7, SCREENER))
    refused = await office.decide(asked, who=office.asks)
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong-role")


async def test_nor_by_a_second_account_of_the_same_person(office: AccessOffice, rig: Rig) -> None:
    """No person can hold both roles; were the tables to say so, the rule asks who it is and not which account."""
    await rig.account(SYS, serial=70)
    second = await rig.account(SECURITY, serial=70)
    first = await office.sign_in((await rig.account(SYS, serial=70)).login)
    asked = await office.request(wanted("one", 7, SCREENER), who=first)
    refused = await office.decide(asked, who=second)
    assert (refused.status_code, refused.json()["code"]) == (403, "same-person")


async def test_whoever_decides_does_not_ask(office: AccessOffice) -> None:
    refused = await office.request(wanted("one", 7, SCREENER), who=office.decides)
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong-role")


async def test_nobody_asks_for_what_is_their_own(office: AccessOffice, rig: Rig) -> None:
    me = await rig.account(SYS, serial=71)
    for act, body in (("grants", {"grants": [SCREENER]}), ("enable", {}), ("reset", {})):
        refused = await office.about(me.account_id, act, who=me, **body)
        assert (refused.status_code, refused.json()["code"]) == (403, "conflict-of-interest")
    refused = await office.request(wanted("mine-too", 71, SCREENER), who=me)
    assert (refused.status_code, refused.json()["code"]) == (403, "conflict-of-interest")


async def test_nobody_decides_on_what_is_their_own(office: AccessOffice, rig: Rig) -> None:
    me = await rig.account(SECURITY, serial=72)
    asked = await office.request(wanted("mine-too", 72))
    refused = await office.decide(asked, who=me)
    assert (refused.status_code, refused.json()["code"]) == (403, "conflict-of-interest")
    reset = await office.about(me.account_id, "reset")
    refused = await office.decide(reset, who=me)
    assert (refused.status_code, refused.json()["code"]) == (403, "conflict-of-interest")


async def test_an_approval_names_what_was_seen(office: AccessOffice) -> None:
    asked = await office.request(wanted("one", 7, SCREENER))
    other = (await office.decides.get(f"/v1/access/{asked.json()['case_id']}")).json()["decision"]["seen"]
    await office.decide(asked, "REFUSED")
    again = await office.request(wanted("one", 7, {"role": "DISC_HEAD", "district": "d01"}))
    refused = await office.decide(again, seen=other)
    assert (refused.status_code, refused.json()["code"]) == (412, "stale-digest")


@pytest.mark.parametrize(
    "role", [AUDITOR, Grant(role="POLICY_ADMIN"), Grant(role="SCREENER", district="d01")]
)
async def test_nobody_else_asks_or_decides(office: AccessOffice, rig: Rig, role: Grant) -> None:
    other = await rig.account(role)
    refused = await office.request(wanted("one", 7), who=other)
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong-role")
    asked = await office.request(wanted("one", 7))
    refused = await office.decide(asked, who=other)
    assert refused.json()["code"] in {"wrong-role", "unknown-task"}
    codes = await other.post(f"/v1/access/{asked.json()['case_id']}/codes")
    assert (codes.status_code, codes.json()["code"]) == (403, "wrong-role")


async def test_a_second_identity_is_flagged_and_two_people_say_that_it_is_another(
    office: AccessOffice,
) -> None:
    """The same name and birth date, or phone, under another number: one person could have two of every signature."""
    number, phone = resident_number(7), "13900000000"
    first = await office.granted(await office.request(wanted("one", 7, SCREENER, phone=phone)))
    [person] = [one["person_id"] for one in first["accounts"]]
    twin = {"name": name_of(7), "id_number": another_of_that_day(number)}
    caller = {"name": name_of(7), "phone": phone}
    for body in (wanted("two", 7, **twin), wanted("two", 8, **caller)):
        refused = await office.request(body)
        assert (refused.status_code, refused.json()["code"]) == (409, "identity-alike")
        assert person in refused.json()["detail"]
    asked = await office.request(wanted("two", 7, **twin, unlike=[person]))
    shown = (await office.decides.get(f"/v1/access/{asked.json()['case_id']}")).json()
    assert shown["accounts"][0]["unlike"] == [person], "whoever decides signs it"
    other = await office.request(wanted("three", 9, name=name_of(7)))
    assert other.status_code == 201, "a namesake alone is nobody's double"


def another_of_that_day(number: str) -> str:
    """Another valid ID number of the same region and birth date."""
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    serial = int(number[14:17]) % 900 + 99
    head = f"{number[:14]}{serial:03d}"
    return head + "10X98765432"[sum(w * int(d) for w, d in zip(weights, head, strict=True)) % 11]


@pytest.mark.parametrize(
    "roles",
    [
        ("SYS_ADMIN", "SECURITY_ADMIN"),
        ("SYS_ADMIN", "AUDITOR"),
        ("SECURITY_ADMIN", "AUDITOR"),
        ("SYS_ADMIN", "SCREENER"),
        ("SECURITY_ADMIN", "NOMINATOR"),
        ("DISC_OFFICER", "NOTICE_OFFICER"),
    ],
)
async def test_one_person_holds_no_two_of_these_under_any_accounts(
    office: AccessOffice, roles: tuple[str, str]
) -> None:
    first, second = [grant_of(role) for role in roles]
    both = await office.request(wanted("one", 7, first, second))
    assert (both.status_code, both.json()["code"]) == (422, "grants-incompatible")
    apart = await office.request(wanted("one", 7, first), wanted("two", 7, second))
    assert (apart.status_code, apart.json()["code"]) == (422, "grants-incompatible")
    await office.granted(await office.request(wanted("one", 7, first)))
    later = await office.request(wanted("two", 7, second))
    assert (later.status_code, later.json()["code"]) == (422, "grants-incompatible")


async def test_of_two_requests_that_do_not_go_together_the_second_is_left_out(office: AccessOffice) -> None:
    """Each was well when it was asked for. They are approved at one instant, and the record puts them in an order."""
    first = await office.request(wanted("one", 7, {"role": "DISC_OFFICER", "district": "d01"}))
    second = await office.request(wanted("two", 7, {"role": "NOTICE_OFFICER", "district": "d01"}))
    await asyncio.gather(office.decide(first), office.decide(second))
    shown = [
        (await office.asks.get(f"/v1/access/{asked.json()['case_id']}")).json() for asked in (first, second)
    ]
    left = sorted(code for one in shown for code in one["left_out"].values())
    assert left == ["grants-incompatible"]
    logins = {one["login"] for one in (await office.asks.get("/v1/accounts")).json()["items"]}
    assert len(logins & {"one", "two"}) == 1


async def test_the_last_administrator_of_a_kind_cannot_go(office: AccessOffice, rig: Rig) -> None:
    auditor = await rig.account(AUDITOR)
    other = await rig.account(SYS)
    for last in (office.decides, auditor):
        for act, body in (("disable", {}), ("grants", {"grants": []})):
            refused = await office.about(last.account_id, act, **body)
            assert (refused.status_code, refused.json()["code"]) == (409, "last-administrator")
    assert (await office.about(office.asks.account_id, "disable", who=other)).status_code == 201
    refused = await office.about(office.asks.account_id, "enable", who=office.asks)
    assert refused.status_code == 401, "who was closed is out at once"


async def test_one_administrator_with_every_password_that_he_can_set_reaches_no_double_signature(
    office: AccessOffice, rig: Rig
) -> None:
    """He has the system administrator's account, and everybody else's half of the work is somebody else's."""
    him = office.asks
    victim = await office.opened("screener", 7, SCREENER)
    # He asks for accounts under invented names, for more rights, and for the passwords of others.
    asked = [
        await office.request(wanted("invented", 8, {"role": "SECURITY_ADMIN"})),
        await office.request(wanted("invented-too", 9, {"role": "SECOND_CHECKER", "district": "d01"})),
        await office.about(victim.account_id, "reset"),
        await office.about(office.decides.account_id, "reset"),
    ]
    assert {one.status_code for one in asked} == {201}
    own = await office.about(him.account_id, "grants", grants=[{"role": "SECURITY_ADMIN"}])
    assert own.json()["code"] == "conflict-of-interest"
    # Nobody approves. He tries himself, and takes whatever codes he is given.
    for one in asked:
        assert (await office.decide(one, who=him)).json()["code"] == "wrong-role"
        handed = await him.post(f"/v1/access/{one.json()['case_id']}/codes")
        assert handed.json()["codes"] == []
    for login in ("invented", "invented-too", "screener", "security"):
        assert (await office.set_password(login, "a.b")).status_code == 401
    # Those that he may close he closes; that signs nothing either, and the second person sees it.
    assert (await office.about(victim.account_id, "disable")).status_code == 201
    reach = {one["login"] for one in (await him.get("/v1/accounts")).json()["items"]}
    assert reach == {him.login, office.decides.login, "screener"}
    assert (await him.get("/v1/tasks")).status_code == 403, "and his own account acts on no case"


def grant_of(role: str) -> dict[str, str]:
    scopes = {
        "NOMINATOR": {"unit": "chamber", "district": "d01"},
        "SCREENER": {"district": "d01"},
        "DISC_OFFICER": {"district": "d01"},
        "NOTICE_OFFICER": {"district": "d01"},
    }
    return {"role": role, **scopes.get(role, {})}

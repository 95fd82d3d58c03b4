"""Accounts are asked for by one person, approved by another, and taken by whoever they are for (adr/0023).

What the witness of their codes may: test_api_witnessing.py.
"""

import pytest

from services.ctl.demo.roster import resident_number
from tests.access_office import SECURITY, AccessOffice, wanted
from tests.officers_rig import PASSWORD, Rig

SCREENER = {"role": "SCREENER", "district": "d01"}


@pytest.fixture
async def office(rig: Rig) -> AccessOffice:
    return await AccessOffice.of(rig)


async def test_nothing_is_there_before_a_second_person_approved_it(office: AccessOffice) -> None:
    asked = await office.request(wanted("one", 7, SCREENER), wanted("two", 8))
    assert asked.headers["Location"] == f"/v1/access/{asked.json()['case_id']}"
    logins = [one["login"] for one in (await office.asks.get("/v1/accounts")).json()["items"]]
    assert "one" not in logins
    shown = await office.granted(asked)
    assert (shown["state"], shown["left_out"], shown["decided_by"]) == (
        "AWAITING_HOLDERS",
        {},
        office.decides.person_id,
    )
    logins = [one["login"] for one in (await office.asks.get("/v1/accounts")).json()["items"]]
    assert {"one", "two"} <= {*logins}


async def test_what_was_turned_down_never_takes_force(office: AccessOffice) -> None:
    asked = await office.request(wanted("one", 7, SCREENER))
    assert (await office.decide(asked, "REFUSED")).status_code == 200
    shown = (await office.asks.get(f"/v1/access/{asked.json()['case_id']}")).json()
    assert (shown["state"], shown["decision"]) == ("TURNED_DOWN", None)
    assert (await office.parts(shown["case_id"])) == [{}, {}]
    logins = [one["login"] for one in (await office.asks.get("/v1/accounts")).json()["items"]]
    assert "one" not in logins


async def test_the_holder_sets_the_password_by_all_three_parts_and_once(office: AccessOffice) -> None:
    shown = await office.granted(await office.request(wanted("one", 7, SCREENER)))
    code = (await office.codes(shown["case_id"]))["one"]
    assert (await office.set_password("one", code)).status_code == 204
    person = await office.sign_in("one")
    assert (await person.get("/v1/me")).json()["grants"][0]["role"] == "SCREENER"
    again = await office.set_password("one", code, "another long password")
    assert (again.status_code, again.json()["code"]) == (401, "code-wrong")
    assert (await office.parts(shown["case_id"])) == [{}, {}]
    assert (await person.get("/v1/me")).status_code == 200


async def test_one_part_opens_nothing_and_is_shown_to_nobody_else(office: AccessOffice, rig: Rig) -> None:
    shown = await office.granted(await office.request(wanted("one", 7)))
    path = f"/v1/access/{shown['case_id']}/codes"
    [first] = (await office.asks.post(path)).json()["codes"]
    part = first["part"]
    for code in (part, f"{part}.{part}.{part}", f"{part}..", "..", "."):
        assert (await office.set_password("one", code)).status_code == 401
    other = await rig.account(SECURITY)
    refused = await other.post(path)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-your-request")


async def test_parts_that_are_asked_for_again_are_others(office: AccessOffice) -> None:
    shown = await office.granted(await office.request(wanted("one", 7)))
    lost = (await office.codes(shown["case_id"]))["one"]
    found = (await office.codes(shown["case_id"]))["one"]
    assert (await office.set_password("one", lost)).status_code == 401
    assert (await office.set_password("one", found)).status_code == 204


async def test_what_is_kept_of_codes_and_people_tells_neither(office: AccessOffice) -> None:
    asked = await office.request(wanted("one", 7))
    shown = await office.granted(asked)
    code = (await office.codes(shown["case_id"]))["one"]
    [account] = shown["accounts"]
    assert account["id_number"].endswith(resident_number(7)[-4:])
    assert resident_number(7) not in str(shown)
    story = office.rig.stories[shown["case_id"]]
    plain = str([envelope.payload for envelope in story.events])
    for secret in (resident_number(7), "one", account["name"], *code.split(".")):
        assert f"'{secret}'" not in plain


async def test_a_reset_ends_the_password_and_every_session_until_the_holder_sets_another(
    office: AccessOffice,
) -> None:
    person = await office.opened("one", 7, SCREENER)
    shown = await office.granted(await office.about(person.account_id, "reset"))
    assert (await person.get("/v1/me")).status_code == 401
    wrong = await office.rig.client.post("/v1/sessions", json={"login": "one", "password": PASSWORD})
    assert wrong.status_code == 401
    code = (await office.codes(shown["case_id"]))["one"]
    assert (await office.set_password("one", code, "another long password")).status_code == 204
    assert (await office.sign_in("one", password="another long password")).token


async def test_an_account_is_closed_at_once_and_opened_again_by_two(office: AccessOffice) -> None:
    person = await office.opened("one", 7, SCREENER)
    asked = await office.about(person.account_id, "disable")
    assert (await person.get("/v1/me")).status_code == 401, "before anybody has confirmed it"
    assert (await office.decide(asked, "REFUSED")).status_code == 200
    again = await office.sign_in("one")
    assert (await again.get("/v1/me")).status_code == 200, "the second person said no"
    await office.granted(await office.about(person.account_id, "disable"))
    asked = await office.about(person.account_id, "enable")
    wrong = await office.rig.client.post("/v1/sessions", json={"login": "one", "password": PASSWORD})
    assert wrong.status_code == 401
    await office.granted(asked)
    assert (await office.sign_in("one")).token


async def test_changed_grants_are_in_force_with_the_approval(office: AccessOffice) -> None:
    person = await office.opened("one", 7, SCREENER)
    asked = await office.about(person.account_id, "grants", grants=[])
    assert (await person.get("/v1/tasks")).status_code == 200
    await office.granted(asked)
    assert (await person.get("/v1/tasks")).status_code == 403


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (wanted("one", 7, {"role": "KING"}), 422, "grant-invalid"),
        (wanted("one", 7, {"role": "DEPT_HEAD", "unit": "tax"}), 422, "grant-invalid"),
        (wanted("one", 7, id_number="110105194912310020"), 422, "id-number-invalid"),
        (wanted("one two", 7), 422, "invalid"),
        (wanted("one", 7, password="a password of my own"), 422, "invalid"),
        (wanted("one", 7, is_admin=True), 422, "invalid"),
        (wanted("taken", 8), 409, "login-taken"),
        (wanted("one", 9, name="别人"), 422, "identity-mismatch"),
    ],
)
async def test_a_wrong_account_is_refused_by_its_own_code(
    office: AccessOffice, body: dict[str, object], status: int, code: str
) -> None:
    await office.granted(await office.request(wanted("taken", 9)))
    refused = await office.request(wanted("other", 10), body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert resident_number(7) not in refused.text


async def test_one_number_is_one_person_whatever_the_login(office: AccessOffice) -> None:
    shown = await office.granted(await office.request(wanted("one", 7), wanted("two", 7)))
    first, second = shown["accounts"]
    assert first["person_id"] == second["person_id"]
    assert first["account_id"] != second["account_id"]


async def test_asked_twice_under_one_key_it_is_one_request(office: AccessOffice) -> None:
    body = {"reason": "a term begins", "accounts": [wanted("one", 7)]}
    first = await office.asks.post("/v1/accounts", body, key="k1")
    again = await office.asks.post("/v1/accounts", body, key="k1")
    assert (first.status_code, first.json()) == (201, again.json())
    other = await office.asks.post("/v1/accounts", {**body, "reason": "another"}, key="k1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")

"""The witness's part of a code through the API: for whom, on the record first, the older part no more (adr/0035)."""

import pytest

from contracts.actor import Grant
from tests.access_office import AUDIT, SYS, AccessOffice, parts_of, wanted
from tests.officers_rig import Rig

SCREENER = {"role": "SCREENER", "district": "d01"}
CHECKER = {"role": "SECOND_CHECKER", "district": "d02"}
UFWD = Grant(role="UFWD", district="d01")


@pytest.fixture
async def office(rig: Rig) -> AccessOffice:
    return await AccessOffice.of(rig)


async def test_a_head_is_shown_their_own_and_hands_over_no_others(office: AccessOffice, rig: Rig) -> None:
    head = await rig.account(UFWD)
    asked = await office.request(wanted("one", 7, SCREENER), wanted("two", 8, CHECKER))
    assert (await head.get("/v1/witnessing")).json()["items"] == [], "nothing is there before it is approved"
    shown = await office.granted(asked)
    [row] = (await head.get("/v1/witnessing")).json()["items"]
    assert (row["login"], row["case_id"], row["drawn"]) == ("one", shown["case_id"], False)
    assert row["id_number"].startswith("*" * 14)
    both = [one["login"] for one in (await office.witnesses.get("/v1/witnessing", limit=1)).json()["items"]]
    assert both == ["one"]
    mine, other = [one["account_id"] for one in shown["accounts"]]
    for accounts in ([other], [mine, other]):
        refused = await office.witness(shown["case_id"], head, accounts)
        assert (refused.status_code, refused.json()["code"]) == (403, "not-a-witness")
    assert [*parts_of(await office.witness(shown["case_id"], head, [mine]))] == ["one"]
    assert (await head.get(f"/v1/access/{shown['case_id']}")).status_code == 403


async def test_of_no_request_the_same_is_said_as_of_anothers(office: AccessOffice, rig: Rig) -> None:
    head = await rig.account(Grant(role="DISC_HEAD", district="d01"))
    shown = await office.granted(await office.request(wanted("one", 7, SCREENER)))
    [account] = [one["account_id"] for one in shown["accounts"]]
    foreign = await office.witness(shown["case_id"], head, [account])
    nothing = await office.witness("access-of-nobody", head, [account])
    assert foreign.status_code == 403
    same = ("code", "detail", "title", "status")
    assert [foreign.json()[name] for name in same] == [nothing.json()[name] for name in same]


async def test_each_draw_stands_at_the_request_and_the_older_part_counts_no_more(
    office: AccessOffice, rig: Rig
) -> None:
    shown = await office.granted(await office.request(wanted("one", 7, SCREENER)))
    case_id, [account] = shown["case_id"], [one["account_id"] for one in shown["accounts"]]
    first, second = await office.parts(case_id)
    head = await rig.account(UFWD)
    older, newer = [parts_of(await office.witness(case_id, who)) for who in (head, office.witnesses)]
    assert [one["drawn"] for one in (await head.get("/v1/witnessing")).json()["items"]] == [True]
    witnessed = (await office.asks.get(f"/v1/access/{case_id}")).json()["witnessed"]
    assert [(one["witness"], one["accounts"], one["replaced"]) for one in witnessed] == [
        (head.person_id, [account], [account]),
        (office.witnesses.person_id, [account], []),
    ]
    codes = [".".join((first["one"], second["one"], third["one"])) for third in (older, newer)]
    assert (await office.set_password("one", codes[0])).status_code == 401
    assert (await office.set_password("one", codes[1])).status_code == 204
    used = await office.witness(case_id)
    assert (used.status_code, used.json()["code"]) == (403, "not-a-witness")


async def test_whoever_keeps_accounts_has_no_such_way_and_one_of_their_own_is_no_witness(
    office: AccessOffice, rig: Rig
) -> None:
    shown = await office.granted(await office.request(wanted("one", 7, SCREENER)))
    for who in (office.asks, office.decides, await rig.account(SYS)):
        assert (await office.witness(shown["case_id"], who)).json()["code"] == "wrong-role"
        assert (await who.get("/v1/witnessing")).status_code == 403
    own = await rig.account(AUDIT, serial=7)
    assert (await office.witness(shown["case_id"], own)).json()["code"] == "conflict-of-interest"
    refused = await office.witness(shown["case_id"], own)
    assert refused.status_code == 403
    assert (await office.asks.get(f"/v1/access/{shown['case_id']}")).json()["witnessed"] == []

"""What was approved takes force in the order of the record, and the last administrator of a kind stays."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tests.access_office import SYS, AccessOffice, wanted
from tests.officers_rig import Rig

SCREENER = {"role": "SCREENER", "district": "d01"}


@pytest.fixture
async def office(rig: Rig) -> AccessOffice:
    return await AccessOffice.of(rig)


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
    other = await rig.account(SYS)
    for last in (office.decides, office.witnesses):
        for act, body in (("disable", {}), ("grants", {"grants": []})):
            refused = await office.about(last.account_id, act, **body)
            assert (refused.status_code, refused.json()["code"]) == (409, "last-administrator")
    assert (await office.about(office.asks.account_id, "disable", who=other)).status_code == 201
    refused = await office.about(office.asks.account_id, "enable", who=office.asks)
    assert refused.status_code == 401, "who was closed is out at once"


ENDS = (datetime.now(UTC) + timedelta(days=30)).isoformat()


async def test_whose_grant_ends_and_who_never_came_is_nobody_who_remains(
    office: AccessOffice, rig: Rig
) -> None:
    """Else the last one goes with the other's grant, and nobody is left whom an account could be asked from."""
    other = await office.opened("other", 31, {"role": "SYS_ADMIN", "until": ENDS})
    await office.granted(await office.request(wanted("never", 32, {"role": "SYS_ADMIN"})))
    for act, body in (("disable", {}), ("grants", {"grants": []})):
        refused = await office.about(office.asks.account_id, act, who=other, **body)
        assert (refused.status_code, refused.json()["code"]) == (409, "last-administrator"), act
    third = await office.opened("third", 33, {"role": "SYS_ADMIN"})
    assert (await office.about(office.asks.account_id, "disable", who=third)).status_code == 201


async def test_the_last_administrator_is_given_no_end(office: AccessOffice, rig: Rig) -> None:
    for last in (office.decides, office.witnesses):
        role = "SECURITY_ADMIN" if last is office.decides else "AUDITOR"
        refused = await office.about(last.account_id, "grants", grants=[{"role": role, "until": ENDS}])
        assert (refused.status_code, refused.json()["code"]) == (409, "last-administrator")


async def test_who_cannot_sign_in_now_is_nobody_who_remains_when_it_is_asked(
    office: AccessOffice, rig: Rig
) -> None:
    other = await office.opened("other", 31, {"role": "SYS_ADMIN"})
    await office.granted(await office.about(other.account_id, "reset"))
    # Somebody asks who does not count: the role is to end.
    asks = await office.opened("asks", 34, {"role": "SYS_ADMIN", "until": ENDS})
    refused = await office.about(office.asks.account_id, "disable", who=asks)
    assert refused.json()["code"] == "last-administrator"

"""An act that is begun from a case: the API says what it knows there, and takes what it said."""

from typing import Any

from contracts.actor import Grant
from contracts.vocabulary import Seat
from tests import stories
from tests.officers_rig import Person, Rig, task_opened
from tests.unit.officers.test_api_data_requests import NOMINEE, concerned
from tests.unit.officers.test_api_offered import offered
from tests.unit.officers.test_api_removals import MEMBER, sits

EVALUATOR = Grant(role="EVALUATOR", district="d01")


async def _member(rig: Rig) -> Person:
    member = await rig.account(MEMBER)
    for case_id, district, seat in (("t1", "d01", "standing"), ("t2", "d02", "executive")):
        await rig.tell(rig.story(case_id, "tenure", case_id, district), sits(member.person_id, Seat(seat)))
    return member


def _with(offer: dict[str, Any], **typed: Any) -> dict[str, Any]:
    """What a page sends: what is given, what the form begins with, and what was typed."""
    body: dict[str, Any] = {**offer["begun"], **typed}
    for path, said in offer["given"].items():
        above, _, last = path.rpartition(".")
        (body.setdefault(above, {}) if above else body)[last] = said
    return body


async def test_a_removal_is_begun_from_the_seat_with_all_that_is_known_of_it(rig: Rig) -> None:
    member, officer = await _member(rig), await rig.account(EVALUATOR)
    offer = (await offered(officer, "/v1/cases/t1"))["open-removal"]
    assert offer["begun"]["other_seats"][0]["tenure"] == "t2"
    fields = offer["form"]["properties"]
    assert {"person_id", "tenure", "district", "seat"}.isdisjoint(fields)
    assert offer["begun"]["policy"] == "2026.1"
    assert "name" not in fields["lead"]["properties"]
    sent = _with(offer, source="absence", lead={"text": "无故缺席三次"})
    assert (await officer.post(f"/v1{offer['address']}", sent)).status_code == 202
    [command] = rig.engine.sent
    assert (command.person_id, command.tenure, command.lead.name) == (member.person_id, "t1", member.name)


async def test_nobody_else_is_offered_it_there_and_it_stands_for_nothing_else(rig: Rig) -> None:
    await _member(rig)
    other = await rig.account(Grant(role="EVALUATOR", district="d02"))
    clerk = await rig.account(Grant(role="CLERK", district="d01"))
    assert (await other.get("/v1/cases/t1")).status_code == 404
    assert "open-removal" not in await offered(clerk, "/v1/cases/t1")
    [offer] = (await other.get("/v1/acts")).json()["items"]
    assert (offer["code"], offer["begun_from"], offer["alone"]) == ("open-removal", ["tenure"], True)
    assert offer["given"] == {}


async def test_a_member_whose_seat_no_case_follows_is_named_by_number(rig: Rig) -> None:
    member, officer = await rig.account(MEMBER), await rig.account(EVALUATOR)
    body = {"policy": "2026.1", "district": "d01", "seat": "standing", "source": "absence"}
    body |= {"id_number": member.id_number, "lead": {"name": member.name, "text": "无故缺席三次"}}
    assert (await officer.post("/v1/removals", body)).status_code == 202
    assert rig.engine.sent[0].person_id == member.person_id
    both = await officer.post("/v1/removals", {**body, "person_id": member.person_id})
    assert both.status_code == 422
    other = {**body, "lead": {"name": officer.name, "text": "x"}}
    assert (await officer.post("/v1/removals", other)).json()["code"] == "identity-mismatch"


async def test_whoever_asks_about_their_data_asks_from_their_own_case(rig: Rig) -> None:
    person = await concerned(rig)
    offer = (await offered(person, "/v1/cases/c1"))["ask-about-data"]
    assert (offer["given"]["case_id"], offer["given"]["name"]) == ("c1", person.name)
    sent = _with(offer, right="correct", wanted="请更正")
    assert (await person.post(f"/v1{offer['address']}", sent)).status_code == 201
    stranger = await rig.account(NOMINEE)
    [listed] = (await stranger.get("/v1/acts")).json()["items"]
    assert (listed["code"], listed["alone"]) == ("ask-about-data", False)


async def test_a_case_says_which_masked_parts_may_be_shown_to_whom(rig: Rig) -> None:
    await rig.batch()
    own = await rig.account(NOMINEE)
    await rig.case("c1", person=own.person_id)
    screener = await rig.account(Grant(role="SCREENER", district="d01"))
    shown = {one["code"] for one in (await screener.get("/v1/cases/c1")).json()["reveals"]}
    assert {"id_number", "contact"} <= shown
    assert "reports" not in shown
    assert (await own.get("/v1/cases/c1")).json()["reveals"] == []
    said = {"fields": sorted(shown), "purpose": "identify", "reason": "核对原件"}
    assert (await screener.post("/v1/cases/c1/reveals", said)).status_code == 200


async def test_an_evaluator_learns_of_no_removal_of_themselves(rig: Rig) -> None:
    """Neither from what their own seat offers nor by asking: the member is told when they are heard."""
    own = await rig.account(EVALUATOR, MEMBER)
    await rig.tell(rig.story("t1", "tenure", "t1"), sits(own.person_id, Seat.STANDING))
    removal = rig.story("r1", "removal", "r1")
    await rig.tell(removal, stories.removal_opened(own.person_id), task_opened("r1", "lead"))
    assert "open-removal" not in await offered(own, "/v1/cases/t1")
    body = {"policy": "2026.1", "district": "d01", "seat": "standing", "source": "absence", "tenure": "t1"}
    lead = {"name": own.name, "text": "无故缺席三次"}
    for said in ({"person_id": own.person_id}, {"id_number": own.id_number}):
        refused = await own.post("/v1/removals", {**body, **said, "lead": lead})
        assert (refused.status_code, refused.json()["code"]) == (403, "conflict-of-interest")
        assert "r1" not in refused.text

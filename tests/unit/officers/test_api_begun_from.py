"""What may be begun from a case that one reads: the case says all that it knows, and the route takes it."""

from typing import Any

from contracts.actor import Grant
from contracts.vocabulary import CaseState, Seat
from tests import stories
from tests.officers_rig import Person, Rig
from tests.told import ended

EVALUATOR = Grant(role="EVALUATOR", district="d01")
LEAD = {"policy": "2026.1", "source": "absence"}


async def holds(rig: Rig, member: Person, case_id: str, district: str, seat: Seat) -> None:
    """The member holds a seat, which a case follows."""
    story = rig.story(case_id, "tenure", case_id, district)
    called = stories.NOMINEE.model_copy(update={"name": member.name})
    opened = stories.tenure_opened(member.person_id)
    await rig.tell(story, opened.model_copy(update={"seat": seat, "private": called}))


async def offer(person: Person, case_id: str, code: str) -> dict[str, Any] | None:
    """The act of this code, where it is offered on the case."""
    acts = (await person.get(f"/v1/cases/{case_id}")).json()["acts"]
    return next((one for one in acts if one["code"] == code), None)


async def test_a_removal_is_begun_from_the_seat_and_nobody_types_a_number(rig: Rig) -> None:
    officer, member = await rig.account(EVALUATOR), await rig.account(Grant(role="MEMBER"))
    await holds(rig, member, "t1", "d01", Seat.STANDING)
    await holds(rig, member, "t2", "d02", Seat.EXECUTIVE)
    act = await offer(officer, "t1", "open-removal")
    assert act is not None
    other = {"owner": "federation", "district": "d02", "seat": "executive", "tenure": "t2"}
    assert act["given"] == {
        "district": "d01",
        "person_id": member.person_id,
        "seat": "standing",
        "tenure": "t1",
        "open_removal": None,
        "lead": {"name": member.name},
        "other_seats": [other],
    }
    lead = {"lead": {**act["given"]["lead"], "text": "无故缺席三次"}}
    answer = await officer.post(f"/v1{act['address']}", {**act["given"], **LEAD, **lead})
    assert answer.status_code == 202, answer.json()
    await rig.removal("r1", member.person_id)
    again = await offer(officer, "t1", "open-removal")
    assert again is not None
    assert again["given"]["open_removal"] == "r1"


async def test_nobody_else_is_offered_it_and_no_seat_that_is_lost(rig: Rig) -> None:
    officer, member = await rig.account(EVALUATOR), await rig.account(Grant(role="MEMBER"))
    clerk = await rig.account(Grant(role="CLERK", district="d01"))
    elsewhere = await rig.account(
        Grant(role="EVALUATOR", district="d02"), Grant(role="CLERK", district="d01")
    )
    await holds(rig, member, "t1", "d01", Seat.STANDING)
    for person in (clerk, elsewhere, member):
        assert await offer(person, "t1", "open-removal") is None
    await rig.case("c1", serial=1)
    assert await offer(officer, "c1", "open-removal") is None
    await rig.tell(rig.stories["t1"], ended(CaseState.TERM_ENDED))
    assert await offer(officer, "t1", "open-removal") is None


async def test_one_asks_about_ones_own_data_from_a_case_of_ones_own(rig: Rig) -> None:
    officer, member = await rig.account(EVALUATOR), await rig.account(Grant(role="MEMBER"))
    await holds(rig, member, "t1", "d01", Seat.STANDING)
    act = await offer(member, "t1", "ask-about-data")
    assert act is not None
    assert act["given"] == {"policy": "2026.1", "district": "d01", "case_id": "t1", "name": member.name}
    answer = await member.post(f"/v1{act['address']}", {**act["given"], "right": "inspect", "wanted": "全部"})
    assert answer.status_code == 202, answer.json()
    assert await offer(officer, "t1", "ask-about-data") is None


async def test_whom_a_conflict_is_reported_of_is_chosen_among_colleagues(rig: Rig) -> None:
    await rig.case("c1", serial=1)
    act = await offer(await rig.account(EVALUATOR), "c1", "report-conflict")
    assert act is not None
    assert act["hints"] == {"person_id": {"from": "colleague"}}
    assert act["given"] == {}

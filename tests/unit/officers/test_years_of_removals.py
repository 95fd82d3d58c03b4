"""Who hands a removal its calendar years, which nobody who opens it needs to know (§8.8.10)."""

from tests.officers_rig import Rig
from tests.unit.officers.test_api_removals import EVALUATOR, MEMBER, body


async def test_where_no_case_follows_the_seat_the_batch_of_the_district_hands_it_its_years(rig: Rig) -> None:
    officer, member = await rig.account(EVALUATOR), await rig.account(MEMBER)
    await rig.batch("b1", ("d02",))
    await officer.post("/v1/removals", body(member), key="k-none")
    await rig.batch("b2", ("d01", "d02"))
    for key in ("k-b2", "k-b2"):
        await officer.post("/v1/removals", body(member, seat="executive"), key=key)
    hands = [command.years_from for command in rig.engine.sent]
    assert (hands[0], {one.case_id for one in hands[1:]}) == (None, {"b2"})

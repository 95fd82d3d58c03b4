"""What an opening says is the same at every try: nothing that the office finds beside it may be another (§8.8.10)."""

from tests.officers_rig import Rig
from tests.unit.officers.test_api_removals import EVALUATOR, MEMBER, body


async def test_a_repeat_is_the_same_request_though_a_batch_has_opened_in_the_district(rig: Rig) -> None:
    officer, member = await rig.account(EVALUATOR), await rig.account(MEMBER)
    first = await officer.post("/v1/removals", body(member), key="k-1")
    await rig.batch("b1", ("d01", "d02"))
    again = await officer.post("/v1/removals", body(member), key="k-1")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert {command.body_digest for command in rig.engine.sent} == {rig.engine.sent[0].body_digest}

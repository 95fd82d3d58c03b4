"""SC-19: the tax authority reports a namesake's debt; it is taken back, and its time counts against nobody."""

from contracts.vocabulary import CaseState
from tests.asking import local, opening
from tests.engine import Clock
from tests.fakes import FakeRecord
from tests.instants import midnight_after
from tests.office import Office, finding
from tests.workflows.conftest import Open


async def test_sc_19_wrong_person(clock: Clock, open_case: Open, record: FakeRecord) -> None:
    await clock.begin(local("2026-03-02 09:30"))
    office = Office(await open_case(opening()))
    await office.screened()
    assert (await office.task("reply", "police")).due == midnight_after(3, 16)
    await office.desk.until(local("2026-03-03 10:00"))
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.desk.until(local("2026-03-04 15:00"))
    await office.act("explain", "MISMATCH", form={"text": "the number on the notice is not mine"})
    assert (await office.task("match", "tax")).due == midnight_after(3, 6)
    await office.desk.until(local("2026-03-06 17:00"))
    await office.act("match", "MISMATCH", unit="tax", reason="the debt is a namesake's")
    await office.act("match-sign", "CONFIRM", unit="tax")
    case = await office.desk.case()
    assert (case.state, case.open_hits()) == (CaseState.CONSULTING, [])
    (corrected,) = record.of("hit-cancelled")
    assert corrected.payload == {"hit": 1, "effect": "H"}
    # Tuesday 3 to Friday 6 March stood still: four working days come back.
    assert (await office.task("reply", "police")).due == midnight_after(3, 20)
    await office.replies("tax")
    await office.graded(900)
    assert (await office.desk.case()).grade == "A", "nothing of it is held against the nominee"

"""SC-08, second half: withdrawn on 2026-03-10 while an H item is being explained; the item stays attached."""

from contracts.vocabulary import CaseState
from tests.asking import local, opening
from tests.engine import Clock
from tests.fakes import FakeRecord
from tests.office import Office, finding
from tests.workflows.conftest import Open


async def test_sc_08_a_withdrawal_leaves_the_open_item_attached(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    await clock.begin(local("2026-03-02 09:30"))
    office = Office(await open_case(opening()))
    await office.screened()
    await office.desk.until(local("2026-03-09 10:00"))
    await office.reply("police", "ISSUE", finding("NL-C07-DRUGS", anchor="2024-02-29"))
    await office.desk.until(local("2026-03-10 10:00"))
    await office.withdraw()
    case = await office.desk.case()
    assert case.state is CaseState.WITHDRAWN
    assert [hit.ruling for hit in case.hits] == [None], (
        "nobody has ruled on it, and nothing is recorded as guilt"
    )
    assert not record.of("hit-ruled")
    (found,) = record.of("hit-found")
    assert found.payload["until"] == "2029-02-28", "shown to screeners until the day before"

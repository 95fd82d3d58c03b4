"""SC-08: the nominee withdraws midway, with nine of fourteen replies in (domain §9)."""

import pytest

from contracts.vocabulary import CaseState
from tests.asking import local, opening
from tests.desks import RefusedError
from tests.engine import Clock
from tests.fakes import FakeRecord
from tests.office import Office
from tests.workflows.conftest import Open


async def test_sc_08_the_nominee_withdraws_midway(clock: Clock, open_case: Open, record: FakeRecord) -> None:
    await clock.begin(local("2026-03-02 09:30"))
    office = Office(await open_case(opening()))
    await office.screened()
    units = [department.code for department in office.desk.policy.departments]
    answered, silent = units[:9], units[9:]
    assert len(silent) == 5
    for unit in answered:
        await office.reply(unit)
    await office.desk.until(local("2026-03-10 10:00"))
    await office.withdraw()
    case = await office.desk.case()
    assert case.state is CaseState.WITHDRAWN
    assert sorted(e.payload["unit"] for e in record.of("task-cancelled")) == sorted(silent)
    assert [e.payload["cause"] for e in record.of("case-ended")] == ["withdrawn"]
    late = next(task for task in case.tasks.values() if task.kind == "reply" and task.unit == silent[0])
    with pytest.raises(RefusedError, match="case-ended"):
        await office.answer(late, "NO_ISSUE")
    assert not record.of("case-graded")
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")
    assert [e.payload["retention"] for e in record.of("case-filed")] == ["10y"]

"""A roster on trial tells its reader of the people whom their own unit nominated, and of nobody else (faults M2)."""

import json
from typing import Any

from services.officers.routes.rosters import XLSX
from tests.invented import nominee
from tests.rights import needles
from tests.rights.conftest import Tried
from tests.rights.readers import Reader
from tests.unit.officers.sheets import row, sheet

NOBODY = 77


async def told(reader: Reader, serial: int) -> Any:
    """What is told of somebody who is handed in under a name that is not theirs."""
    (grant,) = reader.grants
    body = sheet([row(serial, name="测试·他名", nominating_unit=grant.unit, district=grant.district)])
    headers, where = {"Content-Type": XLSX}, {"dry_run": "true"}
    answer = await reader.person.post("/v1/batches/b1/roster", headers=headers, content=body, params=where)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text.replace(nominee(serial).id_number, "-"))


async def test_a_trial_tells_of_nobody_whom_another_unit_nominated(tried: Tried) -> None:
    matrix, looking = tried
    nominating = [one for one in looking if one.name.startswith("NOMINATOR")]
    assert len(nominating) > 1
    for reader in nominating:
        own = {matrix.house.serials[case] for case in ("c1", "c4") if _brought(matrix.known[case], reader)}
        of_nobody = await told(reader, NOBODY)
        for serial in (1, 4):
            found = await told(reader, serial)
            matrix.check(reader, f"a trial of person {serial}", found != of_nobody, serial in own)
            secret = needles.of(serial)
            matrix.check(reader, "a number", secret.number in str(found), False)
    assert matrix.wrong == [], matrix.wrong


def _brought(case: Any, reader: Reader) -> bool:
    (grant,) = reader.grants
    return (grant.unit, grant.district) == (case.unit, case.district)

"""A name that is repaired is held against the person registered, as the import holds it."""

import pytest

from contracts.actor import Grant
from tests.invented import name_of
from tests.officers_rig import DIGEST, Rig, task_opened


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (name_of(1), None),
        (f" {name_of(1)[0]}\u3000{name_of(1)[1:]} ", None),
        (name_of(2), "identity-mismatch"),
    ],
)
async def test_a_repaired_name_is_the_registered_one(rig: Rig, name: str, code: str | None) -> None:
    person = await rig.account(Grant(role="NOMINEE"), serial=1)
    unit = await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"))
    await rig.case("c1", person=person.person_id)
    await rig.tell(rig.stories["c1"], task_opened("c1", "repair", unit="chamber"))
    body = {"outcome": "REPAIRED", "form": {"name": name}, "reason": "", "seen": DIGEST}
    answer = await unit.post("/v1/tasks/c1.repair.1.chamber.1/outcome", body)
    assert answer.json().get("code") == code, answer.text
    assert len(rig.engine.sent) == (code is None)

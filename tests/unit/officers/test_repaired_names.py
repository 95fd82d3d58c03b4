"""What is repaired holds what a cell must hold, and a name is held against the person registered, as at the import."""

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


@pytest.mark.parametrize(
    ("form", "zh"),
    [
        ({"email": "a..b@c.example"}, "电子邮箱：不是邮箱地址"),
        ({"phone": "call me"}, "电话：不是电话号码"),
        ({"name": "张三3"}, "姓名：姓名中不应有：3（各部分之间用间隔号 ·）"),
    ],
)
async def test_what_is_wrong_with_a_repair_is_told_in_the_callers_language(
    rig: Rig, form: dict[str, str], zh: str
) -> None:
    unit = await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"))
    await rig.case("c1")
    await rig.tell(rig.stories["c1"], task_opened("c1", "repair", unit="chamber"))
    body = {"outcome": "REPAIRED", "form": form, "reason": "", "seen": DIGEST}
    path, chinese = "/v1/tasks/c1.repair.1.chamber.1/outcome", {"Accept-Language": "zh"}
    answer = await unit.post(path, body, headers=chinese)
    assert (answer.status_code, answer.json()["code"]) == (422, "form-invalid")
    assert answer.json()["detail"] == zh
    assert rig.engine.sent == []

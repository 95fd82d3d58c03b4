"""In the auditor's lists a number stands beside a word: who acted by name, a case by its kind and district alone."""

from contracts.actor import Grant
from tests.consulted import consulted
from tests.invented import nominee
from tests.officers_rig import Rig

CHINESE = {"Accept-Language": "zh"}
OUTSIDER = Grant(role="INSPECTOR", district="d02")


async def test_a_read_names_its_reader_and_of_the_case_kind_and_district_alone(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    reader = await rig.account(Grant(role="EVALUATOR", district="d01"))
    await reader.get("/v1/tasks/c1.confirm-fact.1.1")
    auditor = await rig.account(Grant(role="AUDITOR"))
    answer = await auditor.get("/v1/journal", case_id="c1", headers=CHINESE)
    [line] = answer.json()["items"]
    assert (line["name"], line["names"]["about"]) == (reader.name, "推荐人选 · 东湖区")
    assert nominee().name not in answer.text


async def test_a_refused_act_names_whoever_tried_and_says_on_what(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    person = await rig.account(OUTSIDER)
    said = {"outcome": "CONFIRM", "seen": "a" * 64}
    for path in ("/v1/tasks/c1.confirm-fact.1.1/outcome", "/v1/tasks/t9/outcome"):
        assert (await person.post(path, said)).status_code == 404
    assert (
        await person.post("/v1/batches/b1/election", {"election_at": "2030-01-01T00:00:00+08:00"})
    ).is_error
    auditor = await rig.account(Grant(role="AUDITOR"))
    answer = await auditor.get("/v1/record/refusals", headers=CHINESE)
    kept = answer.json()["items"]
    assert {one["name"] for one in kept} == {person.name}
    behind = {one["target"]: one["names"].get("target") for one in kept}
    title = (await auditor.get("/v1/batches/b1")).json()["title"]
    assert behind == {
        "c1.confirm-fact.1.1": "核实否决事实 · 推荐人选 · 东湖区",
        "t9": None,
        "b1": f"批次 · {title}",
    }
    assert nominee().name not in answer.text

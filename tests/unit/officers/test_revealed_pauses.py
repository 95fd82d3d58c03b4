"""What is shown for a purpose tells of no investigation to who may not know of one: neither the fact, nor the reply
that names it, nor a paper of that reply, nor what two people confirmed (T4, domain §8.5, §8.8.2)."""

from typing import Any

import pytest

from contracts.actor import Grant
from contracts.events.review import HitFacts, HitFound, HitRuled
from contracts.events.task import Answer, TaskCompleted
from contracts.vocabulary import Effect, Ruling, Stage
from tests.access_office import AccessOffice
from tests.consulted import FACT, department, screener
from tests.officers_rig import Person, Rig, task_opened
from tests.unit.officers.test_api_emergencies import ELSEWHERE, begun, read
from tests.unit.officers.test_documents import up

OPEN = FACT.model_copy(update={"item": "NL-C03", "text": "正在接受审查"})
DEBT = FACT.model_copy(update={"text": "欠税"})
REPLY = "c1.reply.1.police.1"


def answered(task_id: str, stage: Stage, outcome: str, unit: str = "", **said: Any) -> TaskCompleted:
    kind = task_id.split(".")[1]
    private = Answer(**{"form": {}, "reason": "", **said})
    return TaskCompleted(
        task_id=task_id,
        kind=kind,
        stage=stage,
        unit=unit,
        outcome=outcome,
        answer_digest="a" * 64,
        private=private,
    )


async def investigated(rig: Rig) -> str:
    """The police named an open investigation beside a debt, with a paper, and one person has confirmed it; where the
    paper is."""
    await rig.batch()
    story = await rig.case("c1", person="p-nominee")
    await rig.tell(story, task_opened("c1", "reply", "police"))
    where = await up(await rig.account(department("DEPT_OFFICER", "police")), task_id=REPLY)
    findings = [OPEN.model_dump(mode="json"), DEBT.model_dump(mode="json")]
    facts = [HitFacts(fact=one, source="police", reported_by="p-x") for one in (OPEN, DEBT)]
    form: dict[str, Any] = {"findings": findings}
    await rig.tell(
        story,
        answered(REPLY, Stage.CONSULTATION, "ISSUE", "police", form=form, reason="立案审查中"),
        HitFound(hit=1, effect=Effect.PAUSE, private=facts[0]),
        HitFound(hit=2, effect=Effect.HARD, private=facts[1]),
        task_opened("c1", "confirm-pause", about="hit.1"),
        answered("c1.confirm-pause.1.1", Stage.RULING, "PAUSE", reason="文号某号"),
        HitRuled(hit=1, effect=Effect.PAUSE, ruling=Ruling.PAUSE),
    )
    return str(where.headers["Location"])


async def shown(person: Person, part: str) -> Any:
    body = {"fields": [part], "purpose": "verify", "reason": "核对"}
    answer = await person.post("/v1/cases/c1/reveals", body)
    assert answer.status_code == 200, answer.text
    return answer.json()["shown"][part]


@pytest.mark.parametrize("role", ["SCREENER", "EVALUATOR", "PANEL_CHAIR", "UFWD", "LEADER_IN_CHARGE"])
async def test_no_investigation_is_among_the_findings_that_are_revealed(rig: Rig, role: str) -> None:
    await investigated(rig)
    person = await rig.account(Grant(role=role, district="d01"))
    assert [one["hit"] for one in (await shown(person, "findings"))["told"]] == [2]


@pytest.mark.parametrize("role", ["EVALUATOR", "PANEL_CHAIR", "UFWD"])
async def test_nor_in_the_replies_nor_in_a_paper_of_one(rig: Rig, role: str) -> None:
    where = await investigated(rig)
    person = await rig.account(Grant(role=role, district="d01"))
    [reply] = (await shown(person, "replies"))["answers"]
    assert (reply["task_id"], reply["outcome"], reply["reason"]) == (REPLY, "ISSUE", "")
    assert [one["item"] for one in reply["form"]["findings"]] == [DEBT.item]
    assert (await person.get(where)).status_code == 404
    assert (await person.get("/v1/documents", case_id="c1")).json()["items"] == []


async def test_the_discipline_group_is_shown_all_of_it(rig: Rig) -> None:
    where = await investigated(rig)
    person = await rig.account(Grant(role="DISC_OFFICER", district="d01"))
    assert [one["hit"] for one in (await shown(person, "findings"))["told"]] == [1, 2]
    answers = (await shown(person, "replies"))["answers"]
    assert [one["kind"] for one in answers] == ["reply", "confirm-pause"]
    assert [one["item"] for one in answers[0]["form"]["findings"]] == [OPEN.item, DEBT.item]
    assert (await person.get(where)).status_code == 200


async def test_a_screener_reads_no_paper_of_a_reply_at_all(rig: Rig) -> None:
    where = await investigated(rig)
    assert (await (await rig.account(screener())).get(where)).status_code == 404


async def test_nor_is_it_read_in_an_emergency(rig: Rig) -> None:
    office = await AccessOffice.of(rig)
    await investigated(rig)
    reader = await rig.account(ELSEWHERE)
    answer = await read(reader, await begun(office, reader))
    assert answer.status_code == 200, answer.text
    assert [one["hit"] for one in answer.json()["shown"]["findings"]["told"]] == [2]
    assert OPEN.text not in answer.text

"""Whoever signs or answers a letter has its words before them: the same as go out, and nobody signs it unseen."""

from datetime import timedelta

import pytest

from contracts.actor import Grant
from contracts.lettering.plain import one_line
from contracts.policy.model import Policy
from services.notices.letters import Addressee, Kind, Letter
from services.officers.readmodel.reading.papers import END, START, Known, paper
from services.officers.readmodel.tables import TaskRow
from tests.letters import DEPARTMENT, POLICY, PUBLIC, file, letter, written
from tests.officers_rig import Rig, task_opened
from tests.stories import AT, FACT, NOMINEE

MEMBER = Addressee(code="member", kind=Kind.PERSON, person_id="p1", district="d1")
NAME, FIRM = NOMINEE.name, NOMINEE.firm
SAID = Known(NAME, FIRM, "executive", (FACT,), {"lead": "有人反映", "finding": "查明的事实"})
OF_SEAT = Known(NAME, "", "executive", (), {"lead": "有人反映"})
ASKED = {"N05": ("reply", "late-reply", "supplement"), "N19-4": ("apply-review", "apply-second-review")}


def signed_in(policy: Policy = POLICY) -> set[str]:
    return {kind.code for kind in policy.tasks if kind.signs}


def as_sent(kind: str) -> tuple[Letter, Known]:
    """The letter as notices would write it at that task, and what the case knows."""
    code = POLICY.task(kind).signs
    match code:
        case "N05":
            return letter(code, DEPARTMENT, task=kind, unit="tax", says="questions"), SAID
        case "N26":
            return letter(code, DEPARTMENT, task=kind, unit="tax", says="questions"), OF_SEAT
        case "N07" if kind == "answer-report":
            return letter(code, about="report.1", says="finding"), SAID
        case "N07":
            return letter(code, hits=(1,), says="facts", about="hit.1"), SAID
        case "N11":
            return letter(code, PUBLIC, window=(AT, AT + timedelta(days=5))), SAID
        case "N18":
            return letter(code, MEMBER, task=kind, says="lead"), OF_SEAT
        case "N19-4":
            return letter(code, MEMBER, task=kind), OF_SEAT
        case _:
            return letter(code), SAID


@pytest.mark.parametrize("kind", sorted(signed_in()))
def test_the_words_before_whoever_signs_are_those_of_the_letter(kind: str) -> None:
    sent, known = as_sent(kind)
    removal = known is OF_SEAT and not kind.startswith("re-")
    case = file(
        kind="removal" if removal else "nomination", lead="有人反映", findings={"report.1": "查明的事实"}
    )
    task = TaskRow(case_id="c1", parent="b1", kind=kind, unit=sent.unit, role=POLICY.task(kind).role)
    shown, body = paper(task, POLICY, known), written(sent, case).body
    assert (shown["letter"], shown["version"]) == (POLICY.task(kind).signs, "2026.1")
    for language in ("zh", "en"):
        assert shown["title"][language] in body[language]
        lines = [
            one for one in shown["text"][language].splitlines() if START.zh not in one and START.en not in one
        ]
        assert [one for one in lines if one_line(one) not in map(one_line, body[language].splitlines())] == []
        if shown["rights"]:
            assert shown["rights"][language] in body[language]


def test_a_notice_that_is_still_to_be_posted_says_that_its_instants_are_fixed_then() -> None:
    shown = paper(
        TaskRow(case_id="c1", parent="b1", kind="post-notice", unit="", role="NOTICE_OFFICER"), POLICY, SAID
    )
    assert START.zh in shown["text"]["zh"]
    assert END.zh in shown["text"]["zh"]
    assert "暂定" not in shown["text"]["zh"]


async def test_the_nominee_reads_what_they_sign_and_nobody_else_does(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"))
    story = await rig.case("c3", person=person.person_id, serial=3)
    await rig.tell(story, task_opened("c3", "declare"))
    content = (await person.get("/v1/tasks/c3.declare.1.1")).json()["content"]["paper"]
    assert (content["letter"], content["version"]) == ("N04", "2026.1")
    assert "推荐为执委人选" in content["text"]["zh"]
    assert "{{" not in str(content)
    auditor = await rig.account(Grant(role="AUDITOR"))
    assert "paper" not in (await auditor.get("/v1/tasks/c3.declare.1.1")).json()["content"]

"""What is personal is masked, noted before it is shown, and not shown when it cannot be noted."""

from typing import Any

import pytest
from sqlalchemy import text

from contracts.actor import Grant
from contracts.events.conflict import Conflict, ConflictDeclared
from contracts.events.review import Correction, HitCancelled
from contracts.events.task import Answer, TaskCompleted
from contracts.vocabulary import Effect, Stage
from tests.consulted import consulted, department, screener, told_of
from tests.invented import nominee
from tests.officers_rig import Person, Rig, task_opened
from tests.reports import received

BLOCKED = (
    "CREATE TRIGGER blocked BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no room for a note'); END"
)
ASKED = {"fields": ["id_number"], "purpose": "identify", "reason": "与公安部门核对"}


async def noted(rig: Rig, **narrowed: str) -> list[dict[str, Any]]:
    """Lines of the journal as the auditor reads them."""
    auditor = await rig.account(Grant(role="AUDITOR"))
    found: list[dict[str, Any]] = (await auditor.get("/v1/journal", limit=100, **narrowed)).json()["items"]
    return found


async def block(rig: Rig) -> None:
    async with rig.office.database.connection() as connection:
        await connection.execute(text(BLOCKED))


async def of_team(rig: Rig, role: str = "EVALUATOR") -> Person:
    await rig.batch()
    await consulted(rig)
    return await rig.account(Grant(role=role, district="d01"))


async def test_a_task_with_a_finding_is_noted_as_read(rig: Rig) -> None:
    reader = await of_team(rig)
    await reader.get("/v1/tasks/c1.confirm-fact.1.1")
    [line] = await noted(rig, case_id="c1")
    assert (line["what"], line["target"], line["tier"]) == ("read", "c1.confirm-fact.1.1", "T3")
    assert (line["person_id"], line["subject"], line["roles"]) == (
        reader.person_id,
        "p-nominee",
        ["EVALUATOR"],
    )
    assert line["fields"] == ["id_number", "findings:hit.1", "replies:c1.explain.1.1"]
    assert line["names"]["what"]


async def test_what_was_seen_before_and_is_unchanged_is_not_shown_and_not_noted(rig: Rig) -> None:
    reader = await of_team(rig)
    first = await reader.get("/v1/tasks/c1.confirm-fact.1.1")
    again = await reader.get(
        "/v1/tasks/c1.confirm-fact.1.1", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert len(await noted(rig, case_id="c1")) == 1


async def test_lists_carry_names_and_nothing_else_that_is_personal(rig: Rig) -> None:
    reader = await of_team(rig)
    for path in ("/v1/cases", "/v1/tasks", "/v1/tasks?view=all", "/v1/cases/c1", "/v1/cases/c1/timeline"):
        shown = (await reader.get(path)).text
        assert nominee().id_number not in shown
        assert "欠税" not in shown
    # The detail names whom the case is about, as its row in a list does: of it stands as much in the journal.
    (line,) = await noted(rig, person_id="p-nominee")
    assert (line["what"], line["target"], line["fields"], line["tier"]) == ("read", "c1", ["dossier"], "T2")
    assert await noted(rig, case_id="c1") == [line]


async def test_without_its_note_nothing_is_shown(rig: Rig) -> None:
    reader = await of_team(rig)
    await block(rig)
    read = await reader.get("/v1/tasks/c1.confirm-fact.1.1")
    asked = await reader.post("/v1/cases/c1/reveals", ASKED)
    for refused in (read, asked):
        assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
        assert nominee().id_number not in refused.text
        assert "欠税" not in refused.text


async def test_a_report_is_read_as_sealed(rig: Rig) -> None:
    handler = await of_team(rig, "REPORT_HANDLER")
    await handler.get("/v1/tasks/c1.check-report.1.1")
    [line] = await noted(rig, reader=handler.person_id, what="read")
    assert (line["tier"], "reports:report.1" in line["fields"]) == ("T4", True)


async def test_a_closed_task_gives_how_it_was_answered_and_nothing_that_was_written(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    officer = await rig.account(department("DEPT_OFFICER", "tax"))
    closed = (await officer.get("/v1/tasks/c1.reply.1.tax.1")).json()["content"]
    assert closed["answer"]["outcome"] == "ISSUE"
    assert "欠税" not in str(closed)
    assert nominee().id_number not in str(closed)
    assert "replies" not in closed
    assert "hit" not in closed


async def test_whoever_ruled_on_a_finding_reads_it_no_more_in_the_closed_task(rig: Rig) -> None:
    await rig.batch()
    story = await consulted(rig)
    ruled = TaskCompleted(
        task_id="c1.confirm-fact.1.1",
        kind="confirm-fact",
        stage=Stage.RULING,
        unit="",
        outcome="VETO",
        answer_digest="b" * 64,
        private=Answer(form={}, reason="属实"),
    )
    await rig.tell(story, ruled)
    reader = await rig.account(Grant(role="EVALUATOR", district="d01"))
    content = (await reader.get("/v1/tasks/c1.confirm-fact.1.1")).json()["content"]
    assert content["answer"]["outcome"] == "VETO"
    assert "属实" not in str(content)
    assert "欠税" not in str(content)


async def test_who_asks_for_a_purpose_is_shown_the_number_and_noted(rig: Rig) -> None:
    reader = await of_team(rig, "SCREENER")
    masked = (await reader.get("/v1/cases/c1")).json()["dossier"]["id_number"]
    assert masked == f"{nominee().id_number[:3]}***********{nominee().id_number[-4:]}"
    shown = await reader.post("/v1/cases/c1/reveals", ASKED)
    assert shown.json()["shown"] == {"id_number": {"id_number": nominee().id_number}}
    assert shown.headers["Cache-Control"] == "no-store"
    [line] = await noted(rig, what="reveal")
    assert (line["purpose"], line["reason"]) == ("identify", "与公安部门核对")
    assert (line["target"], line["fields"]) == ("c1", ["id_number"])


async def test_asked_again_under_the_same_key_it_is_noted_again_and_kept_nowhere(rig: Rig) -> None:
    reader = await of_team(rig, "SCREENER")
    for _ in range(2):
        assert (await reader.post("/v1/cases/c1/reveals", ASKED, key="k1")).status_code == 200
    assert len(await noted(rig, what="reveal")) == 2
    async with rig.office.database.connection() as connection:
        kept = (await connection.execute(text("SELECT count(*) FROM kept"))).scalar()
    assert kept == 0


async def test_findings_and_reports_are_revealed_to_whom_the_policy_names(rig: Rig) -> None:
    evaluator = await of_team(rig)
    asked = {**ASKED, "fields": ["findings", "replies"], "purpose": "verify"}
    shown = (await evaluator.post("/v1/cases/c1/reveals", asked)).json()["shown"]
    assert [one["fact"]["text"] for one in shown["findings"]["told"]] == ["欠税"]
    assert {one["kind"] for one in shown["replies"]["answers"]} == {"reply", "explain"}
    sealed = {**ASKED, "fields": ["reports"], "purpose": "verify"}
    assert (await evaluator.post("/v1/cases/c1/reveals", sealed)).json()["code"] == "wrong-role"
    handler = await rig.account(Grant(role="REPORT_HANDLER", district="d01"))
    reports = (await handler.post("/v1/cases/c1/reveals", sealed)).json()["shown"]["reports"]["told"]
    assert [one["reporter"] for one in reports] == ["某人"]


NOT_THEIRS = {
    "a department": (department("DEPT_OFFICER", "police"), "wrong-role"),
    "another district": (screener("d02"), "unknown-case"),
    "another unit": (Grant(role="NOMINATOR", unit="guild", district="d01"), "unknown-case"),
    "a panel member": (Grant(role="PANEL_MEMBER", district="d01"), "wrong-role"),
    "the auditor": (Grant(role="AUDITOR"), "wrong-role"),
    "an administrator": (Grant(role="SYS_ADMIN"), "wrong-role"),
}


@pytest.mark.parametrize(("grant", "code"), NOT_THEIRS.values(), ids=NOT_THEIRS.keys())
async def test_nobody_else_is_shown_it_and_the_attempt_is_recorded(rig: Rig, grant: Grant, code: str) -> None:
    await rig.batch()
    await consulted(rig)
    person = await rig.account(grant)
    refused = await person.post("/v1/cases/c1/reveals", ASKED)
    assert refused.json()["code"] == code
    assert await noted(rig, what="reveal") == []
    auditor = await rig.account(Grant(role="AUDITOR"))
    [kept] = (await auditor.get("/v1/record/refusals")).json()["items"]
    assert (kept["act"], kept["target"], kept["code"]) == ("reveal", "c1", code)


async def test_a_recused_person_is_shown_nothing_for_any_purpose(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    person = await rig.account(screener())
    said = Conflict(ground="kin", reason="表弟")
    await rig.tell(
        story,
        ConflictDeclared(conflict=1, task_id="c1.screen.1.1", person_id=person.person_id, private=said),
    )
    refused = await person.post("/v1/cases/c1/reveals", ASKED)
    assert refused.json()["code"] == "conflict-of-interest"


async def test_a_purpose_that_no_policy_names_is_none(rig: Rig) -> None:
    reader = await of_team(rig, "SCREENER")
    refused = await reader.post("/v1/cases/c1/reveals", {**ASKED, "purpose": "curiosity"})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")


async def test_the_person_concerned_reads_their_own_in_clear(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"))
    await told_of(rig, await rig.case("c3", person=person.person_id, serial=3))
    dossier = (await person.get("/v1/cases/c3")).json()["dossier"]
    assert dossier["id_number"] == nominee(3).id_number
    assert await noted(rig, case_id="c3") == []


async def test_the_journal_is_the_auditors(rig: Rig) -> None:
    for role in ("SYS_ADMIN", "SCREENER", "DISC_HEAD"):
        person = await rig.account(Grant(role=role))
        assert (await person.get("/v1/journal")).json()["code"] == "wrong-role"
    assert isinstance(await noted(rig), list)


async def test_nobody_in_the_team_learns_from_the_case_that_a_report_came(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    paths = ("/v1/cases/c1", "/v1/cases/c1/timeline", "/v1/tasks?view=all", "/v1/cases")
    before = [await evaluator.get(path) for path in paths]
    await rig.tell(story, received(), task_opened("c1", "check-report", about="report.1"))
    for path, seen in zip(paths, before, strict=True):
        now = await evaluator.get(path)
        assert now.json() == seen.json(), path
        assert now.headers.get("ETag") == seen.headers.get("ETag"), path
    handler = await rig.account(Grant(role="REPORT_HANDLER", district="d01"))
    assert "report-received" in (await handler.get("/v1/cases/c1/timeline")).text


async def test_who_was_shown_a_wrong_finding_is_listed_for_its_correction(rig: Rig) -> None:
    await rig.batch()
    story = await consulted(rig)
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    head = await rig.account(department("DEPT_HEAD"))
    other = await rig.account(department("DEPT_OFFICER", "police"))
    await evaluator.get("/v1/tasks/c1.confirm-fact.1.1")
    await evaluator.post("/v1/cases/c1/reveals", {**ASKED, "fields": ["findings"]})
    await head.get("/v1/tasks/c1.reply-sign.1.tax.2")
    await other.get("/v1/tasks/c1.reply.1.police.1")
    correction = Correction(reason="同名异人", checked_by="p1", confirmed_by="p2")
    await rig.tell(story, HitCancelled(hit=1, effect=Effect.HARD, private=correction))
    disciplined = await rig.account(Grant(role="DISC_HEAD", district="d01"))
    listed = (await disciplined.get("/v1/cases/c1/hits/1/readers")).json()
    assert [one["person_id"] for one in listed] == [evaluator.person_id, head.person_id]
    assert listed[0]["targets"] == ["c1.confirm-fact.1.1", "c1"]
    assert (await disciplined.get("/v1/cases/c1/hits/2/readers")).json()["code"] == "not-found"
    assert (await evaluator.get("/v1/cases/c1/hits/1/readers")).json()["code"] == "wrong-role"


async def test_a_letter_in_a_list_is_closed_and_the_figures_are_for_who_runs_the_system(rig: Rig) -> None:
    person = await rig.account(screener())
    for path in ("/v1/notices/figures", "/v1/notices/waiting"):
        assert (await person.get(path)).json()["code"] == "wrong-role"

"""Papers: their digest is reckoned here, they lie sealed, and are read by who may read what they belong to."""

from hashlib import sha256
from typing import Any

import pytest
from sqlmodel import select

from contracts.actor import Grant
from contracts.events.task import Answer, TaskCompleted
from contracts.sealed import Sealed
from contracts.vocabulary import Stage
from services.officers.documents import documents
from services.officers.documents.kinds import folded
from services.officers.documents.scanning import Scan
from services.officers.documents.tables import DocumentRow
from services.officers.journal.tables import JournalRow
from tests.consulted import consulted, department, screener
from tests.officers_rig import DIGEST, Person, Rig, task_opened

PDF = b"%PDF-1.7\n" + "会议纪要".encode() * 20
KIND = "application/pdf"
SCREEN = "c1.screen.1.1"


async def up(
    person: Person, content: bytes = PDF, kind: str = KIND, key: str | None = None, **where: str
) -> Any:
    said = {"case_id": "c1", "name": "纪要.pdf", **where}
    return await person.post(
        "/v1/documents", key=key, headers={"Content-Type": kind}, params=said, content=content
    )


async def kept(rig: Rig) -> list[DocumentRow]:
    async with rig.office.database.read() as session:
        return list((await session.exec(select(DocumentRow))).all())


async def case(rig: Rig) -> Person:
    await rig.batch()
    await rig.case("c1")
    return await rig.account(screener())


async def test_what_comes_back_is_what_was_uploaded_and_its_digest_is_reckoned(rig: Rig) -> None:
    person = await case(rig)
    first = await up(person, key="k1", task_id=SCREEN)
    assert first.status_code == 201, first.text
    said = first.json()
    assert (said["kind"], said["size"], said["name"], said["task_id"]) == (KIND, len(PDF), "纪要.pdf", SCREEN)
    assert said["digest"] == sha256(PDF).hexdigest()
    assert (said["scan"], "no scanner" in said["scan_name"]) == ("not-scanned", True)
    assert (await up(person, key="k1", task_id=SCREEN)).json() == said
    assert (await up(person, PDF + b"x", key="k1", task_id=SCREEN)).json()["code"] == "idempotency-key-reused"
    read = await person.get(first.headers["Location"])
    assert (read.content, read.headers["content-type"], read.headers["x-scan"]) == (PDF, KIND, "not-scanned")
    assert read.headers["x-content-type-options"] == "nosniff"
    assert "attachment" in read.headers["content-disposition"]
    listed = (await person.get("/v1/documents", case_id="c1")).json()["items"]
    assert listed == [said]
    assert len(await kept(rig)) == 1


async def test_it_lies_sealed_and_every_reading_is_noted_first(rig: Rig) -> None:
    person = await case(rig)
    where = (await up(person)).headers["Location"]
    [row] = await kept(rig)
    for sealed in (row.sealed, row.named):
        assert Sealed.model_validate(sealed).owners == tuple(sorted(("p-c1", person.person_id)))
    assert "纪要" not in str(row)
    colleague = await rig.account(screener())
    assert (await colleague.get(where)).status_code == 200
    async with rig.office.database.read() as session:
        [note] = (await session.exec(select(JournalRow).where(JournalRow.target == row.document_id))).all()
    assert (note.person_id, note.subject, note.case_id, note.tier) == (
        colleague.person_id,
        "p-c1",
        "c1",
        "T2",
    )


async def test_a_departments_paper_is_read_by_it_and_by_who_may_read_its_reply(rig: Rig) -> None:
    await rig.batch()
    story = await consulted(rig)
    await rig.tell(story, task_opened("c1", "reply", "tax", 2))
    officer = await rig.account(department("DEPT_OFFICER"))
    where = (await up(officer, task_id="c1.reply.2.tax.1")).headers["Location"]
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    # What is not answered yet may come to name an investigation.
    assert (await evaluator.get(where)).status_code == 404
    completed = TaskCompleted(
        task_id="c1.reply.2.tax.1",
        kind="reply",
        stage=Stage.CONSULTATION,
        unit="tax",
        outcome="NO_ISSUE",
        answer_digest=DIGEST,
        private=Answer(form={}, reason=""),
    )
    await rig.tell(story, completed)
    may = {
        "its head": (department("DEPT_HEAD"), 200),
        "another department": (department("DEPT_OFFICER", "police"), 404),
        "an evaluator": (Grant(role="EVALUATOR", district="d01"), 200),
        "a screener": (screener(), 404),
        "an auditor": (Grant(role="AUDITOR"), 404),
        "another district": (Grant(role="EVALUATOR", district="d02"), 404),
    }
    for name, (grant, status) in may.items():
        reader = await rig.account(grant)
        assert (await reader.get(where)).status_code == status, name
        listed = await reader.get("/v1/documents", case_id="c1")
        assert len(listed.json()["items"]) == int(status == 200), name
    assert (await officer.get(where)).status_code == 200
    guessed = await officer.get("/v1/documents/dk0")
    other = await (await rig.account(screener())).get(where)
    assert (guessed.json()["code"], guessed.json()["detail"]) == (
        other.json()["code"],
        other.json()["detail"],
    )


async def test_where_one_may_not_act_or_see_nothing_is_left(rig: Rig) -> None:
    person = await case(rig)
    elsewhere = await rig.account(screener("d02"))
    for where in ({"task_id": SCREEN}, {}):
        assert (await up(elsewhere, **where)).status_code == 404
    asked = await rig.account(department("DEPT_OFFICER"))
    assert (await up(asked)).status_code == 404
    beside = await rig.account(Grant(role="EVALUATOR", district="d01"))
    assert (await up(beside, task_id=SCREEN)).json()["code"] == "wrong-role"
    assert (await up(person, case_id="c9", task_id=SCREEN)).json()["code"] == "unknown-task"
    assert await kept(rig) == []
    assert (await up(person, case_id="b1")).status_code == 201, "a batch's paper is of all of its cases"


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"", KIND, "document-empty"),
        (b"\x89PNG\r\n\x1a\n", KIND, "document-unlike-kind"),
        (b"MZ\x90 %PDF-1.7", KIND, "document-unlike-kind"),
        (PDF, "image/png", "document-unlike-kind"),
        (b"PK\x03\x04", "application/zip", "content-type"),
        (PDF, "text/html", "content-type"),
        (PDF + b"0" * (5 * 1024 * 1024), KIND, "document-too-large"),
    ],
)
async def test_what_is_no_paper_is_refused_and_not_kept(
    rig: Rig, content: bytes, kind: str, code: str
) -> None:
    person = await case(rig)
    refused = await up(person, content, kind)
    assert refused.json()["code"] == code, refused.text
    assert await kept(rig) == []


async def test_a_scanner_that_finds_something_keeps_it_out(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    person = await case(rig)

    class Finds:
        async def scan(self, content: bytes) -> Scan:
            return Scan.INFECTED if b"bad" in content else Scan.CLEAN

    monkeypatch.setattr(rig.office.documents, "_scanner", Finds())
    assert (await up(person, PDF + b"bad")).json()["code"] == "document-infected"
    assert (await up(person)).json()["scan"] == "clean"


async def test_nobody_fills_a_case(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    person = await case(rig)
    monkeypatch.setattr(documents, "MOST", 1)
    assert (await up(person)).status_code == 201
    assert (await up(person, PDF + b"2")).json()["code"] == "too-many-documents"


@pytest.mark.parametrize(
    ("name", "kind", "kept_as"),
    [
        ("纪要.pdf", KIND, "纪要.pdf"),
        (r"C:\Users\张三\桌面\纪要.PDF", KIND, "纪要.pdf"),
        ("../../etc/passwd", KIND, "passwd.pdf"),
        ("a\u202egnp.pdf", KIND, "agnp.pdf"),
        ('x"\r\nSet-Cookie: a.pdf', KIND, "x Set-Cookie: a.pdf"),
        ("photo.jpeg.exe", "image/jpeg", "photo.jpeg.jpg"),
        ("...", KIND, "文件.pdf"),
        ("长" * 300, KIND, "长" * 115 + ".pdf"),
    ],
)
def test_a_files_name_is_folded(name: str, kind: str, kept_as: str) -> None:
    assert folded(name, kind) == kept_as


async def test_a_form_names_only_papers_that_were_uploaded_on_its_case(rig: Rig) -> None:
    ufwd = await proposing(rig)
    task = "c1.propose-department.1.1"
    body = {
        "outcome": "PROPOSE",
        "seen": DIGEST,
        "form": {"meeting_on": "2026-03-02", "minutes_digest": DIGEST},
    }
    typed = await ufwd.post(f"/v1/tasks/{task}/outcome", body)
    assert (typed.json()["code"], typed.json()["errors"][0]["field"]) == (
        "form-invalid",
        "form.minutes_digest",
    )
    assert "upload it first" in typed.json()["detail"]
    hints = (await ufwd.get(f"/v1/tasks/{task}")).json()["hints"]
    assert hints["PROPOSE"] == {"minutes_digest": {"from": "document"}}
    await rig.case("c2", serial=2)
    elsewhere = (await up(ufwd, case_id="c2")).json()["digest"]
    body["form"] = {"meeting_on": "2026-03-02", "minutes_digest": elsewhere}
    assert (await ufwd.post(f"/v1/tasks/{task}/outcome", body)).json()["code"] == "form-invalid"
    assert rig.engine.sent == []
    assert (await up(ufwd, case_id="b1")).json()["digest"] == elsewhere
    assert (await ufwd.post(f"/v1/tasks/{task}/outcome", body)).status_code == 200, (
        "the batch's paper is the case's"
    )
    assert len(rig.engine.sent) == 1


async def proposing(rig: Rig) -> Person:
    await rig.batch()
    await rig.tell(await rig.case("c1"), task_opened("c1", "propose-department"))
    return await rig.account(Grant(role="UFWD", district="d01"))

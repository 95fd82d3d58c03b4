"""Whoever asks for their own data gets all of it by the tiers: facts yes, reporters and reasons no (domain §8.5)."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from contracts.actor import Grant
from contracts.events.review import HitFacts, HitFound
from contracts.events.task import Answer, TaskCompleted
from contracts.matter import ReportContent
from contracts.vocabulary import Effect, Stage
from services.officers.base_table import OfficersTable
from services.officers.journal.notes import Note, Noted
from services.officers.views.own_data import OwnDataView
from tests.access_office import AccessOffice
from tests.consulted import FACT
from tests.events import Story
from tests.invented import nominee
from tests.officers_rig import Person, Rig, officers, task_opened
from tests.reports import received
from tests.unit.officers.test_api_bonds import entry
from tests.unit.officers.test_merged_persons import merged

LETTER = {"id": "l1", "type": "N07", "number": "清选〔2026〕N07-000001", "body": {"zh": "负面事项说明通知书"}}
NOMINEE = Grant(role="NOMINEE")
INFORMANT, REPORTER, REASON, REPLY = "p-who-told", "举报人甲", "纪检内部理由", "部门内部答复"

HELD: Mapping[str, str] = {
    "persons": "identities",
    "merged_persons": "identities",
    "accounts": "accounts",
    "grants": "accounts",
    "factors": "accounts",
    "cases": "cases",
    "events": "cases",
    "tasks": "cases",
    "journal": "read_in_emergencies",
    "absences": "absences",
    "deputies": "deputies",
}
"""By table the part of the answer in which what it holds about somebody stands, one line for each by hand."""
NOT_OF_THE_PERSON: Mapping[str, str] = {
    "sessions": "is read and ended at /v1/sessions",
    "recovery_codes": "digests of secrets",
    "used_tickets": "ids of tickets that were used",
    "codes": "digests of secrets",
    "provider_links": "an opaque name at the office's provider; read and ended at /v1/provider-link",
    "former_grants": "roles that were held: they bind, and stand in the requests that ended them",
    "person_firms": "digests alone; the firms stand in the dossier",
    "documents": "is read at /v1/documents, as far as what it belongs to may be known",
    "conflicts": "who is kept from a case: of officers",
    "unanswered": "commands under way, gone when they are answered",
    "refusals": "refused acts, for the auditor",
    "kept": "answers that repeats get",
    "answers": "answers that repeats get",
    "batches": "of nobody in particular",
    "bundles": "what was signed at once; is read at /v1/bundles/{bundle_id}",
    "bundle_items": "answers under way; is read at /v1/bundles/{bundle_id}",
    "drafts": "what was begun to be written; is read and forgotten at /v1/tasks/{task_id}/draft",
    "list_files": "lists of others, brought by hand",
    "list_lines": "lists of others; what means the person is a fact of their case",
}


def test_every_table_was_thought_about() -> None:
    assert {*OfficersTable.metadata.tables} == {*HELD, *NOT_OF_THE_PERSON}
    assert {*HELD.values()} <= {*OwnDataView.model_fields}


class Letters:
    """The notices' service with one letter to each person, in pages of one."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        said = json.loads(request.content)
        self.asked.append(said)
        page = {"items": [LETTER], "next": 1} if said["after"] == 0 else {"items": [], "next": None}
        return httpx2.Response(200, json=page)


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
async def rig(tmp_path: Path, letters: Letters) -> AsyncIterator[Rig]:
    async with officers(tmp_path, neighbours=letters) as running:
        yield running


def done(task: str, kind: str, stage: Stage, unit: str = "", **said: Any) -> TaskCompleted:
    answer = Answer(form=said.get("form", {}), reason=said.get("reason", ""))
    outcome = said.get("outcome", "DONE")
    return TaskCompleted(
        task_id=task,
        kind=kind,
        stage=stage,
        unit=unit,
        outcome=outcome,
        answer_digest="a" * 64,
        private=answer,
    )


async def told(rig: Rig, person: Person) -> Story:
    """A case about the person, with what they may know of it and with what they may not."""
    await rig.batch()
    story = await rig.case("c1", person=person.person_id)
    found = HitFacts(fact=FACT, source="tax", reported_by=INFORMANT)
    hidden = FACT.model_copy(update={"text": "尚未告知的事项"})
    await rig.tell(
        story,
        task_opened("c1", "declare"),
        done("c1.declare.1.1", "declare", Stage.DECLARATION, form={"text": "本人承诺"}, outcome="SIGNED"),
        task_opened("c1", "reply", "tax"),
        done("c1.reply.1.tax.1", "reply", Stage.CONSULTATION, "tax", reason=REPLY),
        HitFound(hit=1, effect=Effect.HARD, private=found),
        task_opened("c1", "explain", about="hit.1"),
        HitFound(
            hit=2, effect=Effect.HARD, private=HitFacts(fact=hidden, source="tax", reported_by=INFORMANT)
        ),
        received(content=ReportContent(text="举报内容", reporter=REPORTER)),
        task_opened("c1", "check-report", about="report.1"),
        task_opened("c1", "opinion-draft"),
        done("c1.opinion-draft.1.1", "opinion-draft", Stage.INTEGRITY, reason=REASON, outcome="REMINDER"),
    )
    return story


async def asked(person: Person) -> dict[str, Any]:
    answer = await person.post("/v1/me/export")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = answer.json()
    return found


async def test_what_the_person_may_know_is_there_and_what_is_sealed_is_not(rig: Rig) -> None:
    person = await rig.account(NOMINEE)
    await told(rig, person)
    data = await asked(person)
    whole = json.dumps(data, ensure_ascii=False)
    for known in (nominee().id_number, nominee().phone, nominee().name, person.login, FACT.text, "本人承诺"):
        assert known in whole
    for sealed in (
        INFORMANT,
        REPORTER,
        "举报内容",
        REASON,
        REPLY,
        "尚未告知的事项",
        "REMINDER",
        "check-report",
    ):
        assert sealed not in whole
    [case] = data["cases"]
    assert [one["kind"] for one in case["answers"]] == ["declare"]
    assert data["letters"] == [LETTER]


async def test_what_is_withheld_is_named_with_its_ground_whether_or_not_there_is_any(rig: Rig) -> None:
    concerned, stranger = await rig.account(NOMINEE), await rig.account(NOMINEE)
    await told(rig, concerned)
    said, nothing = [(await asked(one))["withheld"] for one in (concerned, stranger)]
    assert said == nothing
    assert {"reports", "opinion", "replies"} <= {one["code"] for one in said}
    assert all(one["what"] and one["ground"] for one in said)


async def test_nobody_gets_what_is_somebody_elses_or_what_they_see_in_an_office(
    rig: Rig, letters: Letters
) -> None:
    concerned = await rig.account(NOMINEE)
    await told(rig, concerned)
    officer = await rig.account(Grant(role="DISC_HEAD", district="d01"))
    data = await asked(officer)
    assert (data["cases"], [one["login"] for one in data["accounts"]]) == ([], [officer.login])
    assert {json.dumps(one["reader"]) for one in letters.asked} == {
        json.dumps({"person_id": officer.person_id, "also": [], "grants": [], "not_cases": []})
    }


async def test_a_former_nominee_asks_too(rig: Rig) -> None:
    """It is asked by whose data it is, and not by a role that may have ended."""
    person = await rig.account()
    await told(rig, person)
    assert [one["case_id"] for one in (await asked(person))["cases"]] == ["c1"]


async def test_each_time_is_noted_before_it_is_given(rig: Rig) -> None:
    person = await rig.account(NOMINEE)
    await asked(person)
    await asked(person)
    auditor = await rig.account(Grant(role="AUDITOR"))
    lines = (await auditor.get("/v1/journal", what="export")).json()["items"]
    assert [(one["person_id"], one["subject"], one["tier"]) for one in lines] == [
        (person.person_id, person.person_id, "T3")
    ] * 2


async def test_what_was_read_of_either_identity_in_an_emergency_is_told(rig: Rig) -> None:
    kept, other, reader = await rig.account(NOMINEE), await rig.account(), await rig.account()
    acting = await rig.office.standings.actor(reader.account_id)
    assert acting is not None
    for about in (other, kept, reader):
        line = Note.by(
            acting,
            Noted.EMERGENCY,
            "e1",
            case_id=f"c-{about.login}",
            subject=about.person_id,
            purpose="appeal",
        )
        await rig.office.journal.note(line)
    await merged(await AccessOffice.of(rig), kept, other)
    read = (await asked(kept))["read_in_emergencies"]
    assert [one["case_id"] for one in read] == [f"c-{other.login}", f"c-{kept.login}"]


async def test_why_one_was_away_is_told_when_it_is_long_over(rig: Rig) -> None:
    """At /v1/absences stands what lasts or is to come; the reason is kept, and is often about health."""
    person, colleague = await rig.account(NOMINEE), await rig.account(NOMINEE)
    begun, over = (datetime.now(UTC) + timedelta(days=day) for day in (-1, 1))
    away = {"starts": begun.isoformat(), "ends": over.isoformat(), "reason": "住院"}
    entered = (await person.post("/v1/absences", away)).json()
    assert (await person.post(f"/v1/absences/{entered['absence_id']}/end")).status_code == 200
    stood_in = entry(colleague, reason="由同事代办")
    assert (await person.post("/v1/deputies", stood_in)).status_code == 201
    data, theirs = await asked(person), await asked(colleague)
    assert (await person.get("/v1/absences")).json()["items"] == []
    assert [[one["reason"] for one in data[name]] for name in ("absences", "deputies")] == [
        ["住院"],
        ["由同事代办"],
    ]
    assert (theirs["absences"], theirs["deputies"]) == ([], [])

"""Papers through the API: within the rights of what they show, noted before they are shown, refused in words."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from contracts.actor import Grant
from contracts.events.task import TaskClaimed
from tests.officers_rig import Rig, officers, task_opened
from tests.unit.officers.stale import long_ago

LETTER = {
    "id": "l1",
    "type": "N08",
    "case_id": "c1",
    "readers": [{"person_id": "", "role": "CLERK", "unit": "", "district": "d01"}],
}
SIGN = "𤭢 (U+24B62)"
WAITING = {
    "id": "l2",
    "number": "清选〔2026〕N04-000001",
    "type": "N04",
    "case_id": "c2",
    "district": "d01",
    "issued_at": "2026-03-02T00:00:00Z",
    "reply_by": None,
    "signs": SIGN,
    "position": 4,
}


SERVES = (("CLERK", "d01"), ("NOMINEE", "*"))
PROOF = {
    **LETTER,
    "by": "",
    "issued": "2026-03-02",
    "mark": {"zh": "", "en": ""},
    "issuer": {"zh": "选举办公室", "en": "Election office"},
    "said": {"addressee": {"zh": "甄试人", "en": "Zhen"}},
}


class Notices:
    """Answers for the notices."""

    def __init__(self) -> None:
        self.asked: list[httpx2.Request] = []
        self.lacking = False

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        match request.url.path:
            case "/notices/l1/reading":
                return httpx2.Response(200, json=LETTER)
            case "/notices/l1/paper" if self.lacking:
                return httpx2.Response(409, json={"code": "unprintable", "signs": SIGN})
            case "/notices/l1/paper":
                return httpx2.Response(200, content=b"%PDF-1.7")
            case "/notices/l1/proof":
                return httpx2.Response(200, json=PROOF)
            case "/notices/l1/waiting":
                return httpx2.Response(200, json={"type": "N07", "case_id": "c1"})
            case "/papers/proof" | "/papers/minutes" | "/notices/l1/poster" | "/notices/l1/copy":
                return httpx2.Response(200, content=b"%PDF-1.7")
            case "/notices/unprintable":
                return httpx2.Response(200, json={"items": [WAITING], "next": None})
            case _:
                return httpx2.Response(404, json={"code": "not-found"})


@pytest.fixture
def notices() -> Notices:
    """The notices."""
    return Notices()


@pytest.fixture
async def rig(tmp_path: Path, notices: Notices) -> AsyncIterator[Rig]:
    """The API beside them."""
    async with officers(tmp_path, neighbours=notices) as running:
        yield running


@pytest.mark.parametrize("form", ["pdf", "docx"])
async def test_a_paper_is_for_the_letters_reader_and_noted_before_it_is_made(
    rig: Rig, notices: Notices, form: str
) -> None:
    clerk = await rig.account(Grant(role="CLERK", district="d01"))
    answer = await clerk.get(f"/v1/notices/l1.{form}")
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")
    assert answer.headers["content-disposition"] == f'attachment; filename="N08-l1.{form}"'
    assert answer.headers["cache-control"] == "no-store"
    read, made = (json.loads(one.content) for one in notices.asked)
    assert made == {"reader": read, "form": form, "language": "zh"}
    auditor = await rig.account(Grant(role="AUDITOR"))
    (line,) = (await auditor.get("/v1/journal", what="read")).json()["items"]
    assert (line["target"], line["case_id"], line["person_id"]) == ("l1", "c1", clerk.person_id)


async def test_a_letter_of_somebody_else_is_no_paper_either(rig: Rig, notices: Notices) -> None:
    clerk = await rig.account(Grant(role="CLERK", district="d01"))
    answer = await clerk.get("/v1/notices/l9.pdf")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert [one.url.path for one in notices.asked] == ["/notices/l9/reading"]
    admin = await rig.account(Grant(role="SYS_ADMIN"))
    for path in ("/v1/notices/l1.pdf", "/v1/notices/l1.docx", "/v1/notices/unprintable"):
        assert (await admin.get(path)).json()["code"] == "wrong-role"


@pytest.mark.parametrize(("language", "said"), [("zh", "系统字体中没有以下字符"), ("en", "No face has")])
async def test_a_sign_without_a_face_is_named_in_the_callers_language(
    rig: Rig, notices: Notices, language: str, said: str
) -> None:
    notices.lacking = True
    clerk = await rig.account(Grant(role="CLERK", district="d01"))
    answer = await clerk.get("/v1/notices/l1.pdf", headers={"Accept-Language": language})
    assert (answer.status_code, answer.json()["code"], answer.json()["signs"]) == (409, "unprintable", SIGN)
    assert said in answer.json()["detail"]
    assert SIGN in answer.json()["detail"]


async def test_letters_that_wait_for_a_face_are_listed_for_who_serves_letters(rig: Rig) -> None:
    clerk = await rig.account(Grant(role="CLERK", district="d01"))
    (found,) = (await clerk.get("/v1/notices/unprintable")).json()["items"]
    assert found == {name: value for name, value in WAITING.items() if name != "position"}
    nominee = await rig.account(Grant(role="NOMINEE"))
    assert (await nominee.get("/v1/notices/unprintable")).json()["code"] == "wrong-role"


async def test_proof_of_service_is_for_reader_and_server_and_names_who_served(
    rig: Rig, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    nominee, clerk = (
        await rig.account(Grant(role="NOMINEE")),
        await rig.account(Grant(role="CLERK", district="d01")),
    )
    monkeypatch.setitem(PROOF, "by", clerk.person_id)
    for person in (nominee, clerk):
        notices.asked.clear()
        answer = await person.get("/v1/notices/l1/proof.pdf")
        assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")
        known, paper = (json.loads(one.content) for one in notices.asked)
        assert known["reader"]["person_id"] == person.person_id
        assert (known["server"] is not None) is (person is clerk)
        async with rig.office.database.read() as session:
            called = await rig.office.persons.names(session, [clerk.person_id])
        assert (paper["said"], paper["server"]) == ({"addressee": "甄试人"}, called[clerk.person_id])
    auditor = await rig.account(Grant(role="AUDITOR"))
    lines = (await auditor.get("/v1/journal", what="read")).json()["items"]
    assert [line["fields"] for line in lines] == [["proof:N08"], ["proof:N08"]]


async def test_whoever_has_claimed_to_serve_a_letter_prints_it_and_it_is_noted_first(
    rig: Rig, notices: Notices
) -> None:
    story = await rig.case("c1", person="p-nominee")
    await rig.tell(story, task_opened("c1", "serve-letter", about="letter:l1"))
    clerk, colleague = [await rig.account(Grant(role="CLERK", district="d01")) for _ in range(2)]
    office = await rig.account(Grant(role="ELECTION_OFFICE"))
    path = "/v1/notices/l1/copy.pdf"
    for person in (clerk, colleague, office):
        assert (await person.get(path)).json()["code"] == "not-claimed"
    [task] = (await clerk.get("/v1/tasks")).json()["items"]
    await rig.tell(story, TaskClaimed(task_id=task["task_id"], person_id=clerk.person_id))
    notices.asked.clear()
    answer = await clerk.get(path)
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")
    assert answer.headers["cache-control"] == "no-store"
    waiting, made = notices.asked
    assert (waiting.url.path, made.url.path) == ("/notices/l1/waiting", "/notices/l1/copy")
    server = json.loads(made.content)["server"]
    assert (server["person_id"], server["districts"]) == (clerk.person_id, ["d01"])
    for person in (colleague, office):
        assert (await person.get(path)).json()["code"] == "not-claimed"
    auditor = await rig.account(Grant(role="AUDITOR"))
    (line,) = (await auditor.get("/v1/journal", what="read")).json()["items"]
    assert (line["person_id"], line["case_id"], line["target"]) == (clerk.person_id, "c1", "l1")
    assert (line["fields"], line["tier"]) == (["copy:N07"], "T3")


async def test_a_letter_that_does_not_wait_is_not_found_and_after_its_file_is_closed_whoever_serves_there_prints(
    rig: Rig, notices: Notices
) -> None:
    clerk, nominee = [await rig.account(Grant(role=role, district=place)) for role, place in SERVES]
    assert (await clerk.get("/v1/notices/l9/copy.pdf")).json()["code"] == "not-found"
    assert (await nominee.get("/v1/notices/l1/copy.pdf")).json()["code"] == "wrong-role"
    # The file of its case is closed, so nobody is asked to serve it: whoever serves letters there may.
    assert (await clerk.get("/v1/notices/l1/copy.pdf")).status_code == 200


async def test_a_letter_is_printed_only_for_whoever_showed_just_now_who_they_are(
    rig: Rig, notices: Notices
) -> None:
    clerk = await rig.account(Grant(role="CLERK", district="d01"))
    refused = await (await long_ago(rig, clerk)).get("/v1/notices/l1/copy.pdf")
    assert (refused.status_code, refused.json()["code"]) == (401, "stale-authentication")
    assert notices.asked == []
    assert (await clerk.get("/v1/notices/l1/copy.pdf")).status_code == 200


async def test_without_its_note_no_letter_is_printed(
    rig: Rig, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise OSError("no space left on device")

    clerk = await rig.account(Grant(role="CLERK", district="d01"))
    monkeypatch.setattr(rig.office.journal, "note", full)
    with pytest.raises(OSError, match="no space"):
        await clerk.get("/v1/notices/l1/copy.pdf")
    assert [one.url.path for one in notices.asked] == ["/notices/l1/waiting"]


async def test_a_public_notice_is_printed_for_anybody(rig: Rig, notices: Notices) -> None:
    answer = await rig.client.get("/v1/public/notices/l1.pdf")
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")
    assert json.loads(notices.asked[-1].content) == {"language": "zh"}
    assert (await rig.client.get("/v1/public/notices/l9.pdf")).status_code == 404


async def test_the_form_for_minutes_holds_what_waits_for_the_conference_and_no_person(
    rig: Rig, notices: Notices
) -> None:
    story = await rig.case("c1", person="p-nominee")
    await rig.tell(story, task_opened("c1", "conference", "tax"))
    conference = await rig.account(Grant(role="UFWD", district="d01"))
    answer = await conference.get("/v1/conference/minutes.docx")
    assert answer.status_code == 200, answer.text
    (asked,) = (json.loads(one.content) for one in notices.asked)
    (matter,) = asked["matters"]
    assert (matter["case_id"], matter["unit"], matter["matter"]) == (
        "c1",
        "税务局",
        "联席会议处置未回复部门",
    )
    clerk = await rig.account(Grant(role="CLERK", district="d01"))
    assert (await clerk.get("/v1/conference/minutes.docx")).json()["code"] == "wrong-role"

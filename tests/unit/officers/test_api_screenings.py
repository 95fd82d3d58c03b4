"""Lists, runs and matches through the API: who may bring, who may see, and that nothing is half done."""

import io
import json
from typing import Any

import openpyxl
import pytest

from contracts.actor import Grant
from contracts.commands.screening import OpenScreening
from contracts.events.conflict import Conflict, ConflictDeclared
from contracts.events.screening import ScreeningOpened
from services.officers.desk.engine import Pending
from services.officers.watching.intake import JSON, KINDS, XLSX
from services.officers.watching.tables import ListFileRow
from tests.invented import nominee
from tests.officers_rig import Rig
from tests.screened import BOOK, COURT
from tests.watching_rig import HEADER, Watched, watched


@pytest.fixture
async def house(rig: Rig) -> Watched:
    return await watched(rig)


def row(serial: int = 1, number: str | None = None) -> str:
    person = nominee(serial)
    return f"{person.name},{person.id_number if number is None else number},（2025）执1号,2025-06-01,某某法院"


async def kept(house: Watched) -> int:
    def count(unit: Any) -> int:
        table = ListFileRow.metadata.tables["list_files"].select()
        return len(unit.execute(table).all())

    return await house.rig.office.database.look(count)


async def test_a_book_is_opened_by_the_office(rig: Rig) -> None:
    office = await rig.account(Grant(role="ELECTION_OFFICE"))

    async def opened(opening: Any) -> Pending:
        rig.story(opening.target, "screening", opening.target, "all")
        await rig.record(opening, ScreeningOpened(policy_digest=opening.policy_digest))
        return Pending()

    rig.engine.opened = opened
    done = await office.post("/v1/screenings", {"policy": "2026.1"})
    assert done.status_code == 201
    (command,) = rig.engine.sent
    assert isinstance(command, OpenScreening)
    shown = (await office.get(done.headers["Location"])).json()
    assert (shown["kind"], shown["state"], shown["facts"]["lists"]) == ("screening", "WATCHING", {})
    assert shown["names"]["state"] == "Watching"


async def test_a_dry_run_names_every_cell_and_stores_nothing(house: Watched) -> None:
    tried = await house.brings(row(), row(number="12"), row(2), dry_run="true")
    assert tried.status_code == 200
    said = tried.json()
    assert (said["valid"], [one["cell"] for one in said["errors"]]) == (False, ["B3"])
    assert await kept(house) == 0
    assert house.book.current.lists == {}


async def test_a_list_with_one_fault_is_refused_whole(house: Watched) -> None:
    refused = await house.brings(row(), row(number="12"))
    assert (refused.status_code, refused.json()["code"]) == (422, "list-faulty")
    assert [one["cell"] for one in refused.json()["errors"]] == ["B3"]
    assert await kept(house) == 0


async def test_the_same_bytes_twice_create_nothing_new(house: Watched) -> None:
    first = await house.brings(row(), key="k1")
    events = len(house.book.events)
    again = await house.brings(row(), key="k1")
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    other_key = await house.brings(row())
    assert other_key.status_code == 201
    assert len(house.book.events) == events
    assert await kept(house) == 1
    reused = await house.brings(row(2), key="k1")
    assert reused.json()["code"] == "idempotency-key-reused"


async def test_a_list_comes_as_a_workbook_a_text_or_json_and_is_the_same(house: Watched) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in (HEADER, row()):
        book.active.append(line.split(","))
    file = io.BytesIO()
    book.save(file)
    keys = ("name", "number", "document_no", "decided_on", "issuer")
    said = json.dumps({"rows": [dict(zip(keys, row().split(","), strict=True))]}).encode()
    digests = set()
    for body, kind in ((file.getvalue(), XLSX), (said, JSON), (f"{HEADER}\n{row()}".encode(), "text/csv")):
        answer = await house.brings_bytes(body, kind=kind, dry_run="true")
        assert answer.json()["valid"], answer.text
        digests.add(answer.json()["entries_digest"])
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b'{"rows": [{"name": 1, "name": 2}]}', JSON, "not-json"),
        (b'{"rows": [{"strange": "x"}]}', JSON, "list-unreadable"),
        (b'{"lines": []}', JSON, "list-unreadable"),
        (b"\xff\xff\xff", "text/csv", "list-unreadable"),
        (b"no workbook", XLSX, "not-a-workbook"),
        (b"name", "text/plain", "content-type"),
        (b"name", "", "content-type"),
    ],
)
async def test_a_body_that_is_no_list_has_its_own_problem(
    house: Watched, body: bytes, kind: str, code: str
) -> None:
    for dry_run in ("true", "false"):
        answer = await house.brings_bytes(body, kind=kind, dry_run=dry_run)
        assert answer.json()["code"] == code


async def test_what_kinds_of_file_are_taken_is_said_to_whoever_sends_another(house: Watched) -> None:
    answer = await house.brings_bytes(b"name", kind="text/plain", dry_run="true")
    assert answer.status_code == 415
    assert all(kind in answer.json()["detail"] for kind in KINDS)
    packed = await house.office.post(
        f"/v1/screenings/{BOOK}/lists/court-dishonest",
        headers={"Content-Type": "text/csv", "Content-Encoding": "gzip"},
        content=b"x",
        params={"issuer": "a", "document_no": "1", "as_of": "2026-03-02"},
    )
    assert (packed.status_code, packed.json()["code"]) == (415, "content-type")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
async def test_json_is_known_however_its_kind_is_written_and_its_form_is_published(
    house: Watched, kind: str
) -> None:
    answer = await house.brings_bytes(b'{"rows": []}', kind=kind, dry_run="true")
    assert answer.status_code == 200
    path = "/v1/screenings/{case_id}/lists/{list_code}"
    said = (await house.office.get("/v1/openapi.json")).json()["paths"][path]["post"]["requestBody"][
        "content"
    ]
    cells = said[JSON]["schema"]["properties"]["rows"]["items"]["properties"]
    assert set(said) == set(KINDS)
    assert {"name", "number", "document_no"} <= set(cells)


@pytest.mark.parametrize("number", [12, [1], {"a": 1}, True])
async def test_a_cell_of_json_is_named_by_its_place(house: Watched, number: object) -> None:
    body = json.dumps(
        {"rows": [{"name": "甲", "number": number, "document_no": "1", "decided_on": "2025-01-01"}]}
    )
    answer = await house.brings_bytes(body.encode(), kind=JSON, dry_run="true")
    assert [one["cell"] for one in answer.json()["errors"]] == ["rows.0.number"]


async def test_only_those_whom_the_policy_names_bring_lists_and_see_what_they_say(house: Watched) -> None:
    clerk = await house.rig.account(Grant(role="CLERK"))
    refused = await house.brings(row(), person=clerk)
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong-role")
    await house.nominee("c1", 1)
    await house.brings(row())
    await house.runs()
    for person, shown in ((house.office, True), (clerk, False)):
        (match,) = (await person.get(f"/v1/screenings/{BOOK}/matches")).json()
        assert (match["case_id"], match["list"], match["ended"]) == ("c1", COURT, None)
        assert (match["entry"] is not None) == shown
    asked = await clerk.get(f"/v1/screenings/{BOOK}/namesakes/c1")
    assert asked.json()["code"] == "wrong-role"


async def test_nobody_sees_a_match_of_the_own_case_or_of_one_stepped_back_from(house: Watched) -> None:
    # Who is nominated themselves sees their case, and of it what the person concerned sees.
    own = await house.rig.account(Grant(role="SCREENER"), Grant(role="NOMINEE"), serial=1)
    other = await house.rig.account(Grant(role="SCREENER"))
    await house.rig.case("c1", person=own.person_id)
    await house.brings(row())
    await house.runs()
    assert (await own.get("/v1/cases/c1")).status_code == 200
    assert (await own.get(f"/v1/screenings/{BOOK}/matches")).json() == []
    assert (await own.get(f"/v1/screenings/{BOOK}/namesakes/c1")).json()["code"] == "unknown-case"
    assert (await other.get(f"/v1/screenings/{BOOK}/namesakes/c1")).status_code == 200
    assert len((await other.get(f"/v1/screenings/{BOOK}/matches")).json()) == 1
    auditor = await house.rig.account(Grant(role="AUDITOR"))
    read = (await auditor.get("/v1/journal", person_id=own.person_id, what="read")).json()["items"]
    assert [(one["case_id"], one["fields"]) for one in read] == [("c1", ["findings:entry"])] * 2
    conflict = ConflictDeclared(
        conflict=1,
        task_id="c1.screen.1.1",
        person_id=other.person_id,
        private=Conflict(ground="kin", reason="kin"),
    )
    await house.rig.tell(house.rig.stories["c1"], conflict)
    assert (await other.get(f"/v1/screenings/{BOOK}/matches")).json() == []


async def test_a_match_is_doubted_and_a_run_is_asked_for(house: Watched) -> None:
    await house.nominee("c1", 1)
    await house.brings(row())
    await house.runs()
    wrong = await house.office.post(f"/v1/screenings/{BOOK}/doubts", {"match": 7, "reason": "法院更正"})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "unknown-match")
    done = await house.office.post(f"/v1/screenings/{BOOK}/doubts", {"match": 1, "reason": "法院更正"})
    assert done.status_code == 200, done.text
    assert [one.match for one in house.book.current.doubts] == [1]
    assert (await house.office.post(f"/v1/screenings/{BOOK}/runs", {})).status_code == 200
    under_way = await house.office.post(f"/v1/screenings/{BOOK}/runs", {})
    assert (under_way.status_code, under_way.json()["code"]) == (409, "run-under-way")


async def test_the_book_shows_its_lists_and_what_its_last_run_came_to(house: Watched) -> None:
    await house.nominee("c1", 1)
    await house.brings(row())
    await house.runs()
    facts = (await house.office.get(f"/v1/cases/{BOOK}")).json()["facts"]
    assert (facts["lists"][COURT]["version"], facts["lists"][COURT]["entries"]) == (1, 1)
    assert (facts["last_run"]["due"], facts["last_run"]["checked"]) == (1, 1)
    assert "tax-arrears" in facts["last_run"]["missing"]
    assert not facts["last_run"]["complete"]
    assert facts["run"] is None


async def test_a_list_that_the_policy_does_not_watch_or_of_a_day_to_come_is_refused(house: Watched) -> None:
    assert (await house.brings(row(), code="no-such-list")).json()["code"] == "unknown-list"
    assert (await house.brings(row(), as_of="2026-03-03")).json()["code"] == "list-older"

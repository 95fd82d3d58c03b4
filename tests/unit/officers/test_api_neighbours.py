"""Letters and the record, asked of the other services for a caller whose rights were checked here."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from contracts.actor import Grant
from contracts.events.conflict import Conflict, ConflictDeclared
from tests.access_office import AccessOffice
from tests.data_requests import data_requested
from tests.officers_rig import Rig, officers
from tests.unit.officers.test_merged_persons import merged

SIGNED = {"key_id": "s1", "value": "c2lnbmVk"}
ENTRY = {
    "index": 0,
    "digest": "a" * 64,
    "entry_hash": "b" * 64,
    "step_signature": SIGNED,
    "envelope": {"id": "c1.1"},
}
ATTEMPT = {
    "number": 3,
    "code": "claim-invalid",
    "detail": "forged",
    "service": "worker",
    "key_id": None,
    "account_id": "a1",
    "case_id": "c1",
    "command_id": "k1",
    "body": "e30=",
    "size": 2,
    "at": "2026-03-02T00:00:00Z",
}

DEAD = {
    "id": "l1",
    "number": "清选〔2026〕N04-000001",
    "type": "N04",
    "case_id": "c1",
    "district": "d01",
    "issued_at": "2026-03-02T00:00:00Z",
    "reply_by": "2026-03-09T00:00:00Z",
    "provisional": False,
    "error": "smtp-550",
    "attempts": 1,
    "position": 4,
}
SERVED = {"by": "p", "at": "2026-03-03T00:00:00Z", "how": "in-person", "document_digest": "a" * 64}


class Neighbours:
    """Answers for the registry and the notices, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[httpx2.Request] = []
        self.status = 200
        self.pages: dict[str, Any] = {
            "/record/entries": {"items": [ENTRY], "next": 0},
            "/record/attempts": {"items": [ATTEMPT], "next": None},
            "/record/head": {"count": 1, "entry_hash": "b" * 64},
            "/record/verify": {"status": "verified", "count": 1, "head": "b" * 64},
            "/notices/inbox": {"items": [{"id": "l1", "type": "N04"}], "next": 7},
            "/notices/l1/reading": {"id": "l1"},
            "/notices/l1/receipt": {"person_id": "p", "at": "2026-03-02T00:00:00Z"},
            "/notices/undelivered": {"items": [DEAD], "next": 4},
            "/notices/l1/service": SERVED,
            "/overview/public": {"items": [{"name": "测试甲"}], "next": None},
        }

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        if self.status == 0:
            raise httpx2.ConnectError("gone")
        if request.url.path not in self.pages:
            return httpx2.Response(404, json={"code": "not-found"})
        return httpx2.Response(self.status, json=self.pages[request.url.path])


@pytest.fixture
def neighbours() -> Neighbours:
    """The other services."""
    return Neighbours()


@pytest.fixture
async def rig(tmp_path: Path, neighbours: Neighbours) -> AsyncIterator[Rig]:
    """The API beside them."""
    async with officers(tmp_path, neighbours=neighbours) as running:
        yield running


async def test_ones_inbox_is_asked_by_person_and_every_grant(rig: Rig, neighbours: Neighbours) -> None:
    person = await rig.account(
        Grant(role="DEPT_HEAD", unit="tax", district="d01"), Grant(role="CLERK", district="d02")
    )
    page = (await person.get("/v1/notices", case_id="c1", limit=20)).json()
    assert page["items"] == [{"id": "l1", "type": "N04"}]
    [asked] = neighbours.asked
    said = json.loads(asked.content)
    assert said["reader"] == {
        "person_id": person.person_id,
        "also": [],
        "grants": [
            {"role": "CLERK", "unit": "", "district": "d02"},
            {"role": "DEPT_HEAD", "unit": "tax", "district": "d01"},
        ],
        "not_cases": [],
    }
    assert (said["case_id"], said["show"], said["limit"]) == ("c1", "all", 20)
    assert asked.headers["Authorization"].startswith("Bearer ")
    await person.get("/v1/notices", cursor=page["next"], show="unreceived")
    last = json.loads(neighbours.asked[-1].content)
    assert (last["after"], last["show"]) == (7, "unreceived")
    assert (await person.get("/v1/notices", show="everything")).status_code == 422


async def test_whoever_was_merged_into_another_reads_as_both(rig: Rig, neighbours: Neighbours) -> None:
    office = await AccessOffice.of(rig)
    kept, other = await rig.account(Grant(role="NOMINEE")), await rig.account(Grant(role="NOMINEE"))
    await merged(office, kept, other)
    await kept.get("/v1/notices")
    await kept.get("/v1/notices/l1")
    inbox, letter = (json.loads(one.content) for one in neighbours.asked)
    for reader in (inbox["reader"], letter):
        assert (reader["person_id"], reader["also"]) == (kept.person_id, [other.person_id])


async def test_a_letter_of_somebody_else_is_not_found(rig: Rig) -> None:
    person = await rig.account(Grant(role="CLERK", district="d02"))
    assert (await person.get("/v1/notices/l1")).json() == {"id": "l1"}
    other = await person.get("/v1/notices/l9")
    assert (other.status_code, other.json()["code"]) == (404, "not-found")


async def test_proof_of_service_names_the_caller_and_is_asked_once_per_key(
    rig: Rig, neighbours: Neighbours
) -> None:
    person = await rig.account(Grant(role="NOMINEE"))
    first = await person.post("/v1/notices/l1/receipt", key="k1")
    again = await person.post("/v1/notices/l1/receipt", key="k1")
    assert (first.status_code, first.json()) == (200, again.json())
    [asked] = neighbours.asked
    assert json.loads(asked.content)["person_id"] == person.person_id
    admin = await rig.account(Grant(role="SYS_ADMIN"))
    assert (await admin.post("/v1/notices/l1/receipt")).json()["code"] == "wrong-role"


async def test_names_on_show_are_for_everybody(rig: Rig, neighbours: Neighbours) -> None:
    page = await rig.client.get("/v1/public/notices")
    assert page.json() == {"items": [{"name": "测试甲"}], "next": None}
    assert "grant" not in neighbours.asked[0].url.params


async def test_only_the_auditor_reads_the_record(rig: Rig, neighbours: Neighbours) -> None:
    auditor, other = (
        await rig.account(Grant(role="AUDITOR")),
        await rig.account(Grant(role="ELECTION_OFFICE")),
    )
    page = (await auditor.get("/v1/record/entries", case_id="c1")).json()
    assert page["items"] == [ENTRY]
    await auditor.get("/v1/record/entries", cursor=page["next"])
    assert [asked.url.params["after"] for asked in neighbours.asked] == ["-1", "0"]
    assert (await auditor.get("/v1/record/attempts")).json() == {"items": [ATTEMPT], "next": None}
    assert (await auditor.get("/v1/record/head")).json()["count"] == 1
    assert (await auditor.get("/v1/record/verify")).json()["status"] == "verified"
    for part in ("entries", "attempts", "head", "verify", "refusals", "waiting"):
        assert (await other.get(f"/v1/record/{part}")).json()["code"] == "wrong-role"


@pytest.mark.parametrize("status", [0, 401, 500, 503])
async def test_a_silent_neighbour_is_unavailable_and_never_empty(
    rig: Rig, neighbours: Neighbours, status: int
) -> None:
    neighbours.status = status
    auditor = await rig.account(Grant(role="AUDITOR"))
    for path in ("/v1/record/verify", "/v1/record/entries", "/v1/notices", "/v1/public/notices"):
        answer = await auditor.get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    receipt = await auditor.post("/v1/notices/l1/receipt", key="k1")
    assert receipt.status_code == 503
    neighbours.status = 200
    assert (await auditor.post("/v1/notices/l1/receipt", key="k1")).status_code == 200


async def test_the_inbox_is_asked_without_cases_of_which_one_sees_the_number_only(
    rig: Rig, neighbours: Neighbours
) -> None:
    await rig.batch()
    story = await rig.case("c1")
    person = await rig.account(Grant(role="SCREENER", district="d01"))
    said = Conflict(ground="kin", reason="表弟")
    declared = ConflictDeclared(conflict=1, task_id="c1.screen.1.1", person_id=person.person_id, private=said)
    await rig.tell(story, declared)
    await rig.tell(rig.story("h1", "data-request", "c1"), data_requested("p-c1"))
    await person.get("/v1/notices")
    await person.get("/v1/notices/l1")
    inbox, letter = (json.loads(one.content) for one in neighbours.asked)
    for reader in (inbox["reader"], letter):
        assert sorted(reader["not_cases"]) == ["c1", "h1"], "what hangs under it is as far as the case itself"


async def test_no_letter_about_ones_own_case_reaches_one_in_a_role(rig: Rig, neighbours: Neighbours) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"), Grant(role="REPORT_HANDLER", district="d01"))
    await rig.case("c9", person=person.person_id)
    await person.get("/v1/notices/l1")
    [asked] = neighbours.asked
    assert json.loads(asked.content)["not_cases"] == ["c9"]


async def test_a_letter_that_reaches_one_in_a_role_is_noted_and_ones_own_is_not(
    rig: Rig, neighbours: Neighbours
) -> None:
    person = await rig.account(Grant(role="REPORT_HANDLER", district="d01"))
    reader = {"person_id": "", "role": "REPORT_HANDLER", "unit": "", "district": "d01"}
    own = {"person_id": person.person_id, "role": "", "unit": "", "district": ""}
    said = {
        "id": "l1",
        "type": "N12",
        "case_id": "c1",
        "event_id": "c1.9",
        "position": 9,
        "body": {"zh": "举报人"},
    }
    for one in (reader, own):
        neighbours.pages["/notices/l1/reading"] = {**said, "readers": [one]}
        shown = (await person.get("/v1/notices/l1")).json()
        assert shown["body"] == {"zh": "举报人"}
        assert {"event_id", "position"}.isdisjoint(shown), "both count what is hidden"
    auditor = await rig.account(Grant(role="AUDITOR"))
    lines = (await auditor.get("/v1/journal", what="read")).json()["items"]
    assert [(one["target"], one["tier"], one["fields"]) for one in lines] == [("l1", "T4", ["letter:N12"])]


async def test_the_office_sees_what_mail_did_not_bring_and_says_how_it_was_served(
    rig: Rig, neighbours: Neighbours
) -> None:
    clerk = await rig.account(Grant(role="CLERK", district="d01"), Grant(role="SCREENER", district="d02"))
    page = (await clerk.get("/v1/notices/undelivered", limit=20)).json()
    assert [one["error"] for one in page["items"]] == ["smtp-550"]
    [asked] = neighbours.asked
    server = json.loads(asked.content)["server"]
    assert server == {"person_id": clerk.person_id, "also": [], "districts": ["d01"], "not_cases": []}
    await clerk.get("/v1/notices/undelivered", cursor=page["next"])
    assert json.loads(neighbours.asked[-1].content)["after"] == 4

    said = {"at": SERVED["at"], "how": "in-person", "document_digest": "a" * 64}
    first = await clerk.post("/v1/notices/l1/service", said, key="k1")
    again = await clerk.post("/v1/notices/l1/service", said, key="k1")
    assert (first.status_code, first.json()) == (200, again.json())
    assert json.loads(neighbours.asked[-1].content) == {**said, "server": server}
    assert len(neighbours.asked) == 3


async def test_nobody_else_sees_or_serves_such_letters(rig: Rig, neighbours: Neighbours) -> None:
    said = {"at": SERVED["at"], "how": "in-person", "document_digest": "a" * 64}
    for role in ("NOMINEE", "AUDITOR", "SYS_ADMIN", "SCREENER"):
        district = {"district": "d01"} if role == "SCREENER" else {}
        person = await rig.account(Grant(role=role, **district))
        assert (await person.get("/v1/notices/undelivered")).json()["code"] == "wrong-role"
        assert (await person.post("/v1/notices/l1/service", said)).json()["code"] == "wrong-role"
    assert neighbours.asked == []

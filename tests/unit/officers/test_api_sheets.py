"""Record sheets through the API: for whoever may see the dossier, noted, filled with what this reader may see."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from contracts.actor import Grant
from tests.consulted import consulted, department, screener, told_of
from tests.invented import nominee
from tests.officers_rig import Person, Rig, officers
from tests.unit.officers.test_api_reads import noted

CHINESE = {"Accept-Language": "zh"}
PRINTED = b"%PDF-1.7"


class Notices:
    """Answers for the notices, and keeps what was to be printed."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path != "/papers/sheets":
            return httpx2.Response(404, json={"code": "not-found"})
        self.asked.append(json.loads(request.content))
        return httpx2.Response(200, content=PRINTED)


@pytest.fixture
def notices() -> Notices:
    """The notices."""
    return Notices()


@pytest.fixture
async def rig(tmp_path: Path, notices: Notices) -> AsyncIterator[Rig]:
    """The API beside them, with a case in consultation."""
    async with officers(tmp_path, neighbours=notices) as running:
        await running.batch()
        await consulted(running)
        yield running


async def sheet(person: Person, case_id: str = "c1") -> dict[int, list[dict[str, Any]]]:
    """By number what stands in the slots of the sheet."""
    answer = await person.get(f"/v1/cases/{case_id}/sheet", headers=CHINESE)
    assert answer.status_code == 200, answer.text
    return {slot["number"]: slot["lines"] for link in answer.json()["links"] for slot in link["slots"]}


async def test_the_team_reads_every_slot_and_it_is_noted(rig: Rig) -> None:
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    found = await sheet(evaluator)
    assert list(found) == list(range(1, 14))
    assert [(one["what"], one["result"]) for one in found[5]] == [("部门回复", "有问题")]
    assert [line["what"] for slot in (1, 2) for line in found[slot]] == ["批次启动", "推荐提名"]
    assert found[8] == []
    (line,) = [one for one in await noted(rig, what="read") if one["fields"] == ["sheet"]]
    assert (line["case_id"], line["tier"], line["person_id"]) == ("c1", "T3", evaluator.person_id)
    assert line["subject"] == "p-nominee"


async def test_a_sheet_is_printed_as_it_is_read(rig: Rig, notices: Notices) -> None:
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    answer = await evaluator.get("/v1/cases/c1/sheet.pdf")
    assert (answer.status_code, answer.content) == (200, PRINTED)
    assert answer.headers["content-disposition"] == 'attachment; filename="sheet-c1.pdf"'
    read = (await evaluator.get("/v1/cases/c1/sheet", headers=CHINESE)).json()
    assert notices.asked == [{"language": "zh", "title": "", "sheets": [read]}]
    assert read["name"] == nominee().name


@pytest.mark.parametrize(
    "grant", [department("DEPT_HEAD"), screener("d02"), Grant(role="AUDITOR"), Grant(role="SYS_ADMIN")]
)
async def test_nobody_has_a_sheet_who_may_not_see_the_dossier(
    rig: Rig, notices: Notices, grant: Grant
) -> None:
    person = await rig.account(grant)
    for path in ("/v1/cases/c1/sheet", "/v1/cases/c1/sheet.pdf"):
        answer = await person.get(path)
        assert (answer.status_code, answer.json()["code"]) in {(403, "wrong-role"), (404, "unknown-case")}
    assert notices.asked == []


async def test_of_what_is_hidden_from_a_reader_their_sheet_says_nothing(rig: Rig) -> None:
    own = await rig.account(Grant(role="NOMINEE"))
    await told_of(rig, await rig.case("c3", person=own.person_id, serial=3))
    assert await sheet(own, "c3")
    nominator = await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"))
    team = await rig.account(Grant(role="EVALUATOR", district="d01"))
    assert (await sheet(nominator))[5] == []
    assert (await sheet(team))[6] != (await sheet(nominator))[6]


async def test_a_kind_of_case_without_a_sheet_has_none(rig: Rig) -> None:
    await rig.removal("r1")
    answer = await (await rig.account(Grant(role="DISC_OFFICER", district="d01"))).get("/v1/cases/r1/sheet")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_a_volume_holds_everybody_of_the_batch_whom_its_reader_may_see(
    rig: Rig, notices: Notices
) -> None:
    await rig.case("c3", person="p-other", serial=3)
    office = await rig.account(Grant(role="ELECTION_OFFICE"))
    answer = await office.get("/v1/batches/b1/volume.pdf")
    assert (answer.status_code, answer.content) == (200, PRINTED)
    (asked,) = notices.asked
    assert asked["title"]
    assert [one["case_id"] for one in asked["sheets"]] == ["c1", "c3"]
    lines = [one for one in await noted(rig, what="read") if one["target"] == "b1"]
    found = [(one["case_id"], one["subject"], one["fields"]) for one in lines]
    assert found == [("c1", "p-nominee", ["sheet"]), ("c3", "p-other", ["sheet"])]
    elsewhere = await rig.account(Grant(role="ARCHIVIST", district="d02"))
    assert (await elsewhere.get("/v1/batches/b1/volume.pdf")).status_code == 404
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    assert (await evaluator.get("/v1/batches/b1/volume.pdf")).json()["code"] == "wrong-role"

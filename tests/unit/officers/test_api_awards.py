"""Awards and integrity indexes through the API: applied for, imported as a table, and kept from whoever leads."""

from typing import Any

import pytest

from contracts.actor import Grant
from contracts.commands.award import OpenAward
from contracts.commands.batch import ImportIndexes
from contracts.events.integrity import (
    IntegrityOpened,
    MarkEntered,
    MarkWithdrawn,
    Measured,
    ReadingEntered,
)
from contracts.matter import Mark, Reading
from contracts.names import award_id, integrity_id
from contracts.vocabulary import Subject
from services.ctl.demo.roster import credit_code, resident_number
from services.officers.desk.engine import Pending
from services.officers.watching.intake import CSV, XLSX
from tests.invented import name_of, nominee
from tests.officers_rig import Rig, task_opened
from tests.person import Person
from tests.stories import award_applied
from tests.unit.officers.sheets import sheet

CLERK = Grant(role="CLERK", district="d01")
OFFICE = Grant(role="ELECTION_OFFICE")
CHAMBER = credit_code(1)
FILE = integrity_id(Subject.PERSON, "p7")


def applying(leader: Person, **other: object) -> dict[str, Any]:
    people = [{"id_number": leader.id_number, "name": leader.name, "position": "会长"}]
    values = {"policy": "2026.1", "district": "d01", "title": "four-good", "cycle": "2026"}
    return {**values, "organisation": CHAMBER, "name": "测试商会", "leaders": people, **other}


def row(serial: int, index: int = 700, **other: object) -> dict[str, Any]:
    values: dict[str, Any] = {"name": name_of(serial), "id_number": resident_number(serial), "index": index}
    return {**values, "assessed_on": "2026-02-01", "source": "第三方机构", **other}


async def test_an_organisation_applies_once_a_cycle_and_whoever_leads_it_sees_the_number_only(
    rig: Rig,
) -> None:
    clerk = await rig.account(CLERK)
    leader = await rig.account(Grant(role="EVALUATOR", district="d01"))
    ident = award_id("four-good", "2026", CHAMBER)

    async def opened(opening: Any) -> Pending:
        rig.story(opening.target, "award", opening.target, "d01")
        await rig.record(opening, award_applied(leader.person_id), task_opened(opening.target, "award-check"))
        return Pending()

    rig.engine.opened = opened
    answer = await clerk.post("/v1/awards", applying(leader))
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/cases/{ident}")
    [command] = rig.engine.sent
    assert isinstance(command, OpenAward)
    assert command.target == ident
    facts = (await clerk.get(f"/v1/cases/{ident}")).json()["facts"]
    assert (facts["title"], facts["cycle"], facts["held_until"]) == ("four-good", "2026", None)
    assert (await clerk.get(f"/v1/cases/{ident}")).json()["names"]["title"] == "Four-good chamber"
    assert (await leader.get(f"/v1/cases/{ident}")).json() == {"case_id": ident, "recused": True}


async def test_only_whoever_may_applies_and_only_for_a_title_that_there_is(rig: Rig) -> None:
    clerk, leader = await rig.account(CLERK), await rig.account(Grant(role="EVALUATOR", district="d01"))
    assert (await leader.post("/v1/awards", applying(leader))).status_code == 403
    assert (await clerk.post("/v1/awards", applying(leader, title="six-good"))).status_code == 422
    assert (await clerk.post("/v1/awards", applying(leader, district="d02"))).status_code == 403
    assert rig.engine.sent == []


async def test_a_table_of_indexes_is_imported_with_each_person_s_file(rig: Rig) -> None:
    await rig.batch()
    officer = await rig.account(OFFICE)
    firm = {"name": "虚构有限公司", "credit_code": nominee(9).credit_code, "id_number": ""}
    await officer.post("/v1/batches/b1/indexes", {"rows": [row(1), row(2, 399), row(3, 600, **firm)]})
    [command] = rig.engine.sent
    assert isinstance(command, ImportIndexes)
    people = [one for one in command.entries if one.person_id is not None]
    assert [one.reading.index for one in people] == [700, 399]
    assert [one.file for one in people] == [
        integrity_id(Subject.PERSON, str(one.person_id)) for one in people
    ]
    (enterprise,) = [one for one in command.entries if one.subject is Subject.ENTERPRISE]
    assert enterprise.file == integrity_id(Subject.ENTERPRISE, firm["credit_code"])


async def test_a_faulty_cell_is_named_and_nothing_is_taken(rig: Rig) -> None:
    await rig.batch()
    officer = await rig.account(OFFICE)
    wrong = resident_number(2)[:-1] + ("0" if resident_number(2)[-1] != "0" else "1")
    answer = await officer.post("/v1/batches/b1/indexes", {"rows": [row(1), row(2, id_number=wrong)]})
    assert answer.status_code == 422
    assert [one["cell"] for one in answer.json()["errors"]] == ["rows.1.id_number"]
    both = row(1, credit_code=nominee(9).credit_code)
    assert (await officer.post("/v1/batches/b1/indexes", {"rows": [both]})).status_code == 422
    assert rig.engine.sent == []


HEADERS = ("姓名/名称", "身份证号/统一社会信用代码", "清廉指数", "评价日期", "评价机构")


def filed(kind: str, *rows: tuple[object, ...]) -> bytes:
    """A table with a title above its headers, as a workbook or as text."""
    table = [("清廉指数汇总",), HEADERS, *rows]
    if kind == XLSX:
        return sheet(table[1:], table[0])
    return "\n".join(",".join(map(str, one)) for one in table).encode("gb18030")


@pytest.mark.parametrize("kind", [XLSX, CSV])
async def test_a_file_of_indexes_is_read_as_the_lists_are(rig: Rig, kind: str) -> None:
    await rig.batch()
    officer = await rig.account(OFFICE)
    person = (name_of(1), resident_number(1), 700, "2026-02-01", "第三方机构")
    firm = ("虚构有限公司", nominee(9).credit_code, 399, "2026/2/1", "第三方机构")
    headers = {"Content-Type": kind}
    await officer.post("/v1/batches/b1/indexes/file", headers=headers, content=filed(kind, person, firm))
    [command] = rig.engine.sent
    assert isinstance(command, ImportIndexes)
    found = [(one.subject, one.reading.index, str(one.reading.assessed_on)) for one in command.entries]
    assert found == [(Subject.PERSON, 700, "2026-02-01"), (Subject.ENTERPRISE, 399, "2026-02-01")]


@pytest.mark.parametrize(
    ("changed", "cell"),
    [
        ({1: "110101199001011234"}, "B3"),
        ({2: "七百"}, "C3"),
        ({3: "2099-01-01"}, "D3"),
        ({4: ""}, "E3"),
    ],
)
async def test_a_faulty_cell_of_a_file_is_named_and_nothing_is_taken(
    rig: Rig, changed: dict[int, str], cell: str
) -> None:
    await rig.batch()
    officer = await rig.account(OFFICE)
    person: tuple[object, ...] = (name_of(1), resident_number(1), "700", "2026-02-01", "第三方机构")
    wrong = tuple(changed.get(place, one) for place, one in enumerate(person))
    answer = await officer.post(
        "/v1/batches/b1/indexes/file", headers={"Content-Type": CSV}, content=filed(CSV, wrong)
    )
    assert answer.status_code == 422
    assert [one["cell"] for one in answer.json()["errors"]] == [cell]
    empty = await officer.post(
        "/v1/batches/b1/indexes/file", headers={"Content-Type": CSV}, content=filed(CSV)
    )
    assert empty.status_code == 422
    other = await officer.post("/v1/batches/b1/indexes/file", {"rows": []})
    assert other.json()["code"] == "content-type"
    assert rig.engine.sent == []


@pytest.mark.parametrize("kind", [XLSX, CSV])
async def test_a_person_has_one_file_of_indexes_in_hand(rig: Rig, kind: str) -> None:
    await rig.batch()
    officer, colleague = await rig.account(OFFICE), await rig.account(OFFICE)
    row = (name_of(1), resident_number(1), 700, "2026-02-01", "第三方机构")
    asked = {"headers": {"Content-Type": kind}, "content": filed(kind, row)}
    with rig.office.throttle.alone(officer.person_id):
        refused = await officer.post("/v1/batches/b1/indexes/file", **asked)
        assert (refused.status_code, refused.json()["code"]) == (429, "too-many-requests")
        assert (await colleague.post("/v1/batches/b1/indexes/file", **asked)).status_code == 201
    assert (await officer.post("/v1/batches/b1/indexes/file", **asked)).status_code == 201


async def test_the_history_is_shown_to_the_office_with_source_day_and_level(rig: Rig) -> None:
    officer = await rig.account(OFFICE)
    story = rig.story(FILE, "integrity", FILE, "all")
    readings = [("2026-02-01", 612, "good"), ("2025-02-01", 399, "failed")]
    entered = [
        ReadingEntered(
            private=Measured(
                reading=Reading.model_validate({"index": index, "assessed_on": day, "source": "第三方机构"}),
                level=level,
            )
        )
        for day, index, level in readings
    ]
    mark = Mark.model_validate({"case": "c1", "items": ["NL-C04"], "confirmed_on": "2026-03-12"})
    opened = IntegrityOpened(subject=Subject.PERSON, person_id="p7")
    await rig.tell(story, opened, *entered, MarkEntered(case="c1", private=mark))
    said = (await officer.get("/v1/integrity", person_id="p7")).json()
    found = [(one["index"], one["level"], one["assessed_on"], one["on_record"]) for one in said["readings"]]
    assert found == [(399, "failed", "2025-02-01", False), (612, "good", "2026-02-01", True)]
    assert said["readings"][1]["names"] == {"level": "Good"}
    assert said["vetoed_items"] == ["NL-C04"]
    await rig.tell(story, MarkWithdrawn(case="c1"))
    after = (await officer.get("/v1/integrity", person_id="p7")).json()
    assert after["vetoed_items"] == []
    await rig.case("c7", person="p7")
    assert (await officer.get("/v1/integrity", case_id="c7")).json() == after
    assert (await officer.get("/v1/integrity", case_id=FILE)).json() == after
    assert (await officer.get("/v1/integrity", case_id="c9")).json()["code"] == "unknown-case"
    assert (await officer.get("/v1/integrity", case_id="c7", person_id="p7")).status_code == 422
    assert (await officer.get("/v1/integrity", person_id="p8")).status_code == 404
    assert (await officer.get("/v1/integrity")).status_code == 422
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    assert (await evaluator.get("/v1/integrity", person_id="p7")).status_code == 403

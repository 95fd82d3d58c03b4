"""What an officer is told of a faulty roster: at most a screen, in the own language, and the own file back, marked."""

import io
from typing import Any

import openpyxl
import pytest

from contracts.actor import Grant
from services.ctl.demo.roster import resident_number
from services.officers.identity.persons import Identity
from services.officers.routes.rosters import XLSX
from services.officers.views.rosters import SCREEN
from tests.access_office import AccessOffice
from tests.officers_rig import Person, Rig
from tests.unit.officers.sheets import HEADER, repacked, row, sheet

NOMINATOR = Grant(role="NOMINATOR", unit="chamber", district="d01")


@pytest.fixture
async def chamber(rig: Rig) -> Person:
    await rig.batch()
    return await rig.account(NOMINATOR)


async def send(person: Person, body: bytes, path: str = "roster", language: str = "en", **params: str) -> Any:
    headers = {"Content-Type": XLSX, "Accept-Language": language}
    return await person.post(f"/v1/batches/b1/{path}", headers=headers, content=body, params=params)


async def test_at_most_a_screen_of_faults_is_told_with_the_count_of_the_rest(chamber: Person) -> None:
    body = sheet(row(n, phone="call me", seat="主席") for n in range(1, 41))
    tried = (await send(chamber, body, dry_run="true")).json()
    done = (await send(chamber, body, dry_run="false")).json()
    for told in (tried, done):
        assert (len(told["errors"]), told["faults"], told["more"]) == (SCREEN, 80, 80 - SCREEN)


async def test_a_fault_says_where_what_stands_there_what_would_be_right_and_what_to_do(
    chamber: Person,
) -> None:
    body = sheet([row(1, name="张\u200b三"), row(2, phone=13800000000)])
    for language, words in (("en", ("invisible", "Text")), ("zh", ("零宽空格", "文本"))):
        told = (await send(chamber, body, language=language, dry_run="true")).json()["errors"]
        first, second = told
        assert (first["sheet"], first["cell"], first["column"]) == ("Sheet", "A2", "name")
        assert first["stands"] == "张⟨U+200B⟩三"
        assert words[0] in first["problem"]
        assert words[1] in second["todo"]
        for one in told:
            assert all(one[part] for part in ("problem", "expected", "todo"))


async def test_numbers_and_addresses_are_masked(chamber: Person) -> None:
    body = sheet([row(1, id_number="110105194912310020", email="secret@@example", phone=13812345678)])
    answer = await send(chamber, body, dry_run="true")
    for secret in ("110105194912310020", "secret", "13812345678"):
        assert secret not in answer.text
    stands = {one["column"]: one["stands"] for one in answer.json()["errors"]}
    assert stands == {
        "id_number": "11**************20",
        "email": "se****@@*****le",
        "phone": "13*******78",
    }


def _marks(body: bytes) -> dict[str, str]:
    book = openpyxl.load_workbook(io.BytesIO(body))
    return {
        f"{page.title}!{cell.coordinate}": cell.comment.text
        for page in book
        for line in page.iter_rows()
        for cell in line
        if cell.comment is not None and cell.fill.start_color.rgb == "FFFFC7CE"
    }


async def test_the_own_file_comes_back_with_every_faulty_cell_marked(chamber: Person) -> None:
    body = sheet([*(row(n, seat="主席") for n in range(1, 61)), row(61, firm="=1+1")], header=HEADER)
    answer = await send(chamber, body, "roster/marked", language="zh")
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    assert answer.headers["cache-control"] == "no-store"
    marks = _marks(answer.content)
    assert marks.keys() == {*(f"Sheet!H{n}" for n in range(2, 62)), "Sheet!E62"}
    assert "没有这种职务" in marks["Sheet!H2"]
    assert openpyxl.load_workbook(io.BytesIO(answer.content))["Sheet"]["A2"].value == row(1)[0]


async def test_a_file_that_the_library_cannot_open_comes_back_as_a_marked_copy(chamber: Person) -> None:
    body = repacked(sheet([row(1, seat="主席", firm="'=HYPERLINK(1)")]), {"xl/styles.xml": b"<styleSheet"})
    answer = await send(chamber, body, "roster/marked")
    assert _marks(answer.content).keys() == {"Sheet!H2"}
    assert openpyxl.load_workbook(io.BytesIO(answer.content))["Sheet"]["E2"].data_type == "s"


async def test_only_who_may_hand_it_in_has_a_roster_marked(rig: Rig) -> None:
    await rig.batch()
    screener = await rig.account(Grant(role="SCREENER", district="d01"))
    assert (await send(screener, sheet([row(1)]), "roster/marked")).json()["code"] == "wrong-role"


async def test_a_number_that_is_registered_under_another_name_is_told_at_the_name(
    rig: Rig, chamber: Person
) -> None:
    async with rig.office.database.write() as session:
        await rig.office.persons.ensure(session, [Identity("别人", resident_number(7))])
    # A trial tells nothing of people whom the unit never nominated; the roster itself is refused, and that is kept.
    assert (await send(chamber, sheet([row(6), row(7)]), dry_run="true")).json()["errors"] == []
    told = (await send(chamber, sheet([row(6), row(7)]), dry_run="false")).json()
    assert [(one["cell"], one["column"]) for one in told["errors"]] == [("A3", "name")]
    assert "registered under another name" in told["errors"][0]["problem"]
    assert rig.engine.sent == []


async def test_a_trial_tells_of_the_units_own_nominees_and_leaves_a_trace(rig: Rig, chamber: Person) -> None:
    async with rig.office.database.write() as session:
        ids = await rig.office.persons.ensure(session, [Identity("别人", resident_number(7))])
    await rig.case("c7", person=ids[resident_number(7)])
    told = (await send(chamber, sheet([row(6), row(7)]), dry_run="true")).json()
    assert {one["column"] for one in told["errors"]} == {"id_number", "name"}
    [number] = [one for one in told["errors"] if one["column"] == "id_number"]
    assert (number["header"], number["todo"]) == ("身份证号", "delete this row and send the file again")
    auditor = await rig.account(Grant(role="AUDITOR"))
    [line] = (await auditor.get("/v1/journal", what="preview")).json()["items"]
    assert (line["person_id"], line["target"], line["fields"][0]) == (chamber.person_id, "b1", "rows:2")


@pytest.mark.parametrize(
    ("imported", "account"),
    [("测试•甲", "测试·甲"), ("测 试", "测试"), ("测\u3000试", "测试"), ("\ufa19一", "\u795e一")],
)
async def test_the_same_person_by_another_spelling_gets_an_account(
    rig: Rig, chamber: Person, imported: str, account: str
) -> None:
    await send(chamber, sheet([row(8, name=imported)]), dry_run="false")
    [command] = rig.engine.sent
    office = await AccessOffice.of(rig)
    person = await office.opened("nominee", 8, {"role": "NOMINEE"}, name=account)
    assert person.person_id == command.entries[0].person_id  # type: ignore[attr-defined]


async def test_the_framework_speaks_the_callers_language(rig: Rig) -> None:
    admin = await rig.account(Grant(role="SYS_ADMIN"))
    for language, words in (("zh", ("缺少此项", "零宽空格")), ("en", ("Field required", "zero-width space"))):
        account = {"name": "甲\u200b乙", "id_number": resident_number(9)}
        body = {"reason": "x", "accounts": [account]}
        answer = await admin.post("/v1/accounts", body, headers={"Accept-Language": language})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
        for word in words:
            assert word in answer.json()["detail"]
            assert any(word in one["reason"] for one in answer.json()["errors"])

"""What people write beside the record lies sealed: answers that are kept for the repeats, and labels of factors."""

import json
from typing import Any

from sqlalchemy import text

from contracts.actor import Grant
from contracts.sealed import Sealed
from services.officers.desk.tables import KeptRow
from tests.consulted import screener
from tests.officers_rig import Person, Rig
from tests.person import PASSWORD
from tests.unit.officers.test_api_bonds import entry
from tests.unit.officers.test_documents import up

WORD = "鸑鷟鵁鶄"


async def stored(rig: Rig, table: str) -> list[dict[str, Any]]:
    """The rows as they lie there."""
    async with rig.office.database.connection() as connection:
        return [dict(row) for row in (await connection.execute(text(f"SELECT * FROM {table}"))).mappings()]


async def uploader(rig: Rig) -> Person:
    await rig.batch()
    await rig.case("c1")
    return await rig.account(screener())


async def test_an_answer_is_kept_sealed_and_given_again_as_it_was(rig: Rig) -> None:
    person = await uploader(rig)
    first = await up(person, key="k1", name=f"{WORD}.pdf")
    assert (first.status_code, first.json()["name"]) == (201, f"{WORD}.pdf")
    again = await up(person, key="k1", name=f"{WORD}.pdf")
    assert (again.status_code, again.json(), again.headers["Location"]) == (
        201,
        first.json(),
        first.headers["Location"],
    )
    [row] = await stored(rig, "kept")
    assert WORD not in str(row)
    assert Sealed.model_validate_json(row["answer"]).owners == tuple(sorted((person.person_id, "p-c1")))


async def test_reasons_that_an_answer_repeats_lie_sealed_there_too(rig: Rig) -> None:
    person, deputy = await uploader(rig), await rig.account(Grant(role="CLERK", district="d01"))
    said = entry(deputy, reason=WORD)
    first = await person.post("/v1/deputies", said, key="k1")
    assert (await person.post("/v1/deputies", said, key="k1")).json() == first.json()
    assert all(WORD not in json.dumps(row["answer"], ensure_ascii=False) for row in await stored(rig, "kept"))


async def test_an_answer_of_before_is_given_as_it_lies_there(rig: Rig) -> None:
    person = await uploader(rig)
    first = await up(person, key="k1")
    async with rig.office.database.write() as session:
        [row] = await stored(rig, "kept")
        kept = await session.get(KeptRow, row["command_id"])
        assert kept is not None
        kept.answer = first.json()
        session.add(kept)
    again = await up(person, key="k1")
    assert (again.status_code, again.json()) == (201, first.json())


async def test_what_somebody_calls_a_factor_is_told_to_them_and_lies_sealed(rig: Rig) -> None:
    person = await uploader(rig)
    begun = await person.post("/v1/factors/totp", {"password": PASSWORD, "label": WORD})
    assert begun.status_code == 201, begun.text
    [factor] = (await person.get("/v1/factors")).json()["items"]
    assert factor["label"] == WORD
    [row] = await stored(rig, "factors")
    assert WORD not in str(row)
    async with rig.office.database.connection() as connection:
        await connection.execute(text("UPDATE factors SET label = 'of before'"))
        await connection.commit()
    [factor] = (await person.get("/v1/factors")).json()["items"]
    assert factor["label"] == "of before"


async def test_why_somebody_is_away_or_stood_in_for_lies_sealed_and_is_told_to_them(rig: Rig) -> None:
    person, deputy = await uploader(rig), await rig.account(Grant(role="CLERK", district="d01"))
    said = entry(deputy, reason=WORD)
    assert (await person.post("/v1/deputies", said)).status_code == 201
    gone = {key: said[key] for key in ("starts", "ends", "reason")}
    assert (await person.post("/v1/absences", gone)).status_code == 201
    for register in ("deputies", "absences"):
        [row] = await stored(rig, register)
        assert WORD not in str(row)
        [shown] = (await person.get(f"/v1/{register}")).json()["items"]
        assert shown["reason"] == WORD
        async with rig.office.database.connection() as connection:
            await connection.execute(text(f"UPDATE {register} SET reason = 'of before'"))
            await connection.commit()
        [shown] = (await person.get(f"/v1/{register}")).json()["items"]
        assert shown["reason"] == "of before"

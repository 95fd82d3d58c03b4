"""Reading in an emergency over the API: what is shown, to whom, and what stands in the journal afterwards."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import update

from contracts.actor import Grant
from contracts.events.conflict import Conflict, ConflictDeclared
from contracts.events.review import HitFacts, HitFound
from contracts.vocabulary import Effect
from services.officers.readmodel.tables import CaseRow
from tests.access_office import AccessOffice
from tests.consulted import FACT
from tests.invented import nominee
from tests.officers_rig import Person, Rig
from tests.unit.officers.stale import long_ago

ELSEWHERE = Grant(role="EVALUATOR", district="d02")
"""Somebody on the team of another district, who sees nothing of the case."""
WHY = {"purpose": "stop-a-wrong", "reason": "错误公示正在进行"}


@pytest.fixture
async def office(rig: Rig) -> AccessOffice:
    office = await AccessOffice.of(rig)
    await rig.batch()
    await rig.case("c1")
    return office


async def begun(office: AccessOffice, reader: Person, **reach: str) -> str:
    asked = await reader.post("/v1/emergencies", {**WHY, **(reach or {"case_id": "c1"})})
    done = await office.decide(asked)
    assert done.status_code == 200, done.text
    return str(asked.json()["case_id"])


async def read(reader: Person, ident: str, case: str = "c1") -> httpx2.Response:
    return await reader.post(f"/v1/emergencies/{ident}/reads", {"case_id": case})


def refusal(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def lines(rig: Rig) -> list[dict[str, Any]]:
    auditor = await rig.account(Grant(role="AUDITOR"))
    found: list[dict[str, Any]] = (await auditor.get("/v1/journal", limit=100, what="emergency")).json()[
        "items"
    ]
    return found


async def test_what_is_read_is_what_the_purpose_needs_and_each_reading_is_noted(
    office: AccessOffice, rig: Rig
) -> None:
    reader = await rig.account(ELSEWHERE)
    assert (await reader.get("/v1/cases/c1")).status_code == 404
    ident = await begun(office, reader)
    shown = await read(reader, ident)
    assert shown.status_code == 200, shown.text
    assert shown.json()["shown"]["id_number"]["id_number"] == nominee().id_number
    assert "contact" not in shown.json()["shown"], "the purpose does not need it"
    assert {"reports", "opinion"}.isdisjoint(shown.json()["shown"])
    assert shown.headers["Cache-Control"] == "no-store"
    await read(reader, ident)
    noted = [line for line in await lines(rig) if line["case_id"] == "c1"]
    assert [(one["target"], one["person_id"], one["purpose"]) for one in noted] == [
        (ident, reader.person_id, "stop-a-wrong")
    ] * 2
    assert (await reader.get("/v1/cases/c1")).status_code == 404, "no other route knows of the emergency"


async def test_before_it_is_granted_and_after_it_was_turned_down_nothing_is_read(
    office: AccessOffice, rig: Rig
) -> None:
    reader = await rig.account(ELSEWHERE)
    asked = await reader.post("/v1/emergencies", {**WHY, "case_id": "c1"})
    assert asked.headers["Location"] == f"/v1/emergencies/{asked.json()['case_id']}"
    assert refusal(await read(reader, asked.json()["case_id"])) == (404, "not-found")
    await office.decide(asked, "REFUSED")
    assert refusal(await read(reader, asked.json()["case_id"])) == (404, "not-found")


async def test_after_its_end_nothing_is_read_not_even_what_was_read_under_the_same_key(
    office: AccessOffice, rig: Rig
) -> None:
    reader = await rig.account(ELSEWHERE)
    ident = await begun(office, reader)
    body = {"case_id": "c1"}
    assert (await reader.post(f"/v1/emergencies/{ident}/reads", body, key="k1")).status_code == 200
    over = datetime.now(UTC) - timedelta(seconds=1)
    async with rig.office.database.write() as session:
        row = await session.get(CaseRow, ident)
        assert row is not None
        facts = {**row.facts, "emergency": {**row.facts["emergency"], "until": over.isoformat()}}
        await session.exec(update(CaseRow).where(CaseRow.case_id == ident).values(facts=facts))  # type: ignore[arg-type]
    again = await reader.post(f"/v1/emergencies/{ident}/reads", body, key="k1")
    assert refusal(again) == (403, "emergency-over")
    assert refusal(await reader.get(f"/v1/emergencies/{ident}/cases")) == (403, "emergency-over")


async def test_it_is_ended_at_once_and_goes_to_the_audit_administrator(
    office: AccessOffice, rig: Rig
) -> None:
    reader, auditor = await rig.account(ELSEWHERE), await rig.account(Grant(role="AUDITOR"))
    ident = await begun(office, reader)
    await read(reader, ident)
    assert (await office.complete(office.decides, f"{ident}.end-emergency.1.1", "ENDED")).status_code == 200
    assert refusal(await read(reader, ident)) == (403, "emergency-over")
    looked = await office.complete(auditor, f"{ident}.review-emergency.1.1", "PROPER")
    assert looked.status_code == 200, looked.text
    shown = (await auditor.get(f"/v1/emergencies/{ident}")).json()
    assert (shown["state"], shown["lasts"]) == ("FOUND_PROPER", False)


async def test_nobody_reads_their_own_case_or_one_that_a_conflict_keeps_them_from(
    office: AccessOffice, rig: Rig
) -> None:
    reader = await rig.account(ELSEWHERE)
    await rig.case("c2", person=reader.person_id, serial=2)
    own = await reader.post("/v1/emergencies", {**WHY, "case_id": "c2"})
    assert refusal(own) == (403, "conflict-of-interest")
    kin = ConflictDeclared(
        conflict=1, task_id=None, person_id=reader.person_id, awaits=False,
        private=Conflict(ground="kin", reason="表弟"),
    )  # fmt: skip
    await rig.tell(rig.stories["c1"], kin)
    assert refusal(await reader.post("/v1/emergencies", {**WHY, "case_id": "c1"})) == (
        403,
        "conflict-of-interest",
    )
    ident = await begun(office, reader, district="d01")
    for case in ("c1", "c2"):
        assert refusal(await read(reader, ident, case)) == (404, "unknown-case")
    listed = (await reader.get(f"/v1/emergencies/{ident}/cases")).json()["items"]
    assert listed == []


async def test_a_district_is_read_case_by_case(office: AccessOffice, rig: Rig) -> None:
    await rig.case("c3", district="d02", serial=3)
    reader = await rig.account(Grant(role="CLERK", district="d02"))
    ident = await begun(office, reader, district="d01")
    listed = (await reader.get(f"/v1/emergencies/{ident}/cases")).json()["items"]
    assert [one["case_id"] for one in listed] == ["c1"]
    assert (await read(reader, ident)).status_code == 200
    assert refusal(await read(reader, ident, "c3")) == (404, "unknown-case")


async def test_the_system_administrator_asks_for_an_officer_and_never_reads(
    office: AccessOffice, rig: Rig
) -> None:
    reader = await rig.account(ELSEWHERE)
    assert refusal(await office.asks.post("/v1/emergencies", {**WHY, "case_id": "c1"})) == (403, "wrong-role")
    body = {**WHY, "case_id": "c1", "account_id": reader.account_id}
    asked = await office.asks.post("/v1/emergencies", body)
    assert (await office.decide(asked)).status_code == 200
    ident = asked.json()["case_id"]
    assert (await read(reader, ident)).status_code == 200
    assert refusal(await read(office.asks, ident)) == (403, "wrong-role")
    other = await rig.account(ELSEWHERE)
    assert refusal(await read(other, ident)) == (404, "not-found")
    assert refusal(await other.post("/v1/emergencies", body)) == (403, "wrong-role")


@pytest.mark.parametrize(
    "grant",
    [
        Grant(role="AUDITOR"),
        Grant(role="SECURITY_ADMIN"),
        Grant(role="NOMINEE"),
        Grant(role="DEPT_OFFICER", unit="tax", district="d01"),
        Grant(role="NOMINATOR", unit="chamber", district="d01"),
        Grant(role="POLICY_ADMIN"),
        Grant(role="REPORT_HANDLER", district="d01"),
    ],
    ids=lambda grant: grant.role,
)
async def test_whoever_is_on_no_team_reads_in_no_emergency(
    office: AccessOffice, rig: Rig, grant: Grant
) -> None:
    other = await rig.account(grant)
    assert refusal(await other.post("/v1/emergencies", {**WHY, "case_id": "c1"})) == (403, "wrong-role")
    body = {**WHY, "case_id": "c1", "account_id": other.account_id}
    assert refusal(await office.asks.post("/v1/emergencies", body)) == (403, "wrong-role")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purpose": "curiosity"}, (422, "invalid")),
        ({"district": "d99", "case_id": None}, (422, "invalid")),
        ({"case_id": "c9"}, (404, "unknown-case")),
        ({"district": "d01"}, (422, "invalid")),
        ({"minutes": 600}, (422, "invalid")),
    ],
)
async def test_a_wrong_request_is_refused_by_its_own_code(
    office: AccessOffice, rig: Rig, changes: dict[str, Any], code: tuple[int, str]
) -> None:
    reader = await rig.account(ELSEWHERE)
    asked = {**WHY, "case_id": "c1", **changes}
    body = {name: value for name, value in asked.items() if value is not None}
    assert refusal(await reader.post("/v1/emergencies", body)) == code


async def test_asking_and_each_reading_need_a_fresh_sign_in(office: AccessOffice, rig: Rig) -> None:
    reader = await rig.account(ELSEWHERE)
    ident = await begun(office, reader)
    old = await long_ago(rig, reader)
    stale = (401, "stale-authentication")
    assert refusal(await read(old, ident)) == stale
    assert refusal(await old.post("/v1/emergencies", {**WHY, "case_id": "c1"})) == stale
    assert await lines(rig) == []


async def test_whoever_read_a_finding_in_an_emergency_is_among_its_readers(
    office: AccessOffice, rig: Rig
) -> None:
    found = HitFound(
        hit=1, effect=Effect.HARD, private=HitFacts(fact=FACT, source="tax", reported_by="p-tax")
    )
    await rig.tell(rig.stories["c1"], found)
    reader = await rig.account(ELSEWHERE)
    await read(reader, await begun(office, reader))
    disciplined = await rig.account(Grant(role="DISC_HEAD", district="d01"))
    listed = (await disciplined.get("/v1/cases/c1/hits/1/readers")).json()
    assert [one["person_id"] for one in listed] == [reader.person_id]

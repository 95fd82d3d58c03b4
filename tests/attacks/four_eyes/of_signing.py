"""Evasions over the API of who may sign on a case: by a reading in an emergency, or with rights that are gone."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from contracts.actor import Grant
from tests.access_office import AccessOffice
from tests.attacks.four_eyes.evasion import Evasions
from tests.person import Person
from tests.unit.officers.test_api_bonds import entry

SIGNING: Evasions[AccessOffice, httpx2.Response] = Evasions()
SCREENER, CLERK = Grant(role="SCREENER", district="d01"), Grant(role="CLERK", district="d01")
ELSEWHERE = Grant(role="EVALUATOR", district="d02")
WHY = {"purpose": "stop-a-wrong", "reason": "错误公示正在进行"}
_cases = itertools.count(1)


async def _case(office: AccessOffice, person: str = "") -> str:
    number = next(_cases)
    await office.rig.case(f"s{number}", person=person, serial=number)
    return f"s{number}"


async def _nobody(office: AccessOffice) -> Person:
    """Somebody without a role on cases of their own."""
    return await office.rig.account()


async def sign(who: Person, case: str) -> httpx2.Response:
    """Complete the case's first task."""
    body: dict[str, Any] = {"outcome": "PASS", "form": {}, "reason": "", "seen": "d" * 64}
    return await who.post(f"/v1/tasks/{case}.screen.1.1/outcome", body)


async def _reading(office: AccessOffice, case: str) -> Person:
    """Somebody who has read the case in an emergency."""
    reader = await office.rig.account(ELSEWHERE)
    asked = await reader.post("/v1/emergencies", {**WHY, "case_id": case})
    assert (await office.decide(asked)).status_code == 200
    ident = asked.json()["case_id"]
    read = await reader.post(f"/v1/emergencies/{ident}/reads", {"case_id": case})
    assert read.status_code == 200, read.text
    return reader


@SIGNING.of("a signature by who reads the case in an emergency", "unknown-task")
async def _reads_and_signs(office: AccessOffice) -> httpx2.Response:
    case = await _case(office)
    return await sign(await _reading(office, case), case)


@SIGNING.of("a claim of its task by the same", "unknown-task")
async def _reads_and_claims(office: AccessOffice) -> httpx2.Response:
    case = await _case(office)
    return await (await _reading(office, case)).post(f"/v1/tasks/{case}.screen.1.1/claim")


@SIGNING.of("more than the purpose needs, revealed to the same by another way", "unknown-case")
async def _reads_and_reveals(office: AccessOffice) -> httpx2.Response:
    case = await _case(office)
    said = {"fields": ["id_number"], "purpose": "identify", "reason": "x"}
    return await (await _reading(office, case)).post(f"/v1/cases/{case}/reveals", said)


@SIGNING.of("an adverse answer signed unread, in a bundle", "not-bundled")
async def _bundled(office: AccessOffice) -> httpx2.Response:
    case, officer = await _case(office), await office.rig.account(SCREENER)
    item = {"task_id": f"{case}.screen.1.1", "seen": "d" * 64}
    return await officer.post("/v1/bundles", {"items": [item], "outcome": "INELIGIBLE", "reason": "r"})


@SIGNING.of("a signature by an account that was closed, with a token of before", "unauthenticated")
async def _closed(office: AccessOffice) -> httpx2.Response:
    case, officer = await _case(office), await office.rig.account(SCREENER)
    assert (await office.about(officer.account_id, "disable")).status_code == 201
    return await sign(officer, case)


@SIGNING.of("a signature in a role that was taken away", "unknown-task")
async def _taken_away(office: AccessOffice) -> httpx2.Response:
    case, officer = await _case(office), await office.rig.account(SCREENER)
    await office.granted(await office.about(officer.account_id, "grants", grants=[]))
    return await sign(officer, case)


@SIGNING.of("a deputy entered by the deputy", "wrong-role")
async def _own_deputy(office: AccessOffice) -> httpx2.Response:
    principal, officer = await office.rig.account(SCREENER), await office.rig.account(CLERK)
    return await officer.post("/v1/deputies", entry(officer, principal=principal.person_id))


@SIGNING.of("a deputy entered for somebody else by the system administrator", "wrong-role")
async def _entered_by_the_administrator(office: AccessOffice) -> httpx2.Response:
    head = await office.rig.account(Grant(role="DISC_HEAD", district="d01"))
    friend = await office.rig.account(CLERK)
    return await office.asks.post("/v1/deputies", entry(friend, principal=head.person_id))


@SIGNING.of("a deputy entered again for the days that follow on the last", "deputising-invalid")
async def _back_to_back(office: AccessOffice) -> httpx2.Response:
    principal, deputy = await office.rig.account(SCREENER), await office.rig.account(CLERK)
    first = entry(deputy, days=30)
    assert (await principal.post("/v1/deputies", first)).status_code == 201
    following = datetime.fromisoformat(first["ends"])
    ends = (following + timedelta(days=30)).isoformat()
    return await principal.post("/v1/deputies", entry(deputy, starts=first["ends"], ends=ends))


@SIGNING.of(
    "somebody stands in for one with whom they may not hold everything together", "grants-incompatible"
)
async def _clashing(office: AccessOffice) -> httpx2.Response:
    head = await office.rig.account(Grant(role="DISC_HEAD", district="d01"))
    chair = await office.rig.account(Grant(role="PANEL_CHAIR", district="d01"))
    return await head.post("/v1/deputies", entry(chair))


@SIGNING.of("somebody stands in for two who may not hold everything together", "grants-incompatible")
async def _two_that_clash(office: AccessOffice) -> httpx2.Response:
    head = await office.rig.account(Grant(role="DISC_HEAD", district="d01"))
    chair, deputy = await office.rig.account(Grant(role="PANEL_CHAIR", district="d01")), await _nobody(office)
    assert (await head.post("/v1/deputies", entry(deputy))).status_code == 201
    return await chair.post("/v1/deputies", entry(deputy))


@SIGNING.of("a signature for the second of two of whom one was given since what ends it", "unknown-task")
async def _two_that_clash_since(office: AccessOffice) -> httpx2.Response:
    case, deputy = await _case(office), await _nobody(office)
    first = await office.rig.account(Grant(role="NOMINATOR", unit="elsewhere", district="d02"))
    second = await office.rig.account(SCREENER)
    for principal, hours in ((first, 3), (second, 2)):
        starts = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
        assert (await principal.post("/v1/deputies", entry(deputy, starts=starts))).status_code == 201
    office.rig.office.standings.forget(deputy.account_id)
    assert (await deputy.get(f"/v1/tasks/{case}.screen.1.1")).status_code == 200
    grants = [{"role": role, "district": "d01"} for role in ("SCREENER", "DISC_HEAD")]
    await office.granted(await office.about(second.account_id, "grants", grants=grants))
    office.rig.office.standings.forget(deputy.account_id)
    return await sign(deputy, case)


@SIGNING.of("a signature for one who ended that somebody stands in", "unknown-task")
async def _ended(office: AccessOffice) -> httpx2.Response:
    case, principal = await _case(office), await office.rig.account(SCREENER)
    deputy = await _nobody(office)
    entered = await principal.post("/v1/deputies", entry(deputy))
    office.rig.office.standings.forget(deputy.account_id)
    assert (await deputy.get(f"/v1/tasks/{case}.screen.1.1")).status_code == 200
    await principal.post(f"/v1/deputies/{entered.json()['entry_id']}/end")
    return await sign(deputy, case)


@SIGNING.of("a signature for one who was given since what the deputy may not hold", "unknown-task")
async def _clashing_since(office: AccessOffice) -> httpx2.Response:
    """The deputy has no role on cases of their own, and stands in no longer."""
    case, principal = await _case(office), await office.rig.account(SCREENER)
    deputy = await office.rig.account()
    assert (await principal.post("/v1/deputies", entry(deputy))).status_code == 201
    office.rig.office.standings.forget(deputy.account_id)
    assert (await deputy.get(f"/v1/tasks/{case}.screen.1.1")).status_code == 200
    grants = [{"role": "POLICY_ADMIN"}]
    await office.granted(await office.about(deputy.account_id, "grants", grants=grants))
    return await sign(deputy, case)


@SIGNING.of("a signature by who stands in for the person concerned", "conflict-of-interest")
async def _for_the_person(office: AccessOffice) -> httpx2.Response:
    principal, deputy = await office.rig.account(SCREENER), await office.rig.account(SCREENER)
    case = await _case(office, person=principal.person_id)
    assert (await principal.post("/v1/deputies", entry(deputy))).status_code == 201
    office.rig.office.standings.forget(deputy.account_id)
    return await sign(deputy, case)

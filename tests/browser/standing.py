"""What stands in a house beside its cases, so that every page has something to show: each was done by whoever may."""

import asyncio
from collections.abc import Sequence
from typing import Any

from contracts.actor import Grant
from contracts.policy import loader
from services.ctl.demo.opening import approve
from services.ctl.demo.roster import Nomination, Person, nomination, resident_number, workbook
from services.ctl.demo.stage import XLSX
from tests.browser.house import DISTRICT, PATIENCE, POLICY, UNIT, House

LISTED = nomination(3, DISTRICT, UNIT)
"""A nominee of a batch of their own, whose number stands on a list, and whose name stands there beside another one."""
LIST = "court-dishonest"
LIST_HEADER = "被执行人姓名/名称,身份证号码,案号,发布时间,执行法院"
ORIGIN = {"issuer": "某某法院（试）", "document_no": "公告1号", "as_of": "2026-03-02"}
LATER = "2026.1-demo"
"""A released version to which a rule of transition leads."""
EARLIER = "2017.1"
"""A released version by which cases would have come out otherwise."""


def listed_in(*rows: tuple[str, str]) -> bytes:
    """A list of the court as its file comes: of each entry the name and the number."""
    lines = [f"{name},{number},（2025）执1号,2025-06-01,某某法院（试）" for name, number in rows]
    return "\n".join([LIST_HEADER, *lines]).encode()


async def stand(house: House) -> dict[str, str]:
    """Do it all; the addresses of what came of it, by what it is."""
    book, listed = await screened(house)
    emergency, asked = await emergencies(house)
    return {
        "undecided": await requested(house, 700),
        "request": await witnessed(house),
        "book": book,
        "list": f"{book}/lists/{LIST}",
        "namesakes": f"{book}/namesakes/{listed}",
        "masked": f"/cases/{listed}",
        "emergency": emergency,
        "emergency_asked": asked,
        "proposal": await proposed(house),
    }


async def requested(house: House, serial: int) -> str:
    """Somebody new is to have an account: the page of the request, on which nobody decided."""
    new = Person("演示·新", resident_number(serial))
    somebody = {
        "login": f"somebody-new-{serial}",
        "name": new.name,
        "id_number": new.id_number,
        "grants": [Grant(role="SCREENER", district=DISTRICT).model_dump()],
    }
    body = {"accounts": [somebody], "reason": "试一试"}
    asked = await house.account("admin").post("/v1/accounts", house.key(), body)
    return f"/accounts/requests/{asked['case_id']}"


async def witnessed(house: House) -> str:
    """Likewise of one that was approved: its one-time code waits for a witness."""
    page = await requested(house, 701)
    await approve(house.account("security"), page.rpartition("/")[2], house.key())
    await until_there(house, "auditor", "/v1/witnessing")
    return page


async def screened(house: House) -> tuple[str, str]:
    """A book of screening, with a list in which a nominee stands: its page, and the nominee's case."""
    office = house.account("office")
    case = await nominated(house, LISTED)
    opened = await office.post("/v1/screenings", house.key(), {"policy": POLICY})
    book = opened["case_id"]
    person = LISTED.person
    file = listed_in((person.name, person.id_number), (person.name, resident_number(702)))
    path = f"/v1/screenings/{book}/lists/{LIST}"
    await office.upload(path, house.key(), file, "text/csv", dry_run="false", **ORIGIN)
    await until_there(house, "desk", f"/v1/screenings/{book}/matches")
    return f"/screening/{book}", case


async def nominated(house: House, row: Nomination) -> str:
    """A batch of one nominee: the case."""
    office, nominator = house.account("office"), house.account("nominator")
    body = {"title": "增补（试）", "districts": [DISTRICT], "policy": POLICY}
    batch = (await office.post("/v1/batches", house.key(), body))["case_id"]
    sheet = workbook((row,))
    await nominator.upload(f"/v1/batches/{batch}/roster", house.key(), sheet, XLSX, dry_run="false")
    [case] = await until_there(house, "evaluator", "/v1/cases", kind="nomination", parent=batch)
    return str(case["case_id"])


async def emergencies(house: House) -> tuple[str, str]:
    """One that lasts, of the evaluator, and one that the inspector asked for."""
    pages = []
    for login in ("evaluator", "inspector"):
        body = {"purpose": "stop-a-wrong", "case_id": house.cases[1], "reason": "试一试"}
        asked = await house.account(login).post("/v1/emergencies", house.key(), body)
        pages.append(f"/emergency/{asked['case_id']}")
    lasts, waits = pages
    await approve(house.account("security"), lasts.rpartition("/")[2], house.key())
    return lasts, waits


async def proposed(house: House) -> str:
    """A rule of transition, which another policy administrator is to approve."""
    rule = {"batches": [house.batch], "items": []}
    body = {"version": LATER, "digest": loader.digest(LATER), "transition": rule}
    made = await house.account("policy-admin").post("/v1/policies/proposals", house.key(), body)
    return f"/proposals/{made['case_id']}"


async def until_there(house: House, login: str, path: str, **asked: str) -> Sequence[dict[str, Any]]:
    """What the list holds, once it holds something. TimeoutError when it stays empty."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await house.account(login).get(path, **asked)
            rows: Sequence[dict[str, Any]] = found if isinstance(found, list) else found["items"]
            if rows:
                return rows
            await asyncio.sleep(0.2)

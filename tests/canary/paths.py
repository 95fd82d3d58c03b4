"""Paths that no story walks: a late roster, lists with a hit and a namesake, an award, own data, papers in hand."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts import names
from contracts.actor import Grant
from services.ctl.demo.answers import Act
from services.ctl.demo.cast import Member
from services.ctl.demo.client import Account, Api
from services.ctl.demo.officers import submit
from services.ctl.demo.opening import Administrators, Opened, open_accounts
from services.ctl.demo.roster import DISTRICTS, NOMINATING_UNITS, credit_code, officer, workbook
from services.ctl.demo.stage import POLICY, XLSX
from tests.canary import planted

DISTRICT = DISTRICTS[0]
UNIT = NOMINATING_UNITS[DISTRICT]
PATIENCE = 120.0
"""Seconds for which something is waited for that another process brings."""
_FIRST = 5_000
"""Serial number of the first officer: nobody else of the play has one as high."""
OFFICES: Mapping[str, Grant] = {
    "path-office": Grant(role="ELECTION_OFFICE"),
    "path-office-2": Grant(role="ELECTION_OFFICE"),
    "path-nominator": Grant(role="NOMINATOR", unit=UNIT, district=DISTRICT),
    "path-screener": Grant(role="SCREENER"),
    "path-checker": Grant(role="SECOND_CHECKER"),
    "path-clerk": Grant(role="CLERK", district=DISTRICT),
}


@dataclass(frozen=True)
class Paths:
    """A batch beside the play's, the people of its offices, and whoever is nominated there."""

    people: Mapping[str, Opened]
    batch: str
    closes: datetime
    case: str

    @classmethod
    async def begin(cls, api: Api, admins: Administrators) -> "Paths":
        """Open a batch and nominate the first of the others in time."""
        first, _ = planted.others()
        members = [
            *(
                Member(login, officer(_FIRST + at), grant)
                for at, (login, grant) in enumerate(OFFICES.items())
            ),
            Member("path-nominee", first.person, Grant(role="NOMINEE")),
        ]
        people = await open_accounts(api, admins, members, "paths")
        office, nominator = people["path-office"].account, people["path-nominator"].account
        body = {"title": "另一批次", "districts": [DISTRICT], "policy": POLICY}
        batch = str((await office.post("/v1/batches", "paths:batch", body))["case_id"])
        await nominator.upload(
            f"/v1/batches/{batch}/roster", "paths:roster", workbook((first,)), XLSX, dry_run="false"
        )
        shown = await office.get(f"/v1/batches/{batch}")
        case = names.nomination_id(batch, people["path-nominee"].person_id, UNIT)
        return cls(people, batch, datetime.fromisoformat(shown["nomination_closes"]), case)

    async def walk(self) -> None:
        """All of them, one after the other; the late roster last, once the window is over."""
        await self._declared()
        await self._listed()
        await self._applied()
        await self._asked()
        await self._in_hand()
        await self._away()
        await self._late()

    async def _declared(self) -> None:
        for who, kind, outcome in (
            ("path-screener", "screen", "PASS"),
            ("path-checker", "screen-sign", "CONFIRM"),
            ("path-nominee", "declare", "SIGNED"),
        ):
            await self._act(who, self.case, kind, Act(outcome, {}))

    async def _listed(self) -> None:
        """The person is hit by an entry under the own number, and warned of by a namesake's; the hit is doubted."""
        office, screener = self._account("path-office"), self._account("path-screener")
        book = (await office.post("/v1/screenings", "paths:book", {"policy": POLICY}))["case_id"]
        first, _ = planted.others()
        said = {"document_no": "（2025）执1号", "decided_on": "2025-06-01", "text": planted.LISTED}
        rows = [
            {"name": one.name, "number": one.id_number, **said} for one in (first.person, planted.namesake())
        ]
        await office.upload(
            f"/v1/screenings/{book}/lists/court-dishonest",
            "paths:list",
            json.dumps({"rows": rows}, ensure_ascii=False).encode(),
            "application/json",
            dry_run="false",
            issuer="某某法院",
            document_no="公告1号",
            as_of=datetime.now(UTC).date().isoformat(),
        )
        found = await _until(lambda: screener.get(f"/v1/screenings/{book}/matches"))
        assert [one["case_id"] for one in found] == [self.case]
        warned = await screener.get(f"/v1/screenings/{book}/namesakes/{self.case}")
        assert len(warned) == 1
        await screener.post(
            f"/v1/screenings/{book}/doubts", "paths:doubt", {"match": 1, "reason": planted.DOUBTED}
        )

    async def _applied(self) -> None:
        """A chamber that the person leads applies for a title."""
        nominee = self.people["path-nominee"]
        person = nominee.member.person
        leader = {"name": person.name, "id_number": person.id_number, "position": "会长"}
        body = {
            "policy": POLICY,
            "district": DISTRICT,
            "title": "four-good",
            "cycle": "2026",
            "organisation": credit_code(1),
            "name": f"{planted.STEM}商会",
            "leaders": [leader],
        }
        await self._account("path-clerk").post("/v1/awards", "paths:award", body)

    async def _asked(self) -> None:
        """The person asks for a correction, and is answered."""
        nominee = self.people["path-nominee"]
        body = {
            "policy": POLICY,
            "district": DISTRICT,
            "case_id": self.case,
            "right": "correct",
            "name": nominee.member.person.name,
            "wanted": planted.WISH,
            "email": planted.others()[0].email,
        }
        asked = (await nominee.account.post("/v1/data-requests", "paths:data", body))["case_id"]
        answer: dict[str, object] = {"answer": planted.ANSWER, "ground": "个人信息保护法第四十六条"}
        told = Act("DECLINED", answer, planted.ANSWER)
        await self._act("path-clerk", asked, "answer-correction", told)
        await self._act("path-office", asked, "answer-correction-sign", Act("CONFIRM", {}))

    async def _in_hand(self) -> None:
        """A paper is uploaded, a second factor begun; what is asked again is answered from what was kept."""
        account = self._account("path-screener")
        for _ in range(2):
            paper = await account.upload(
                "/v1/documents",
                "paths:paper",
                b"%PDF-1.7\nmade up",
                "application/pdf",
                case_id=self.case,
                name=f"{planted.FILED}.pdf",
            )
        assert paper["name"] == f"{planted.FILED}.pdf"
        await account.post(
            "/v1/factors/totp", "paths:factor", {"password": account.password, "label": planted.CALLED}
        )
        assert [one["label"] for one in (await account.get("/v1/factors"))["items"]] == [planted.CALLED]

    async def _away(self) -> None:
        """Somebody is absent, says why, and is told so again."""
        account, now = self._account("path-checker"), datetime.now(UTC)
        said = {
            "starts": (now + timedelta(days=1)).isoformat(),
            "ends": (now + timedelta(days=2)).isoformat(),
        }
        await account.post("/v1/absences", "paths:absence", {**said, "reason": planted.AWAY})
        assert [one["reason"] for one in (await account.get("/v1/absences"))["items"]] == [planted.AWAY]

    async def _late(self) -> None:
        """A second roster comes after the window, and somebody else of the election office turns it down."""
        while datetime.now(UTC) <= self.closes:
            await asyncio.sleep(1)
        path = f"/v1/batches/{self.batch}/roster"
        sheet = workbook(planted.others()[1:])
        await self._account("path-nominator").upload(path, "paths:late", sheet, XLSX, dry_run="false")
        refused = Act("REFUSED", {}, planted.LATE_BECAUSE)
        await self._act("path-office-2", "", "approve-roster", refused)

    def _account(self, login: str) -> Account:
        return self.people[login].account

    async def _act(self, login: str, case: str, kind: str, act: Act) -> None:
        account = self._account(login)

        async def open_task() -> list[dict[str, Any]]:
            tasks = await account.pages("/v1/tasks", limit=200)
            return [one for one in tasks if one["kind"] == kind and case in {"", one["case_id"]}]

        [task] = await _until(open_task)
        await submit(account, task, act)


async def _until(ask: Callable[[], Awaitable[list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    async with asyncio.timeout(PATIENCE):
        while not (found := await ask()):
            await asyncio.sleep(0.5)
    return found

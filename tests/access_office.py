"""Requests for accounts through the API in this process, decided by the very rules that the workflow asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2

from contracts.actor import Grant
from contracts.commands.base import Accepted, Command
from contracts.commands.opening import Opening
from services.ctl.demo.roster import resident_number
from services.officers.desk.engine import Pending
from services.officers.identity import store as people
from services.officers.web import sentences
from tests.desks import PureDesk, RefusedError
from tests.invented import name_of
from tests.officers_rig import Rig
from tests.person import PASSWORD, Person
from workflows.kinds.access.case import Access
from workflows.kinds.access.kind import DECIDER

SYS, SECURITY, AUDIT = [Grant(role=role) for role in ("SYS_ADMIN", "SECURITY_ADMIN", "AUDITOR")]
REASON = "a term begins"


def wanted(login: str, serial: int, *grants: dict[str, str], **other: object) -> dict[str, object]:
    """An account as it is asked for; equal serials are the same natural person."""
    body = {"login": login, "name": name_of(serial), "id_number": resident_number(serial)}
    return {**body, "grants": list(grants), **other}


def parts_of(answer: httpx2.Response) -> dict[str, str]:
    """By login the parts of codes that were handed out."""
    assert answer.status_code == 200, answer.text
    return {one["login"]: one["part"] for one in answer.json()["codes"]}


@dataclass
class AccessOffice:
    """Three administrators, and what stands in for the engine: the rules of the kind, case by case."""

    rig: Rig
    asks: Person
    decides: Person
    witnesses: Person
    _desks: dict[str, PureDesk[Access]] = field(default_factory=dict)

    @classmethod
    async def of(cls, rig: Rig) -> "AccessOffice":
        """An office with one person of each of the three roles."""
        office = cls(rig, *[await rig.account(role) for role in (SYS, SECURITY, AUDIT)])
        rig.engine.opened = office._opened
        rig.engine.answers = office._answered
        return office

    async def request(self, *accounts: dict[str, object], who: Person | None = None) -> httpx2.Response:
        """Ask for these accounts."""
        body = {"reason": REASON, "accounts": list(accounts)}
        return await (who or self.asks).post("/v1/accounts", body)

    async def about(
        self, account_id: str, act: str, who: Person | None = None, **body: Any
    ) -> httpx2.Response:
        """Ask for something about an account."""
        return await (who or self.asks).post(f"/v1/accounts/{account_id}/{act}", {"reason": REASON, **body})

    async def decide(
        self, asked: httpx2.Response, outcome: str = "APPROVED", who: Person | None = None, **changes: Any
    ) -> httpx2.Response:
        """Complete the request's task, having seen what stands in it."""
        assert asked.status_code == 201, asked.text
        decides = who or self.decides
        shown = (await self.decides.get(f"/v1/access/{asked.json()['case_id']}")).json()
        decision = shown["decision"] or {
            "task_id": f"{shown['case_id']}.approve-access.1.1",
            "seen": "0" * 64,
        }
        body = {"outcome": outcome, "form": {}, "reason": "read", "seen": decision["seen"], **changes}
        return await decides.post(f"/v1/tasks/{decision['task_id']}/outcome", body)

    async def complete(self, who: Person, task_id: str, outcome: str) -> httpx2.Response:
        """Complete a task of a request as it stands."""
        shown = (await self.decides.get(f"/v1/access/{task_id.partition('.')[0]}")).json()
        assert shown["decision"]["task_id"] == task_id
        body = {"outcome": outcome, "form": {}, "reason": "read", "seen": shown["decision"]["seen"]}
        return await who.post(f"/v1/tasks/{task_id}/outcome", body)

    async def granted(self, asked: httpx2.Response) -> dict[str, Any]:
        """Let it take force; the request as it stands then."""
        done = await self.decide(asked)
        assert done.status_code == 200, done.text
        shown: dict[str, Any] = (await self.asks.get(f"/v1/access/{asked.json()['case_id']}")).json()
        return shown

    async def parts(self, case_id: str) -> list[dict[str, str]]:
        """By login the parts that the two who asked and decided are given."""
        drawn = [await who.post(f"/v1/access/{case_id}/codes") for who in (self.asks, self.decides)]
        return [parts_of(one) for one in drawn]

    async def witness(
        self, case_id: str, who: Person | None = None, accounts: Sequence[str] = ()
    ) -> httpx2.Response:
        """Take the witness's part of these accounts' codes; of all of the request where none are named."""
        if not accounts:
            shown = (await self.decides.get(f"/v1/access/{case_id}")).json()
            accounts = [one["account_id"] for one in shown["accounts"]]
        return await (who or self.witnesses).post(f"/v1/witnessing/{case_id}", {"accounts": [*accounts]})

    async def codes(self, case_id: str, witness: Person | None = None) -> dict[str, str]:
        """By login the whole code, from the parts of the three who have them."""
        first, second = await self.parts(case_id)
        third = parts_of(await self.witness(case_id, witness))
        return {login: f"{part}.{second[login]}.{third[login]}" for login, part in first.items()}

    async def opened(self, login: str, serial: int, *grants: dict[str, str], **other: object) -> Person:
        """Somebody whose account was asked for, approved, and taken with a password of their own."""
        shown = await self.granted(await self.request(wanted(login, serial, *grants, **other)))
        assert shown["left_out"] == {}, shown
        code = (await self.codes(shown["case_id"]))[login]
        assert (await self.set_password(login, code)).status_code == 204
        [account] = shown["accounts"]
        return await self.sign_in(login, account["person_id"])

    async def set_password(self, login: str, code: str, password: str = PASSWORD) -> httpx2.Response:
        """Take a code for a password."""
        body = {"login": login, "code": code, "password": password}
        return await self.rig.client.post("/v1/credentials", json=body)

    async def sign_in(self, login: str, person_id: str = "", password: str = PASSWORD) -> Person:
        """The holder, signed in."""
        answer = await self.rig.client.post("/v1/sessions", json={"login": login, "password": password})
        assert answer.status_code == 201, answer.text
        said = answer.json()
        return Person(self.rig.client, login, said["account_id"], person_id, said["token"])

    async def sign_in_again(self, person: Person) -> Person:
        """Another session of somebody whose password is the one that the rig gave, whatever became of it since."""
        hashed = await self.rig.office.passwords.hash(PASSWORD)
        async with self.rig.office.database.write() as session:
            await people.set_password(session, person.account_id, hashed)
        return await self.sign_in(person.login, person.person_id)

    async def _opened(self, opening: Opening) -> Pending:
        desk = PureDesk(DECIDER, self.rig.office.policy, datetime.now(UTC))
        desk.open(opening)
        self._desks[opening.target] = desk
        self.rig.story(opening.target, "access", opening.target, "all")
        await self.rig.record(opening, *(event for _, event in desk.events))
        return Pending()

    async def _answered(self, command: Command) -> Accepted | Exception:
        desk = self._desks.get(command.target)
        if desk is None:
            return Accepted(case_id=command.target, sequence=1, index=-1)
        before = len(desk.events)
        try:
            await desk.send(command)
        except RefusedError as refused:
            return sentences.refused(refused.code, refused.said)
        made = [event for _, event in desk.events[before:]]
        if not made:
            last = self.rig.stories[command.target].events[-1]
            return Accepted(case_id=command.target, sequence=last.sequence, index=-1)
        return await self.rig.record(command, *made)

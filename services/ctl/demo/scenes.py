"""What happens in the stories beside the completing of tasks: a second signature by the same person, a request
for more time, a withdrawal, a late department, a report, a suspension, and at the end the election."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.lifecycles import ENDS
from contracts.vocabulary import CaseState
from services.ctl.demo.answers import EXTENSION, REPORT, SUSPENDED, WITHDRAWAL, answer
from services.ctl.demo.cast import twin_login
from services.ctl.demo.client import Account, ProblemError
from services.ctl.demo.officers import Officer, submit
from services.ctl.demo.play import Part, Play
from services.ctl.demo.story import UNIT, Story

GLANCE = 1.0
"""Seconds between two looks at something that a scene waits for."""
NOTICE_OF_ELECTION = 6.0
"""The election is called this many seconds ahead."""


class Scenes:
    """The scenes of one batch. Each leaves in the play's notes what the ending checks."""

    def __init__(
        self, play: Play, officers: Mapping[str, Officer], batch_id: str, say: Callable[[str], None]
    ) -> None:
        """`say` tells whoever watches what a scene waits for."""
        self._play = play
        self._officers = officers
        self._batch = batch_id
        self._say = say

    def prepare(self) -> None:
        """Set the stage before anybody acts."""
        if extension := self._play.one(Story.EXTENSION):
            self._play.before[extension.case_id, "reply", UNIT[extension.story]] = self._ask_for_longer
        if same := self._play.one(Story.SAME_PERSON):
            self._play.before[same.case_id, "reply-sign", UNIT[same.story]] = self._twin_signs
        if late := self._play.one(Story.LATE):
            self._silent(late).hold(late.case_id)
        if removal := self._play.one(Story.REMOVAL):
            self._play.before[removal.case_id, "verify", ""] = self._suspend
            self._play.before[removal.case_id, "plan", ""] = self._lift

    def all(self) -> list[Coroutine[Any, Any, None]]:
        """The scenes that run beside the officers' work."""
        running: list[tuple[Story, Callable[[Part], Coroutine[Any, Any, None]]]] = [
            (Story.WITHDRAWS, self._withdraw),
            (Story.LATE, self._answer_after_red),
            (Story.REPORT, self._report),
        ]
        found = [(self._play.one(story), scene) for story, scene in running]
        return [scene(part) for part, scene in found if part is not None]

    async def _ask_for_longer(self, account: Account, task: dict[str, Any]) -> None:
        await submit(account, task, EXTENSION, "extend")
        after = await account.get(f"/v1/tasks/{task['task_id']}")
        self._play.notes["extension"] = {"before": task["due"], "after": after["due"]}

    async def _twin_signs(self, account: Account, task: dict[str, Any]) -> None:
        part = self._play.parts[task["case_id"]]
        twin = self._officers[twin_login(part.row.district)].account
        act = answer(part.story, task["kind"], task["unit"], task["round"], part.row, datetime.now(UTC))
        try:
            await submit(twin, task, act, "twin")
        except ProblemError as problem:
            self._play.notes["same-person"] = problem.code
        else:
            self._play.fault(f"{part.story} ({part.case_id}): one person could sign twice")

    async def _suspend(self, account: Account, task: dict[str, Any]) -> None:
        await self._chair(task, "suspension", SUSPENDED)

    async def _lift(self, account: Account, task: dict[str, Any]) -> None:
        await self._chair(task, "suspension/lift", SUSPENDED)

    async def _chair(self, task: dict[str, Any], act: str, body: object) -> None:
        leader = self._officers[f"leader-in-charge-{task['district']}"].account
        key = f"{task['case_id']}:{act.replace('/', '.')}"
        await leader.post(f"/v1/removals/{task['case_id']}/{act}", key, body)

    async def _withdraw(self, part: Part) -> None:
        await self._play.completed(part.case_id, "reply", 2)
        nominee = next(one for one in self._officers.values() if one.member.person == part.row.person)
        key = f"{part.case_id}:withdraw"
        await nominee.account.post(f"/v1/cases/{part.case_id}/withdrawal", key, {"reason": WITHDRAWAL})

    async def _answer_after_red(self, part: Part) -> None:
        await self._play.completed(part.case_id, "declare")
        watcher = self._officers[f"ufwd-{part.row.district}"].account
        said: list[str] = []
        while "red" not in said:
            await asyncio.sleep(GLANCE)
            for rung in await _rungs(watcher, part):
                if rung not in said:
                    said.append(rung)
                    self._say(f"{part.row.person.name}: {UNIT[part.story]} has not answered, {rung}")
        self._silent(part).release(part.case_id)

    async def _report(self, part: Part) -> None:
        await self._play.completed(part.case_id, "post-notice")
        # Whoever registers a report does not check it.
        officer = self._officers[f"notice-officer-{part.row.district}"].account
        body = {"signed": True, "channel": "letter", "content": REPORT}
        await officer.post(f"/v1/cases/{part.case_id}/reports", f"{part.case_id}:report", body)

    async def election(self) -> None:
        """Call the election when every case that is still alive waits for it."""
        office = self._officers["election-office"].account
        while not self._ready():
            await self._play.looked()
        election_at = datetime.now(UTC) + timedelta(seconds=NOTICE_OF_ELECTION)
        body = {"election_at": election_at.isoformat()}
        await office.post(f"/v1/batches/{self._batch}/election", f"{self._batch}:election", body)

    def _ready(self) -> bool:
        states = [self._play.states.get(case_id) for case_id in self._play.nominations()]
        return all(state is CaseState.READY or state in ENDS for state in states)

    def _silent(self, part: Part) -> Officer:
        return self._officers[f"{UNIT[part.story]}-{part.row.district}"]


async def case_states(account: Account, **narrowed: str) -> dict[str, CaseState]:
    """The state of every case that this person may see, of those that the filter lets through."""
    cases = await account.pages("/v1/cases", limit=200, **narrowed)
    return {case["case_id"]: CaseState(case["state"]) for case in cases}


async def _rungs(account: Account, part: Part) -> list[str]:
    """The rungs that fired for the story's department, in order."""
    timeline = await account.pages(f"/v1/cases/{part.case_id}/timeline", limit=200)
    return [
        str(event["payload"]["rung"])
        for event in timeline
        if event["type"] == "rung-reached" and event["payload"]["unit"] == UNIT[part.story]
    ]

"""Simulated officers: each reads their own task list and acts on what they find there, as the story says."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from services.ctl.demo.answers import Act, answer
from services.ctl.demo.cast import Member
from services.ctl.demo.client import Account, ProblemError
from services.ctl.demo.papers import hand_in
from services.ctl.demo.play import NOT_YET, Done, Part, Play
from services.ctl.demo.story import Story

IDLE = 20.0
"""Seconds after which somebody looks at their list although nobody told them to."""
SOON = 1.0
WATCHFUL = {"SCREENER": 2.0, "EVALUATOR": 3.0, "NOTICE_OFFICER": 2.0, "ELECTION_OFFICE": 2.0}
"""The same for those whose work begins with the clock or with an import, and not with a colleague's act."""
NEXT = {
    "screen": ("SECOND_CHECKER",),
    "screen-sign": ("NOMINEE", "NOMINATOR", "SCREENER"),
    "repair": ("SCREENER",),
    "declare": ("DEPT_OFFICER",),
    "reply": ("DEPT_HEAD",),
    "reply-sign": ("NOMINEE", "EVALUATOR"),
    "explain": ("EVALUATOR", "PANEL_CHAIR", "PANEL_MEMBER"),
    "confirm-fact": ("PANEL_CHAIR",),
    "confirm-fact-sign": ("EVALUATOR", "CLERK", "NOMINEE"),
    "panel-chair": ("EVALUATOR", "CLERK", "NOMINEE"),
    "panel-vote": ("EVALUATOR", "CLERK", "NOMINEE"),
    "appeal": ("ARCHIVIST",),
    "score": ("PANEL_CHAIR",),
    "score-sign": ("INSPECTOR",),
    "inspect": ("DISC_OFFICER",),
    "opinion-draft": ("DISC_HEAD", "LEADER_IN_CHARGE"),
    "opinion-head": ("UFWD", "PARTY_GROUP"),
    "opinion-leader": ("UFWD", "PARTY_GROUP"),
    "propose-department": ("EVALUATOR",),
    "propose-party-group": ("EVALUATOR",),
    "reread-decision": ("COMMITTEE_CLERK",),
    "reread-notice": ("NOTICE_OFFICER",),
    "decide": ("NOTICE_OFFICER",),
    "check-report": ("NOTICE_OFFICER",),
    "recheck": ("ELECTION_OFFICE",),
    "count": ("CLERK",),
    "serve": ("ARCHIVIST", "MEMBER"),
    "lead": ("EVALUATOR",),
    "first-look": ("EVALUATOR",),
    "first-look-sign": ("MEMBER",),
    "statement": ("INSPECTOR",),
    "verify": ("DISC_OFFICER",),
    "removal-opinion": ("DISC_HEAD", "LEADER_IN_CHARGE"),
    "removal-opinion-head": ("UFWD", "PARTY_GROUP"),
    "removal-opinion-leader": ("UFWD", "PARTY_GROUP"),
    "plan-department": ("COMMITTEE_CLERK",),
    "plan-party-group": ("COMMITTEE_CLERK",),
    "plan": ("ELECTION_OFFICE", "LEADER_IN_CHARGE"),
    "urgent-decision": ("ELECTION_OFFICE",),
    "vote": ("CLERK", "EVALUATOR"),
    "ratify": ("CLERK",),
    "apply-review": ("REVIEWER", "ARCHIVIST"),
    "review-vote": ("CLERK",),
    "clear-name": ("ARCHIVIST",),
    "note-vacancy": ("ARCHIVIST",),
}
"""Who is likely to have work after a task of this kind; they look at their list at once."""
NOBODYS = frozenset({"conference", "overdue", "serve-letter"})
"""Kinds that nobody plays: who is late answers in the end, and then the conference's item about it is cancelled."""
SHARED = {"panel-vote": 2, "inspect": 2, "verify": 2, "review-vote": 3}
"""Kinds that are opened once per colleague, and for how many: everybody takes the one of their place."""
SECONDED = frozenset({"first-look-sign"})
"""Kinds that a second colleague signs over what the first answered."""
THEMSELVES = frozenset({"NOMINEE", "MEMBER"})
"""Roles in which people act on their own case."""


class Officer:
    """One account at work until the demonstration ends."""

    def __init__(self, member: Member, account: Account, play: Play) -> None:
        self.member = member
        self.account = account
        self._play = play
        self._told = asyncio.Event()
        self._finished: set[tuple[str, str]] = set()
        self._tries: Counter[tuple[str, str]] = Counter()
        self._held: set[str] = set()
        play.listeners.append(self._hear)

    def look(self) -> None:
        """Make them look at their list now."""
        self._told.set()

    def hold(self, case_id: str) -> None:
        """Leave the tasks of this case alone until `release`."""
        self._held.add(case_id)

    def release(self, case_id: str) -> None:
        """Take up the tasks of this case again."""
        self._held.discard(case_id)
        self.look()

    async def work(self) -> None:
        """Look, act, wait; for ever."""
        longest = WATCHFUL.get(self.member.grant.role, IDLE)
        pause = longest
        if longest == IDLE:
            pause = await self._wait(pause)
        while True:
            tasks = await self.account.pages("/v1/tasks", limit=200)
            mine = [task for task in tasks if self._is_for_me(task)]
            if not any(await asyncio.gather(*(self._act(task) for task in mine))):
                pause = min(2 * await self._wait(pause), longest)

    async def _wait(self, seconds: float) -> float:
        """Until told, or so long. Whoever was told looks again soon: lists may lag behind what was done."""
        # `wait_for` would lose an end of the play that comes as they are told something, and the play would never end.
        try:
            async with asyncio.timeout(seconds):
                await self._told.wait()
        except TimeoutError:
            return seconds
        self._told.clear()
        return SOON

    def _is_for_me(self, task: dict[str, Any]) -> bool:
        if task["case_id"] not in self._play.parts or task["case_id"] in self._held:
            return False
        if task["kind"] in NOBODYS:
            return False
        if (task["task_id"], task["content_digest"]) in self._finished:
            return False
        if task["kind"] in SHARED:
            return bool((task["signature"] - self.member.place) % SHARED[task["kind"]] == 0)
        return self.member.place == int(task["kind"] in SECONDED)

    async def _act(self, task: dict[str, Any]) -> bool:
        """Whether that is done with; what waits for a colleague is tried again later, as another act."""
        seen = (task["task_id"], task["content_digest"])
        part = self._play.parts[task["case_id"]]
        urgency = _urgency(part, task)
        async with self._play.case_turns(part.case_id).turn(urgency), self._play.turns.turn(urgency):
            try:
                await self._complete(part, task)
            except ProblemError as problem:
                self._play.refusal(part, task, problem)
                if problem.code in NOT_YET:
                    self._tries[seen] += 1
                    return False
        self._finished.add(seen)
        return True

    async def _complete(self, part: Part, task: dict[str, Any]) -> None:
        kind, unit = task["kind"], task["unit"]
        first = self._play.before.pop((part.case_id, kind, unit), None)
        if first is not None:
            await first(self.account, task)
        act = answer(part.story, kind, unit, task["round"], part.row, datetime.now(UTC))
        tries = self._tries[task["task_id"], task["content_digest"]]
        await submit(self.account, task, act, f"act-{tries}" if tries else "act")
        self._play.record(Done(part.case_id, kind, unit, task["round"]))

    def _hear(self, done: Done) -> None:
        grant = self.member.grant
        part = self._play.parts[done.case_id]
        if grant.role not in NEXT.get(done.kind, ()) or grant.district not in {"*", part.row.district}:
            return
        if grant.role == "DEPT_HEAD" and grant.unit != done.unit:
            return
        if grant.role in THEMSELVES and self.member.person != part.row.person:
            return
        self.look()


def _urgency(part: Part, task: dict[str, Any]) -> str:
    # The silence of whoever a case is about would end something; and a late department is waited for longest.
    first = task["role"] in THEMSELVES or part.story is Story.LATE
    return ("0" if first else "1") + (task["due"] or "9999")


async def submit(account: Account, task: dict[str, Any], act: Act, attempt: str = "act") -> Any:
    """Complete a task as this person; the key names task, content and attempt, so a repeat is the same act."""
    await hand_in(account, task, act.form)
    body = {"outcome": act.outcome, "form": act.form, "reason": act.reason, "seen": task["content_digest"]}
    key = f"{account.login}:{task['task_id']}:{task['content_digest'][:12]}:{attempt}"
    return await account.post(f"/v1/tasks/{task['task_id']}/outcome", key, body)

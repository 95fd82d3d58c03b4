"""How the offices work through their lists, and how the nominees answer what is asked of them."""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from contracts.actor import Grant
from services.ctl.demo.answers import Act, answer
from services.ctl.demo.client import Account, ProblemError
from services.ctl.demo.officers import NEXT, submit
from services.ctl.demo.play import OVERTAKEN, UnexpectedError
from services.ctl.demo.roster import Nomination
from services.ctl.demo.story import Story
from services.ctl.term.nominees import Known

AT_ONCE = 24
"""Acts on their way at the same time."""
LEAST_REST, LONGEST_REST = 3.0, 60.0
"""Seconds between two looks at a list: at least, so that much comes at once, and at most, when nobody acts for it."""
LONGEST_BREAK = 60.0
"""Seconds for which whoever was at work looks at nothing, at most, while others' acts wait for their turn."""
ENOUGH = 10 * AT_ONCE
"""Acts that wait for their turn: while there are so many, another look would only add to them."""
OF_NOMINEES = ("declare", "explain")
"""What is asked of the nominees themselves; the election office sees who owes an answer."""
NOT_PLAYED = frozenset({"appeal", "serve", "file"})
"""What follows an end: nobody here asks for a re-check, and what comes after it is not of this election."""

Look = Callable[[], Awaitable[list[dict[str, Any]]]]
"""What there is to do."""


@dataclass
class Desk:
    """Whoever works through one list: who they are, and that somebody did what leads to work of theirs."""

    grant: Grant
    told: asyncio.Event = field(default_factory=asyncio.Event)
    patience: float = LEAST_REST
    """Seconds for which they wait to be told. Twice as long after each look at nothing: three hundred look on."""

    def hear(self, task: Mapping[str, Any]) -> None:
        """Somebody completed this task, after which people of this role are likely to have work."""
        of_theirs = self.grant.role != "DEPT_HEAD" or self.grant.unit == task["unit"]
        if of_theirs and self.grant.district in {"*", task["district"]}:
            self.told.set()

    async def rest(self, enough: Callable[[], bool], *, idle: bool) -> None:
        """Whoever had nothing to do waits until told, or while their patience lasts; then all, while there is `enough`.

        While others' acts wait for their turn, lists are not to be what keeps the system busy; once few wait, as at the
        end of an election, nobody is to be waited for.
        """
        if idle:
            # `wait_for` would lose a cancellation that comes as they are told something.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.patience):
                    await self.told.wait()
        waited = idle and not self.told.is_set()
        self.patience = min(2 * self.patience, LONGEST_REST) if waited else LEAST_REST
        self.told.clear()
        await asyncio.sleep(LEAST_REST)
        until = time.monotonic() + LONGEST_BREAK
        while enough() and time.monotonic() < until:  # noqa: ASYNC110 - a number that hundreds watch
            await asyncio.sleep(1.0)


@dataclass
class Term:
    """What everybody at work knows of the election. `cases` says by case whom it is about."""

    cases: Mapping[str, Nomination]
    facts: Mapping[str, Known]
    nominees: Mapping[str, Account]
    """Accounts by case."""
    done: int = 0
    desks: defaultdict[str, list[Desk]] = field(default_factory=lambda: defaultdict(list))
    """By role."""
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    waiting: int = 0
    """Acts that wait for their turn."""

    async def office(self, account: Account, grant: Grant) -> None:
        """One office, for ever: look, act on everything, rest."""
        await self._work(Desk(grant), lambda: _mine(account), lambda case_id: account)

    async def everybody(self, overseer: Account) -> None:
        """All nominees, for ever, each in the own account; `overseer` sees what is open."""
        nominees = Desk(Grant(role="NOMINEE"))
        await self._work(nominees, lambda: _of_nominees(overseer), self.nominees.__getitem__)

    async def _work(self, desk: Desk, look: Look, whose: Callable[[str], Account]) -> None:
        self.desks[desk.grant.role].append(desk)
        finished: set[tuple[str, str]] = set()
        while True:
            fresh = [
                one for one in await look() if _key(one) not in finished and one["case_id"] in self.cases
            ]
            await asyncio.gather(*(self._act(whose(one["case_id"]), one) for one in fresh))
            finished.update(map(_key, fresh))
            await desk.rest(lambda: self.waiting >= ENOUGH, idle=not fresh)

    async def _act(self, account: Account, task: dict[str, Any]) -> None:
        said = self._said(task, self.cases[task["case_id"]])
        self.waiting += 1
        async with self.turns:
            self.waiting -= 1
            try:
                await submit(account, task, said)
            except ProblemError as problem:
                if problem.code not in OVERTAKEN:
                    raise UnexpectedError(f"{task['task_id']}: {problem}") from problem
            else:
                self.done += 1
                for role in NEXT.get(task["kind"], ()):
                    for desk in self.desks[role]:
                        desk.hear(task)

    def _said(self, task: Mapping[str, Any], row: Nomination) -> Act:
        fact, now = self.facts.get(row.person.id_number), datetime.now(UTC)
        if task["kind"] == "reply" and fact is not None and fact.department == task["unit"]:
            return Act("ISSUE", {"findings": [_finding(fact, row, now.date())]})
        story = Story.CLEAN if fact is None or task["kind"] == "reply" else Story.HARD_VETO
        return answer(story, task["kind"], task["unit"], task["round"], row, now)


async def _mine(account: Account) -> list[dict[str, Any]]:
    tasks = await account.pages("/v1/tasks", limit=200)
    return [one for one in tasks if one["kind"] not in NOT_PLAYED]


async def _of_nominees(overseer: Account) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for kind in OF_NOMINEES:
        found += await overseer.pages("/v1/tasks", view="all", state="open", kind=kind, limit=200)
    return found


def _key(task: Mapping[str, Any]) -> tuple[str, str]:
    return task["task_id"], task["content_digest"]


def _finding(fact: Known, row: Nomination, today: date) -> dict[str, object]:
    return {
        "item": fact.item,
        "subject": "person",
        "subject_id": row.person.id_number,
        "liable": True,
        "anchor": today.replace(day=1).isoformat(),
        "issuer": "演示机关",
        "document_no": "演字〔2026〕1号",
        "fetched_on": today.isoformat(),
        "text": fact.text,
    }

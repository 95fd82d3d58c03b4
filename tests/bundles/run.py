"""`make bundle`: one officer signs 992 letters at once by the console, and what carries them is killed on the way.

The workflow worker is killed with SIGKILL when a third of the items have their result, the API, which sends them one by
one, at two thirds. In the end the record is read and counted: each letter answered once, none twice, none missing.

    PYTHONPATH=. python -m tests.bundles.run [--cases 992] [--units 1]
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from services.ctl.demo.client import Account, Api, ProblemError
from services.ctl.embedded import Running
from services.ctl.layout import HOST
from services.kit.recordreader import RecordReader
from tests.bundles.letters import POLICY, Letters, prepared
from tests.bundles.page import Page, signed_in
from tests.played import System, settings_in, system

KILLED = {"worker": 1 / 3, "officers": 2 / 3}
"""What is killed, one after the other was brought back, and when: the part of all items that have their result."""
FEW = 200
"""With fewer items both are killed together as soon as all is signed: a few are done before anybody looks again."""
PATIENCE = 600.0
"""Seconds for the rest after the last kill."""


@dataclass
class Outcome:
    """What came of a bundle."""

    items: int
    refused: str
    """The code with which the API refused an adverse bundle."""
    killed: dict[str, int] = field(default_factory=dict)
    """By process how many items had their result when it was killed."""
    seconds: float = 0.0
    twice: int = 0
    lost: int = 0
    open: int = 0
    """Letters that the officer still has to answer."""
    undone: int = 0
    """Items of which the bundle says anything else than that they are done."""

    @property
    def right(self) -> bool:
        """Whether each was answered once, with every process killed while items waited."""
        amid = all(at < self.items for at in self.killed.values()) and len(self.killed) == len(KILLED)
        return (
            amid
            and self.refused == "not-bundled"
            and not (self.twice or self.lost or self.open or self.undone)
        )

    def line(self) -> str:
        """The one line that counts."""
        killed = " ".join(f"{name}_killed_at={at}" for name, at in self.killed.items())
        counts = f"twice={self.twice} lost={self.lost} open={self.open} undone={self.undone}"
        return (
            f"bundle: items={self.items} {killed} seconds={self.seconds:.1f} {counts} adverse={self.refused}"
        )


async def sent(on: System, letters: Letters) -> Outcome:
    """Sign all letters as one bundle, kill what carries them, and count what is on the record."""
    account = letters.officer.account
    outcome = Outcome(letters.many, await adverse(letters, account))
    async with signed_in(on.running.console, account) as page:
        answer = await page.checked(POLICY, "ISSUE")
        if answer.status_code != 422:
            raise AssertionError(f"the console took an adverse bundle: {answer.status_code}")
        check = await page.checked(POLICY, "NO_ISSUE")
        where, began = await page.signed(check), time.monotonic()
        if letters.many < FEW:
            await _both_killed(on, letters, outcome)
        else:
            await _one_by_one(on, page, where, outcome)
        async with asyncio.timeout(PATIENCE):
            await page.until(where, outcome.items)
        if await page.signed(check) != where:
            raise AssertionError("the same page signed twice is two bundles")
        outcome.seconds = time.monotonic() - began
    answered = await on_record(on.running, letters.officer.person_id)
    outcome.twice = sum(times - 1 for times in answered.values())
    outcome.lost = letters.many - len(answered)
    outcome.open = len(await letters.open())
    outcome.undone = letters.many - (await account.get(f"/v1{where}"))["counts"]["done"]
    return outcome


async def _both_killed(on: System, letters: Letters, outcome: Outcome) -> None:
    for name in KILLED:
        on.lose(name)
    done = len(await on_record(on.running, letters.officer.person_id))
    outcome.killed = dict.fromkeys(KILLED, done)
    for name in KILLED:
        await on.ready_again(name)


async def _one_by_one(on: System, page: Page, where: str, outcome: Outcome) -> None:
    for name, part in KILLED.items():
        seen = await page.until(where, int(outcome.items * part))
        on.lose(name)
        outcome.killed[name] = seen.over
        await on.ready_again(name)


async def adverse(letters: Letters, account: Account) -> str:
    """Ask the API for an adverse bundle, past the console; the code of its refusal."""
    items = [{"task_id": one["task_id"], "seen": one["content_digest"]} for one in await letters.open()]
    try:
        await account.post("/v1/bundles", "adverse", {"items": items, "outcome": "ISSUE"})
    except ProblemError as refusal:
        return refusal.code
    return "taken"


async def on_record(running: Running, person_id: str) -> Counter[str]:
    """How often each letter was answered by this person, by the record itself."""
    url, answered, after = f"http://{HOST}:{running.settings.port_registry}", Counter[str](), -1
    async with httpx2.AsyncClient() as client:
        record = RecordReader(client, url, running.vault.read("registry-token"))
        while page := await record.after(after):
            after = page[-1].index
            for said in (one.said for one in page):
                theirs = said["actor"]["person_id"] == person_id
                if theirs and said["type"] == "task-completed" and said["payload"]["kind"] == "reply":
                    answered[said["payload"]["task_id"]] += 1
    return answered


async def carried(var: Path, cases: int, units: int) -> Outcome:
    """The whole of it in this folder."""
    async with system(settings_in(var)) as on:
        api = Api(on.running.api)
        try:
            return await sent(on, await prepared(on, api, cases, units))
        finally:
            await api.close()


async def main(arguments: list[str] | None = None) -> int:
    """0 when each letter was answered once."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=992)
    parser.add_argument("--units", type=int, default=1, help="departments for which the officer answers")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        outcome = await carried(Path(folder), chosen.cases, chosen.units)
    print(outcome.line(), flush=True)
    return 0 if outcome.right else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

"""Wait until every case has come to rest, then hold workflows, record, answers and letters against each other."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from tests.chaos import findings
from tests.chaos.acts import Fate, Told, carried_out
from tests.chaos.findings import Findings
from tests.chaos.known import Known, Workflows
from tests.chaos.letters import kept_twice, mailed_twice
from tests.chaos.truth import Truth

LOOK_SECONDS = 1.0
REPEATED = 100
"""Answered acts that are asked once more under the same key."""
SNAPSHOTS = 5
"""How often a case is looked at that moves while it is looked at."""


@dataclass
class Checking:
    """What is held against what."""

    truth: Truth
    workflows: Workflows
    letters: Path
    """The notices' database file."""

    async def at_rest(self, seconds: float) -> list[str]:
        """Wait until no case is stuck, at most so long; what is stuck then."""
        until = time.monotonic() + seconds
        while True:
            found = await self._stuck()
            if not found or time.monotonic() > until:
                return found
            await asyncio.sleep(LOOK_SECONDS)

    async def findings(
        self,
        told: Sequence[Told],
        stuck: Sequence[str],
        mails: Sequence[str],
        mailer_killed: int,
        chance: Random,
    ) -> Findings:
        """Everything that is not as it must be."""
        again = await _answered_otherwise(told, chance)
        await self.truth.read()
        entries = self.truth.entries
        return Findings(
            lost=findings.lost(told, entries),
            doubled=[*findings.doubled(entries), *again],
            stuck=stuck,
            forked=[*await self._forked(), *(f"{one} has failed" for one in await self.workflows.gone())],
            letters_doubled=[*kept_twice(self.letters), *mailed_twice(mails, mailer_killed)],
        )

    async def _stuck(self) -> list[str]:
        # Asked first: what comes to the record meanwhile is not held against anybody.
        now = datetime.now(UTC)
        await self.truth.read()
        found = [f"{case_id} was owed and has not begun" for case_id in self.truth.unbegun()]
        cases = self.truth.cases()
        known = await self._known(cases, state=False)
        for case_id in cases:
            found += findings.stuck(case_id, self.truth.folded(case_id), known[case_id], now)
        return found

    async def _forked(self) -> list[str]:
        found: list[str] = []
        known = await self._known(self.truth.cases(), state=True)
        for case_id, one in known.items():
            found += await self._fork(case_id, one)
        return found

    async def _fork(self, case_id: str, known: Known) -> list[str]:
        """State and place are two questions: a case that moved between them is asked again."""
        found: list[str] = []
        for _ in range(SNAPSHOTS):
            if known.ledger is None:
                return []  # it is stuck, and counted there
            await self.truth.read()
            found = findings.forked(case_id, self.truth.folded(case_id, known.ledger.sequence), known)
            if not found:
                return []
            known = (await self._known([case_id], state=True))[case_id]
        return found

    async def _known(self, cases: Sequence[str], *, state: bool) -> dict[str, Known]:
        return await self.workflows.known([(self.truth.kind(one), one) for one in cases], state=state)


async def _answered_otherwise(told: Sequence[Told], chance: Random) -> list[str]:
    """Accepted acts whose repeat under the same key is answered otherwise."""
    accepted = [one for one in told if one.fate is Fate.ACCEPTED]
    found = []
    for one in chance.sample(accepted, min(REPEATED, len(accepted))):
        repeat = await carried_out(one.act)
        if repeat.answer != one.answer:
            was, now = one.answer, repeat.answer or repeat.code
            found.append(f"{one.act.path} under {one.act.key} was answered {was}, and then {now}")
    return found

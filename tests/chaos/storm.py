"""A whole system, eight people and a killer; then quiet, and what must be nought is counted."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from unittest.mock import patch

import httpx2

from services.ctl import supervisor
from services.ctl.demo.client import Api
from services.ctl.demo.opening import first_administrators
from services.ctl.embedded import Running, running
from services.ctl.keys import Keys
from services.ctl.layout import HOST, Layout
from services.ctl.probes import free_ports
from services.ctl.settings import Settings
from services.kit.keywrap import FileWrapper
from services.kit.peoplekeys import PeopleFolder
from services.kit.recordreader import RecordReader
from services.kit.sealing import Keyring
from tests.chaos.acts import Fate, Told
from tests.chaos.board import Board
from tests.chaos.checking import Checking
from tests.chaos.findings import Findings
from tests.chaos.house import move_in
from tests.chaos.killer import Killer
from tests.chaos.known import Workflows
from tests.chaos.people import People
from tests.chaos.truth import Truth
from tests.chaos.work import Work
from tests.notices_rig import MailSink

BACK_AFTER = 0.5
"""Seconds after which the supervisor starts a killed process again, however often it was killed: no crash loop."""


@dataclass(frozen=True)
class Plan:
    """What is to happen. At most `seconds` of storm; `rest` is how long cases may take afterwards to come to rest."""

    kills: int
    seconds: float
    rest: float
    seed: int
    single: bool = False
    cases: int = 12


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    kills: Counter[str]
    told: list[Told]
    slowest: float
    findings: Findings

    def line(self) -> str:
        """The one line that counts."""
        counts = "".join(f" {name}={count}" for name, count in self.findings.counts().items())
        return f"chaos: kills={self.kills.total()} acts={len(self.told)}{counts} slowest_s={self.slowest:.1f}"

    @property
    def failed(self) -> bool:
        """Whether anything is not nought."""
        return any(self.findings.counts().values())


async def storm(plan: Plan, var: Path, say: Callable[[str], None]) -> Outcome:
    """Carry the plan out in this folder."""
    chance = Random(plan.seed)
    killer, mail = Killer(var / "run", Random(chance.random())), MailSink()
    mailed = {
        "QX_NOTICES_SMTP_HOST": HOST,
        "QX_NOTICES_SMTP_PORT": str(mail.port),
        "QX_NOTICES_SMTP_SECURITY": "none",
        "QX_NOTICES_SMTP_FROM": "office@demo.invalid",
    }
    ports = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
    settings = Settings.model_validate({"var": var, "processes": "apart", **ports})

    def told(line: str) -> None:
        killer.hear(line)
        say(line)

    with mail.listening(), patch.object(supervisor, "LONGEST_PAUSE", BACK_AFTER):
        async with running(settings, {**os.environ, **mailed}, told) as system, _checking(system) as checking:
            api = Api(system.api)
            try:
                people = await _acting(api, system, killer, plan, chance)
                say(f"{killer.count} kills in {dict(killer.kills)}; waiting until every case is at rest")
                stuck = [f"{act.path} under {act.key} has no answer" for act in people.unanswered()]
                stuck += await checking.at_rest(plan.rest)
                mails = [str(message["Message-ID"]) for _, message in mail.taken]
                found = await checking.findings(people.told, stuck, mails, killer.kills["notices"], chance)
            finally:
                await api.close()
    waited = [one.seconds for one in people.told if one.fate is not Fate.ABANDONED]
    return Outcome(killer.kills, people.told, max(waited, default=0.0), found)


async def _acting(api: Api, system: Running, killer: Killer, plan: Plan, chance: Random) -> People:
    """Everybody at work while the killer is, until what was in hand at its end is answered."""
    house = await move_in(api, await first_administrators(api, system.vault))
    board = Board(house.of("ELECTION_OFFICE"), Random(chance.random()))
    work = Work(house, board, Random(chance.random()), plan.cases, f"chaos-{plan.seed}")
    people = People(work, Random(chance.random()))
    watching, working = asyncio.create_task(board.watch()), asyncio.create_task(people.work())
    try:
        if plan.single:
            await killer.one_by_one(plan.kills, plan.seconds, people.quiet)
        else:
            await killer.storm(plan.kills, plan.seconds)
            people.leave()
            await killer.last_blow()
        people.over.set()
        await asyncio.wait({working}, timeout=plan.rest)
        if working.done():
            working.result()
    finally:
        working.cancel()
        watching.cancel()
        await asyncio.gather(working, watching, return_exceptions=True)
    return people


@asynccontextmanager
async def _checking(system: Running) -> AsyncIterator[Checking]:
    settings, layout = system.settings, Layout(system.settings.var.resolve())
    keys = Keys(layout.keys)
    async with httpx2.AsyncClient() as client:
        url = f"http://{HOST}:{settings.port_registry}"
        record = RecordReader(client, url, system.vault.read("registry-token"))
        people = PeopleFolder(keys.people, FileWrapper(keys.keyring("wrapping")))
        truth = Truth(record, Keyring(keys.keyring("record"), people))
        workflows = await Workflows.at(f"{HOST}:{settings.port_temporal}", Keyring(keys.keyring("engine")))
        yield Checking(truth, workflows, layout.databases / "notices.db")

"""A policy version on a whole system: drafted, proposed, approved by another, released, pinned, compared."""

import asyncio
import json
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.names import policy_id
from contracts.policy import loader
from services.ctl.demo.cast import Member
from services.ctl.demo.client import Account, Api, ProblemError
from services.ctl.demo.opening import first_administrators, open_accounts
from services.ctl.demo.roster import officer
from services.ctl.layout import ROOT
from tests.later_policy import LATER, later
from tests.played import System, settings_in, system
from tests.waiting import PATIENCE

PROPOSALS = "/v1/policies/proposals"


async def listed(who: Account) -> None:
    """Wait until every service has looked again: the API lists the version that it has taken."""
    async with asyncio.timeout(PATIENCE):
        while LATER not in {one["version"] for one in await who.get("/v1/policies")}:
            await asyncio.sleep(0.2)


def rows(var: Path) -> dict[str, int]:
    """How many rows every table of every service has."""
    found = {}
    for file in sorted((var / "db").glob("*.db")):
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                count = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                found[f"{file.stem}.{table}"] = count
    return found


def applied(var: Path, service: str) -> int:
    """How far a service has followed the record."""
    with sqlite3.connect(f"file:{var / 'db' / service}.db?mode=ro", uri=True) as database:
        return int(database.execute("SELECT entry_index FROM followed").fetchone()[0])


async def quiet(var: Path, entries: int) -> dict[str, int]:
    """The rows once both followers have come to the record's end, and no case waits."""
    async with asyncio.timeout(PATIENCE):
        while True:
            behind = [one for one in ("officers", "notices") if applied(var, one) < entries - 1]
            found = rows(var)
            if not behind and found["notices.stuck"] == found["officers.stuck"] == 0:
                return found
            await asyncio.sleep(0.2)


async def run(*arguments: str) -> str:
    """What `ctl policy` prints; it must succeed."""
    command = [sys.executable, "-m", "services.ctl", "policy", *arguments]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    assert process.returncode == 0, printed.decode()
    return printed.decode()


async def released(on: System, author: Account, approver: Account) -> str:
    """The version in the installation's folder, released by two people; its digest."""
    folder = on.layout.policies
    made = later(folder)
    for shipped in ("2026.1", "calendars"):
        shutil.rmtree(folder / shipped)
    digest = loader.drafted(made).digest
    as_author = ("--login", author.login, "--password", author.password, "--api", on.running.api)
    said = await run("propose", str(made), *as_author)
    assert digest in said
    case_id = policy_id(LATER, digest)
    shown = await approver.get(f"{PROPOSALS}/{case_id}")
    task, answer = shown["approval"]["task_id"], {"outcome": "APPROVED", "reason": "read", "form": {}}
    path = f"/v1/tasks/{task}/outcome"
    with pytest.raises(ProblemError, match="same-person"):
        await author.post(path, "approve-1", {**answer, "seen": shown["approval"]["seen"]})
    assert LATER not in {one["version"] for one in await approver.get("/v1/policies")}
    as_approver = ("--login", approver.login, "--password", approver.password, "--api", on.running.api)
    assert "released" in await run("approve", str(made), "read and compared", *as_approver)
    await listed(approver)
    return digest


async def test_a_version_lives_from_its_draft_to_a_batch_that_keeps_it(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "var")
    async with system(settings) as on:
        api = Api(on.running.api)
        try:
            await _lives(on, api)
        finally:
            await api.close()


async def _lives(on: System, api: Api) -> None:
    admins = await first_administrators(api, on.running.vault)
    roles = ("POLICY_ADMIN", "POLICY_ADMIN", "ELECTION_OFFICE", "AUDITOR")
    members = [
        Member(f"person-{serial}", officer(serial), Grant(role=role))
        for serial, role in enumerate(roles, 901)
    ]
    opened = await open_accounts(api, admins, members)
    author, approver, office, auditor = [opened[one.login].account for one in members]
    batch = {"title": "换届", "districts": ["d01"], "policy": LATER}
    with pytest.raises(ProblemError, match="unknown-policy"):
        await office.post("/v1/batches", "too-early", batch)
    digest = await released(on, author, approver)
    made = await office.post("/v1/batches", "open", batch)
    detail = await office.get(f"/v1/batches/{made['case_id']}")
    assert (detail["policy"], detail["policy_digest"]) == (LATER, digest)

    head = await auditor.get("/v1/record/head")
    before = await quiet(on.layout.root, head["count"])
    answer: dict[str, Any] = json.loads(await on.ctl("policy", "what-if", "2026.1"))
    assert (answer["version"], answer["cases"]) == ("2026.1", [])
    assert answer["folded"] == 2, "the proposal itself is a case, and so is what was asked for accounts"
    assert await auditor.get("/v1/record/head") == head
    assert {name: count for name, count in rows(on.layout.root).items() if before[name] != count} == {}
    shown = await auditor.get("/v1/policies/2026.1/what-if")
    assert shown == {"version": "2026.1", "folded": 2, "cases": []}
    with pytest.raises(ProblemError, match="not-found"):
        await author.get("/v1/policies/1999.1/what-if")
    with pytest.raises(ProblemError, match="wrong-role"):
        await office.get("/v1/policies/2026.1/what-if")

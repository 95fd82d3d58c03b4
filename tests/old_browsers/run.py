"""`make browsers`: the scenes of a working day in the Chromium that government offices still have.

They are the programs of npm packages, held by package-lock.json; their driver is of the time of the oldest. The system
is one of its own, and each browser answers about a nominee of its own. Needs Node with npm, and the libraries that
Debian's chromium brings.

    PYTHONPATH=. python -m tests.old_browsers.run [90 109]
"""

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from services.ctl.demo.roster import resident_number
from services.ctl.layout import ROOT
from tests.browser.house import House, house

HERE = Path(__file__).parent
FOLDER = ROOT / "var" / "old-browsers"
"""What npm installs; `make clean` removes it."""
BROWSERS = ("79", "90", "109")
"""The floor, what 奇安信可信浏览器 is, and the last that runs on Windows 7. One nominee of the house for each."""
CASE_OF = dict(zip(BROWSERS, (1, 0, 2), strict=True))
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
"""As an input method types digits."""
LOGINS = ("dept-officer", "dept-head", "evaluator")
MISSING = "no Node with npm on this machine: `apt-get install --yes nodejs npm` brings them"
NOT_THERE = "npm cannot install what tests/old_browsers/package-lock.json names: {}"


async def installed() -> str:
    """Put the packages into FOLDER as the lock says; why not, or nothing."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return MISSING
    FOLDER.mkdir(parents=True, exist_ok=True)
    locked = FOLDER / "package-lock.json"
    wanted = (HERE / "package-lock.json").read_bytes()
    if (FOLDER / "whole").exists() and locked.exists() and locked.read_bytes() == wanted:
        return ""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER / name)
    # Scripts of packages are not run: one of them would fetch a browser of its own.
    flags = ("--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund")
    run = await asyncio.create_subprocess_exec(
        "npm", "ci", *flags, cwd=FOLDER, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    told = (await run.communicate())[1].decode().strip()
    if run.returncode != 0:
        return NOT_THERE.format((told.splitlines() or ["no reason given"])[0])
    (FOLDER / "whole").touch()
    return ""


async def played(version: str, given: dict[str, Any]) -> list[str]:
    """Play the scenes; what was printed. RuntimeError with the scene and the page when one does not go through."""
    run = await asyncio.create_subprocess_exec(
        "node",
        str(HERE / "scenes.js"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "NODE_PATH": str(FOLDER / "node_modules")},
    )
    try:
        out, err = await run.communicate(json.dumps({**given, "browser": f"chromium-{version}"}).encode())
    finally:
        if run.returncode is None:
            run.kill()
            await run.wait()
    if run.returncode != 0:
        raise RuntimeError(f"{version}: {err.decode().strip() or out.decode().strip()}")
    return out.decode().splitlines()


async def asked(system: House, version: str) -> dict[str, Any]:
    """The nominee of this browser, whom a department is asked about now."""
    place = CASE_OF[version]
    case = system.cases[place]
    if place == 2:
        await system.answer("screener", "screen", case)
        await system.answer("second-checker", "screen-sign", case)
    if place != 1:
        await system.answer(f"nominee-{place}", "declare", case)
    task = await system.task("dept-officer", "reply", case)
    passwords = {login: system.account(login).password for login in LOGINS}
    return {
        "console": system.console,
        "case": case,
        "task": task["task_id"],
        "number": resident_number(place).translate(FULL_WIDTH),
        "passwords": passwords,
    }


async def recorded(system: House, case: str) -> list[str]:
    """What stands on the record of the answer and its countersignature."""
    events = await system.account("evaluator").pages(f"/v1/cases/{case}/timeline", limit=200)
    done = [one["payload"]["kind"] for one in events if one["type"] == "task-completed"]
    return [kind for kind in done if kind.startswith("reply")]


async def visit(versions: list[str]) -> int:
    """Every browser before one system; the exit code. The last line says it."""
    said, scenes, complaints = [], 0, []
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as system:
            for version in versions:
                given = await asked(system, version)
                program, *told, complained = await played(version, given)
                found = await recorded(system, given["case"])
                if f"/{version}." not in program or found != ["reply", "reply-sign"]:
                    raise RuntimeError(f"{version}: {program} left {found} on the record")
                print(f"{program}: {', '.join(told)}; once on the record: {', '.join(found)}", flush=True)
                said.append(f"{version} ok")
                scenes += len(told)
                complaints += json.loads(complained)
    for one, times in Counter(complaints).items():
        print(f"{times} x {one}")
    print(f"browsers: {' '.join(said)} scenes={scenes} reports={len(complaints)}", flush=True)
    return 1 if complaints else 0


async def main(arguments: list[str] | None = None) -> int:
    """0 when every scene went through in every browser, and none had a complaint."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("versions", nargs="*", choices=[*BROWSERS, []], help="of Chromium; none: all")
    chosen = parser.parse_args(arguments).versions or list(BROWSERS)
    why = await installed()
    if why:
        print(why, file=sys.stderr)
        return 1
    try:
        return await visit(chosen)
    except RuntimeError as failed:
        print(f"browsers: FAILED in {failed}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

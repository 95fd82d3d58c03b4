"""`make composed`: docker-compose.yml from nothing, held against docs/access-matrix.md, with faults planted and seen.

    PYTHONPATH=. python -m tests.trial.run [--home FOLDER] [--pip FILE]

Our five images are built as `deploy/Dockerfile` says, and everything runs as `docker-compose.yml` says. Where no
registry of images is reached, those that others publish are made under their names, of packages: PostgreSQL and the
broker are the versions that the file names, Temporal's server is a development server behind `tests/access/door.py`,
which keeps its door (ADR 0032).

Root runs it: our secrets belong to the containers' user. Takes the daemon of the machine, or starts one of its own,
whose data stay in the folder for the next time. The exit status is 1 when anything is not as the page says.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.trial.docker import engine
from tests.trial.faults import PLANTED
from tests.trial.images import ROOT, make
from tests.trial.system import System, access

SETTINGS = Path("/etc/pip.conf")


def main(home: Path, pip: Path | None) -> int:
    """Everything in its order; 1 when the page and the system differ, or a planted fault was not seen."""
    begun = time.monotonic()
    home.mkdir(parents=True, exist_ok=True)
    for name in ("system", "secrets", "policies", "walk"):
        shutil.rmtree(home / name, ignore_errors=True)

    def say(text: str) -> None:
        print(f"[{time.monotonic() - begun:6.1f} s] {text}", flush=True)

    with engine(home) as docker:
        made = make(docker, pip)
        say(f"stand-ins made: {', '.join(made) or 'none, all are here'}")
        system = System(home, docker, pip)
        system.install()
        system.build()
        say("our five images are built")
        try:
            say(f"{system.start()} services run")
            system.session()
            say("the first session of the README went as printed")
            status, words = access(system)
            say(words.strip().splitlines()[-1] if not status else words)
            unseen = [said for said, planted in PLANTED.items() if not _seen(system, said, planted)]
            say(f"planted {len(PLANTED)} faults" + "".join(f"\n  NOT SEEN: {said}" for said in unseen))
            again, after = access(system)
            say("all taken back: " + after.strip().splitlines()[-1])
            verified = system.verified()
        finally:
            system.stop()
    wrong = bool(status or unseen or again or not verified)
    record = "verified" if verified else "BROKEN"
    seen = f"{len(PLANTED) - len(unseen)}/{len(PLANTED)}"
    minutes = (time.monotonic() - begun) / 60
    said = "DIFFERS" if wrong else "as the page says"
    print(f"composed: record={record} faults_seen={seen} minutes={minutes:.1f} {said}")
    return int(wrong)


def _seen(system: System, said: str, planted: Callable[[System], AbstractContextManager[None]]) -> bool:
    """Whether `make access` fails with these words while the fault is there."""
    with planted(system):
        # A broker that was told to read its file again needs a moment.
        time.sleep(2)
        status, words = access(system)
    return bool(status) and said in words


if __name__ == "__main__":
    given = argparse.ArgumentParser()
    given.add_argument("--home", type=Path, default=ROOT / "var" / "trial")
    given.add_argument("--pip", type=Path, default=SETTINGS if SETTINGS.exists() else None)
    chosen = given.parse_args()
    if os.geteuid():
        sys.exit("run it as root: secrets are given to the user of the containers")
    sys.exit(main(chosen.home.resolve(), chosen.pip))

"""Docker Engine as the trial asks it: the one of the machine, or one of its own that ends with it."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.composed import program

STARTS_WITHIN = 60.0


@dataclass(frozen=True)
class Docker:
    """Where the daemon is, and what a command of its client is given besides."""

    environment: Mapping[str, str]

    def run(self, *words: str | Path) -> str:
        """What `docker` answers. Raises RuntimeError with what it said when it fails."""
        return _run(["docker", *map(str, words)], self.environment)

    def compose(self, *words: str | Path) -> str:
        """Likewise `docker compose`, with the program of the lock."""
        return _run([str(program()), "--env-file", os.devnull, *map(str, words)], self.environment)


@contextmanager
def engine(home: Path) -> Iterator[Docker]:
    """The daemon of this machine, or else one whose data lie in `home`: root alone can start it."""
    if shutil.which("docker") is None:
        raise FileNotFoundError("Docker Engine is missing: the trial starts its containers")
    found = Docker(os.environ)
    if _answers(found):
        yield found
        return
    socket = home / "docker.sock"
    ours = Docker({**found.environment, "DOCKER_HOST": f"unix://{socket}"})
    with (home / "dockerd.log").open("wb") as log:
        daemon = subprocess.Popen(
            [
                "dockerd",
                *("--data-root", str(home / "docker"), "--exec-root", str(home / "exec")),
                *("--pidfile", str(home / "dockerd.pid"), "--host", f"unix://{socket}"),
            ],
            stdout=log,
            stderr=log,
        )
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not _answers(ours):
            if daemon.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the daemon does not start: {home / 'dockerd.log'} says why")
            time.sleep(0.5)
        yield ours
    finally:
        daemon.terminate()
        daemon.wait()


def _answers(docker: Docker) -> bool:
    try:
        docker.run("info")
    except RuntimeError:
        return False
    return True


def _run(command: list[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return done.stdout

"""The scripts of deploy/ run again, as their pages tell an operator to: nothing that is in use stops working."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.certificates import DEPLOY, made

CHOWN = '#!/bin/sh\nprintf "%s\\n" "$*" >>"$CHOWNED"\n'
ROOT_SAYS = "#!/bin/sh\necho 0\n"


def run(script: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", DEPLOY / script, folder]
    environment = {**os.environ, **more}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with secrets and certificates."""
    folder = tmp_path_factory.mktemp("trial") / "secrets"
    assert run("secrets.sh", folder).returncode == 0
    made(folder)
    return folder


def chowned(folder: Path, tools: Path) -> set[str]:
    """Whom secrets.sh, run by root, gives to the user of our containers."""
    tools.mkdir()
    for name, body in {"chown": CHOWN, "id": ROOT_SAYS}.items():
        (tools / name).write_text(body)
        (tools / name).chmod(0o755)
    told = tools / "told"
    done = run("secrets.sh", folder, PATH=f"{tools}:{os.environ['PATH']}", CHOWNED=str(told))
    assert done.returncode == 0, done.stderr
    found = set()
    for line in told.read_text().splitlines():
        owner, *paths = line.split(" ")
        assert owner == "10001:10001"
        found |= set(paths)
    return found


def test_secrets_drawn_again_leave_the_certificates_to_those_who_read_them(
    trial: Path, tmp_path: Path
) -> None:
    found = chowned(trial, tmp_path / "tools")
    assert {str(trial), str(trial / "admin-code"), str(trial / "keys" / "people")} <= found
    assert {str(path) for path in trial.rglob("*") if trial / "certs" not in (path, *path.parents)} <= found
    assert not [path for path in found if path.startswith(str(trial / "certs"))]


def files(trial: Path) -> dict[str, bytes]:
    """What is in use, by its path."""
    every = (path for path in (trial / "certs").rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in every if path.parent.name != "authority"}


def test_certificates_are_not_made_without_the_authority_of_those_that_are_in_use(
    trial: Path, tmp_path: Path
) -> None:
    away = (trial / "certs" / "authority").rename(tmp_path / "authority")
    before = files(trial)
    assert run("certs.sh", trial).returncode == 0, "nothing is due"
    assert files(trial) == before
    (trial / "certs" / "nats" / "tls.crt").unlink()
    done = run("certs.sh", trial)
    assert done.returncode == 1
    assert "nats/tls.crt" in done.stderr
    assert "bring it back" in done.stderr
    (trial / "certs" / "authority").rmdir()
    away.rename(trial / "certs" / "authority")
    assert run("certs.sh", trial).returncode == 0
    changed = {path for path, body in files(trial).items() if before.get(path) != body}
    assert changed == {str(trial / "certs" / "nats" / name) for name in ("tls.crt", "tls.key")}

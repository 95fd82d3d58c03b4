"""`make setup` takes a Python that was compiled to be quick, and says what to do where none fits (ADR 0039)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = Path(__file__).parents[2] / "deploy" / "packages"
FAKE = """#!/bin/sh
case "$1" in
  *fit.py) {fit} ;;
  -c) exit {ensurepip} ;;
  -m) shift 2; echo "{name} $*" >> "$MADE" ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with what a shell needs and no Python yet."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("dirname", "awk"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    return tmp_path


def _python(machine: Path, name: str, built: str | None, *, ensurepip: bool = True) -> str:
    """A Python on the path of the machine, in a folder of its own; one that was built in no way does not fit."""
    path = machine / name / "python3"
    path.parent.mkdir()
    fit = "exit 1" if built is None else f"printf '{built}\\t{path}\\n'"
    path.write_text(FAKE.format(fit=fit, ensurepip=0 if ensurepip else 1, name=name))
    path.chmod(0o755)
    return str(path)


def _made(machine: Path, *named: str) -> tuple[list[str], str]:
    """What was asked of a Python, and what was said."""
    folders = sorted(path for path in machine.iterdir() if path.is_dir() and path.name != "env")
    made = machine / "made"
    said = subprocess.run(
        [PACKAGES / "venv.sh", machine / "env", *named],
        env={"PATH": ":".join(map(str, folders)), "MADE": str(made)},
        capture_output=True,
        text=True,
        check=False,
    )
    return (made.read_text().splitlines() if made.exists() else []), said.stdout + said.stderr


def test_the_first_that_was_compiled_with_profiles_makes_it_wherever_it_stands(machine: Path) -> None:
    _python(machine, "a-plain", "plain")
    quick = _python(machine, "b-profiled", "profiled")
    _python(machine, "c-profiled", "profiled")
    made, said = _made(machine)
    assert made == [f"b-profiled --clear {machine / 'env'}"]
    assert f"with {quick};" in said


def test_where_none_was_the_first_makes_it(machine: Path) -> None:
    _python(machine, "a-first", "plain")
    _python(machine, "b-second", "plain")
    assert _made(machine)[0] == [f"a-first --clear {machine / 'env'}"]


def test_what_does_not_fit_is_none(machine: Path) -> None:
    _python(machine, "a-old", None)
    _python(machine, "b-bare", "plain", ensurepip=False)
    assert _made(machine)[0] == [f"b-bare --clear --without-pip {machine / 'env'}"]


def test_where_none_fits_it_says_what_to_install(machine: Path) -> None:
    _python(machine, "a-old", None)
    made, said = _made(machine)
    assert made == []
    assert "install one (Debian: python3-venv), or name it: make setup PYTHON=" in said


def test_the_one_that_is_named_makes_it_or_is_refused_by_name(machine: Path) -> None:
    _python(machine, "a-profiled", "profiled")
    named = _python(machine, "b-named", "plain")
    old = _python(machine, "c-old", None)
    why = f"{old} is not Python 3.11, 3.12 or 3.13, or has neither ensurepip nor pip to fill a virtualenv\n"
    assert _made(machine, old) == ([], why)
    assert _made(machine, named)[0] == [f"b-named --clear {machine / 'env'}"]


def test_one_that_is_there_and_runs_is_kept(machine: Path) -> None:
    _python(machine, "a-profiled", "profiled")
    (machine / "env" / "bin").mkdir(parents=True)
    (machine / "env" / "bin" / "python").symlink_to(sys.executable)
    assert _made(machine) == ([], "")


def test_a_python_tells_how_it_was_built_and_where_it_lies() -> None:
    said = subprocess.run([sys.executable, PACKAGES / "fit.py"], capture_output=True, text=True, check=True)
    built, path = said.stdout.rstrip("\n").split("\t")
    assert built in {"profiled", "plain"}
    assert path == os.path.realpath(sys.executable)

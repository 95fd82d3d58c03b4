"""The mutator over rules made for it: what a test notices is counted as noticed, what none looks at survives."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PLANTED = {
    "planted/__init__.py": '"""Rules."""\n',
    "planted/tested.py": "LIMIT = 3\n\n\ndef older(age):\n    return age >= 18\n\n\n"
    "def within(n):\n    return n <= LIMIT\n",
    "planted/untested.py": "def small(n):\n    return n < 10\n",
    "planted/unlooked.py": "def large(n):\n    return n > 10\n",
    "planted/endless.py": "def down(n):\n    while n > 0:\n        n -= 1\n    return n\n",
    "checks/test_them.py": "from planted.endless import down\n"
    "from planted.tested import older, within\n"
    "from planted.unlooked import large\n\n\n"
    "def test_older():\n    assert older(18) and not older(17)\n\n\n"
    "def test_within():\n    assert within(3) and not within(4)\n\n\n"
    "def test_down():\n    assert down(3) == 0\n\n\n"
    "def test_large():\n    large(11)\n",
    "equivalent.yaml": "- rule: untested.small\n  becomes: return n < 11\n"
    "  why: Judged so for the sake of this test.\n",
}


def run(folder: Path, *modules: str) -> subprocess.CompletedProcess[str]:
    """The mutator over the planted rules."""
    command = [sys.executable, "-m", "tests.mutation.run", "--rules", "planted", "--tests", "checks"]
    return subprocess.run(
        [*command, "--equivalents", "equivalent.yaml", *modules],
        cwd=folder,
        env={"PYTHONPATH": f"{folder}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Rules and their tests."""
    for name, text in PLANTED.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_what_no_test_notices_survives_and_the_rest_is_noticed(folder: Path) -> None:
    done = run(folder)
    survived = sorted(line for line in done.stdout.splitlines() if line.startswith("survived"))
    assert survived == [
        "survived: unlooked:2: large: return n > 11",
        "survived: unlooked:2: large: return n >= 10",
        "survived: untested:2: small: return n <= 10",
    ], done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == ("mutants: tried=12 noticed=8 equivalent=1 survived=3 score=72.7%")
    assert done.returncode == 1


def test_where_every_mutant_is_noticed_the_run_succeeds(folder: Path) -> None:
    done = run(folder, "tested", "endless")
    assert done.stdout.splitlines()[-1] == (
        "mutants: tried=8 noticed=8 equivalent=0 survived=0 score=100.0%"
    ), done.stdout + done.stderr
    assert done.returncode == 0


def test_rules_whose_tests_fail_have_no_score(folder: Path) -> None:
    (folder / "checks" / "test_red.py").write_text("def test_red():\n    assert False\n", encoding="utf-8")
    done = run(folder, "tested")
    assert "mutants:" not in done.stdout
    assert "do not pass over the rules as they are" in done.stderr
    assert done.returncode == 1

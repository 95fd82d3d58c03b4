"""What the documents name is there: files, links, targets of make, commands, and the check behind every decision."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from services.ctl.__main__ import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "deploy" / "README.md"],
)
DECISIONS = [path for path in DOCUMENTS if path.parent.name == "adr" and not path.name.startswith("0000")]
MADE = "deploy/env/notices.env"
"""Written by an operator."""
MOVED = {"tests/unit/rules/test_procedure.py", "test_acts.py"}
"""Named by accepted decisions, which are not edited; since then split by stage into the modules of tests/unit/rules."""

PLACE = re.compile(r"`((?:contracts|deploy|docs|services|tests|workflows)/[\w./-]*)`")
TEST = re.compile(r"`(test_\w+\.py)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
TARGET = re.compile(r"`make ([a-z]+)[ `]")
COMMAND = re.compile(r"(?:`ctl|services\.ctl) ([a-z][a-z-]*)")
CONTRACT = re.compile(r'"([A-Z][^"]+)"')
LINT = re.compile(r"ruff ([A-Z]+[0-9]+)")

TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
COMMANDS = set(getattr(get_command(app), "commands"))  # noqa: B009  a group, whose type says less
TESTS = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
SETTINGS = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
CONTRACTS = {one["name"] for one in tomllib.loads(SETTINGS)["tool"]["importlinter"]["contracts"]}


def stale(text: str, folder: Path) -> Iterator[str]:
    """What a document in this folder names that is not there."""
    yield from (one for one in PLACE.findall(text) if not (ROOT / one).exists() and one not in {MADE, *MOVED})
    yield from (one for one in TEST.findall(text) if one not in TESTS | MOVED)
    yield from (one for one in LINK.findall(text) if not (folder / one).exists())
    yield from (f"make {one}" for one in TARGET.findall(text) if one not in TARGETS)
    yield from (f"ctl {one}" for one in COMMAND.findall(text) if one not in COMMANDS)


def checks(decision: str) -> set[str]:
    """What a decision names as its checks, as far as it can be found."""
    _, _, enforced = decision.partition("## What enforces it")
    text = " ".join(enforced.split())
    return {
        *(one for one in PLACE.findall(text) if one in MOVED or (ROOT / one).exists()),
        *(one for one in CONTRACT.findall(text) if one in CONTRACTS),
        *(f"make {one}" for one in TARGET.findall(text) if one in TARGETS),
        *(one for one in LINT.findall(text) if f'"{one}' in SETTINGS),
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_everything_that_a_document_names_is_there(path: Path) -> None:
    assert list(stale(path.read_text(encoding="utf-8"), path.parent)) == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_names_a_check_that_there_is(path: Path) -> None:
    assert checks(path.read_text(encoding="utf-8"))


def test_what_is_not_there_is_found() -> None:
    text = "`tests/none.py`, `test_none.py`, [a](none.md), `make none`, `ctl none`, `python -m services.ctl nought x`"
    assert list(stale(text, ROOT)) == [
        "tests/none.py",
        "test_none.py",
        "none.md",
        "make none",
        "ctl none",
        "ctl nought",
    ]
    assert (
        checks('## What enforces it\n\nThe eye of the reader; `tests/none.py`; "No such contract".') == set()
    )

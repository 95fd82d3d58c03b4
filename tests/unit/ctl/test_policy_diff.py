"""What differs between two versions, as author and approver read it."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contracts.policy.loader import FOLDER, load, released
from contracts.policy.model import Policy
from services.ctl.__main__ import app
from services.ctl.policy_pages.changes import Changes, changes

OLD = released("2026.1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A version that differs from the released one in its name only."""
    shutil.copytree(FOLDER / "2026.1", tmp_path / "2026.2")
    shutil.copytree(FOLDER / "calendars", tmp_path / "calendars")
    edit(tmp_path / "2026.2" / "policy.yaml", 'version: "2026.1"', 'version: "2026.2"')
    return tmp_path / "2026.2"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, "the change cannot be planted any more"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def between(new: Policy) -> Changes:
    return changes(OLD, new)


def test_another_name_alone_changes_no_task_and_no_letter(folder: Path) -> None:
    found = between(load(folder))
    assert [change.place for change in found.values] == ["version"]
    assert (found.tasks, found.letters) == ((), ())


def test_one_number_is_told_with_every_task_and_letter_that_it_moves(folder: Path) -> None:
    edit(folder / "limits.yaml", "consultation: {n: 10", "consultation: {n: 12")
    found = between(load(folder))
    told = {change.place: (change.was, change.now) for change in found.values}
    was, now = told["limits.consultation.n"]
    assert was is not None
    assert now is not None
    assert (was.zh, now.zh) == ("10", "12")
    assert [read.code for read in found.tasks] == [
        "re-reply",
        "re-reply-sign",
        "reply",
        "reply-sign",
        "supplement",
        "supplement-sign",
    ]
    assert [[mark.when.en for mark in side.line if mark.rung == "due"] for side in found.tasks[0][3:]] == [
        ["Mon 03-16 24:00"],
        ["Wed 03-18 24:00"],
    ]
    assert [read.code for read in found.letters] == ["N05", "N26"]


def test_what_is_new_and_what_is_gone_stand_on_one_side(folder: Path) -> None:
    edit(folder / "removal" / "tasks.yaml", "code: persuade", "code: talk")
    edit(folder / "removal" / "letters.yaml", "state: RESIGNED}", "state: KEPT}")
    found = between(load(folder))
    assert [(read.code, read.was is None, read.now is None) for read in found.tasks] == [
        ("first-look-sign", False, False),
        ("persuade", False, True),
        ("talk", True, False),
    ]
    places = [change.place for change in found.values if change.now is None]
    assert "procedures.removal.tasks.persuade.role" in places


def test_the_command_prints_both_sides_and_refuses_a_faulty_folder(folder: Path) -> None:
    edit(folder / "limits.yaml", "consultation: {n: 10", "consultation: {n: 12")
    runner = CliRunner()
    done = runner.invoke(app, ["policy", "diff", "2026.1", str(folder)])
    assert done.exit_code == 0
    assert done.stdout.index("<h1>2026.1 → 2026.2</h1>") < done.stdout.index("Every value that changed")
    assert '<td class="was">10</td><td class="now">12</td>' in done.stdout
    same = runner.invoke(app, ["policy", "diff", "2026.1", "2026.1"])
    assert "没有变化。" in same.stdout
    edit(folder / "limits.yaml", "consultation: {n: 12", "consultation: {n: 0")
    wrong = runner.invoke(app, ["policy", "diff", "2026.1", str(folder)])
    assert wrong.exit_code == 1
    assert "2026.2/limits.yaml:" in wrong.stderr

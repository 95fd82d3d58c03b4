"""The bytes of the released policies. A released version is never edited: release another one instead."""

import shutil
from pathlib import Path

import pytest

from contracts.policy import loader

RELEASED = {
    "2017.1": "05ba0468a03c927865f80c51de1d5f853ce95a250772c86907d72c88e0e19ad0",
    "2017.1-demo": "bb3781e06882ab3135fc64af69cf40655aeaaa7d29b76de4d88e6e74bae3bebb",
    "2017.1-term": "639bd4d8c84d5f3e12b430b9e0fcec7051f3ba3b7c84c68a6738c162570f1f9c",
    "2026.1": "f967faaf11b2bb9a4a398a41f30996e90b0cb86c1dd63b9dcfcfdd04a7ef4636",
    "2026.1-demo": "fd77768f2062e73fbd8f41582b486aa1b655fb4671cb69754838c077ed718054",
    "2026.1-term": "f6d3444388eeb990063c94577a5bb12fe4a4d27043dfb3788442479130710dc9",
}
"""Pinned for ever: cases that were decided under a version must be able to show it unchanged."""


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """The folders of all released versions and calendars, copied."""
    for folder in (*RELEASED, "calendars"):
        shutil.copytree(loader.FOLDER / folder, tmp_path / folder)
    return tmp_path


def test_every_released_version_is_pinned_and_unchanged() -> None:
    assert {version: loader.digest(version) for version in loader.versions()} == RELEASED


@pytest.mark.parametrize(
    ("file", "versions"),
    [
        ("2026.1/letter_frame.yaml", set(RELEASED)),
        ("2026.1/removal/letters.yaml", set(RELEASED)),
        ("calendars/2026.yaml", set(RELEASED)),
        ("calendars/2017.yaml", {"2017.1"}),
        ("2026.1-demo/limits.yaml", set(RELEASED) - {"2026.1", "2017.1"}),
        ("2017.1/negative_list.yaml", {"2017.1", "2017.1-demo", "2017.1-term"}),
        ("2026.1-term/districts.yaml", {"2026.1-term", "2017.1-term"}),
    ],
)
def test_one_changed_byte_changes_the_digest_of_every_version_that_rests_on_it(
    file: str, versions: set[str], policies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "FOLDER", policies)
    path = policies / file
    path.write_bytes(path.read_bytes() + b"\n")
    now = {version: loader.release.__wrapped__(version).digest for version in RELEASED}
    assert {version for version in RELEASED if now[version] != RELEASED[version]} == versions


def test_a_renamed_file_changes_the_digest(policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "FOLDER", policies)
    (policies / "2026.1" / "roles.yaml").rename(policies / "2026.1" / "people.yaml")
    assert loader.release.__wrapped__("2026.1").digest != RELEASED["2026.1"]


def test_another_calendar_year_leaves_released_versions_as_they_are(
    policies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "FOLDER", policies)
    (policies / "calendars" / "2027.yaml").write_text("year: 2027\nsource: x\nholidays: []\nmake_up: []\n")
    assert {version: loader.release.__wrapped__(version).digest for version in RELEASED} == RELEASED

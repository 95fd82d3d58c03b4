"""The bytes of the released policies. A released version is never edited: release another one instead."""

import shutil
from pathlib import Path

import pytest

from contracts.policy import loader

RELEASED = {
    "2017.1": "5d0eeb64c01f15f4ce672303ecb02d37dc916167853b4e81ec76e7c63ec13893",
    "2017.1-demo": "8f7f5ad33169105ca7a219d1f6ab14d978725ced80e015ce84abe16c5bb3d4d4",
    "2017.1-term": "c59ef471c885911c28adca8f01a7b5eaf8d78249d1aacc1603e247ecb8a7c982",
    "2026.1": "942c7a64cbb73b64f1ff8cd572fa0280baef0774cac3eb7cb8b05d64461b592d",
    "2026.1-demo": "9a290954c60b10574bb837ea861204aa471fd8bb96bb03b7206e46ad8b4b21b8",
    "2026.1-term": "95b6f68d0910f1e9bb12959cf232aac9ddf4b16982979941fbecf34ed2cc250e",
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

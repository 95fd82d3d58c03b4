"""The bytes of the released policies. A released version is never edited: release another one instead."""

import shutil
from pathlib import Path

import pytest

from contracts.policy import loader

RELEASED = {
    "2017.1": "9d238fcdf7d686ad21ff6c780ddbd2d346458e2f8bffd114e66156975d798c5f",
    "2017.1-demo": "5816c6b5997167318e243f9e5afa557f7bca70cfadb119c90a08fd39e36e32ba",
    "2017.1-term": "d8cbfe7915aa968347cd8a9797b3a5389e2603f89d4d679d901330df1b823b70",
    "2026.1": "3c619f864a362ae2d3ac88a88a2548337c1dc66f716ab2e35de12c0edf5af997",
    "2026.1-demo": "8bd10e6e471e0d354bd8cd7b16d2f20cd87254e2e6be45d8622c10097017416d",
    "2026.1-term": "cc3c4e2c0c8e1f9a80f160f388a5bb6f8087878079389534542ce34f99d81f08",
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

"""The bytes of the released policies. A released version is never edited: release another one instead."""

import shutil
from pathlib import Path

import pytest

from contracts.policy import loader

RELEASED = {
    "2017.1": "ed9aeae5e4d0dff4ba0752a1f892b820e65f85cb7453736008780a61d19e4f33",
    "2017.1-demo": "59a68891701f044513e2bcd305d156769a7e13a210dc9975f1cc538052571baf",
    "2017.1-term": "00c36e6d4a3ab14947b0147d6be3c20bce548e8a1322f0a82984af9413a0eed6",
    "2026.1": "f2a40db61496f25d77d44cb7f44fe71e89d662c95012ba5377a2ba08ae96cced",
    "2026.1-demo": "7568b2f84af4db54b3f4e947d31fd6ecf5930ff93259bc154e79919b375e93ca",
    "2026.1-term": "ba022bf386a64a64549301166a967844b443837e55a26bef16f377303113a7a2",
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

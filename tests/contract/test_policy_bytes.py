"""The bytes of the released policies. A released version is never edited: release another one instead."""

import shutil
from pathlib import Path

import pytest

from contracts.policy import loader

RELEASED = {
    "2017.1": "d73579b8e6d0d5a376b0ab07a18e034ed442acf68cd086c1ee50fcaf6ecd063f",
    "2017.1-demo": "79c7af2ba65c3ddaec54a504bd0c29df0325941080929111eb10e481e5b893bc",
    "2017.1-term": "006ad9b556c964fe0400e00b24b7bee1d7b561032265f749e7b20752e1ae36ce",
    "2026.1": "41e5e3f1ac4acaef989ba2b9268235882c079911909a074dfff1bb1314288555",
    "2026.1-demo": "570198c35f0455b6fbc58805831377bf7df534fb30a27633d2d949746f06be90",
    "2026.1-term": "4bd694cd50a08d229da8cb2fc1fbb1d2f5dc2768baa7db1121bb17fd396088ab",
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

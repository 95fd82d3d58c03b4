"""The folder of a system is its owner's alone, with every folder above it that had to be made."""

from pathlib import Path

import pytest

from services.ctl.demo.run import new_folder
from services.ctl.folder import made, named


def modes(*folders: Path) -> set[int]:
    return {folder.stat().st_mode & 0o777 for folder in folders}


def test_a_system_s_folder_and_what_was_missing_above_it_are_for_the_owner(tmp_path: Path) -> None:
    root = tmp_path / "var" / "trial"
    made(named(root))
    assert modes(root, root.parent) == {0o700}


def test_a_demonstration_s_folder_and_what_was_missing_above_it_are_for_the_owner(tmp_path: Path) -> None:
    first, second = new_folder(tmp_path / "var"), new_folder(tmp_path / "var")
    assert first != second
    assert modes(tmp_path / "var", first, second) == {0o700}


def test_what_was_there_above_it_stays_as_it_was(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    made(named(tmp_path / "var"))
    assert modes(tmp_path) == {0o755}


@pytest.mark.parametrize("mode", [0o755, 0o777])
def test_one_that_was_made_for_everybody_is_closed(tmp_path: Path, mode: int) -> None:
    root = tmp_path / "var"
    root.mkdir()
    root.chmod(mode)
    made(named(root))
    assert modes(root) == {0o700}

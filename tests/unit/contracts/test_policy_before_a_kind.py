"""A released version is never edited: a kind that comes later, with words of its own, must not make it invalid."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.lifecycles import ENDS, ENDS_OF, STAGES_OF
from contracts.policy import loader
from contracts.policy.loader import PolicyError
from contracts.vocabulary import Stage
from tests.versions import draft, released_in
from workflows.kinds import every

EARLY = "2025.9"


@pytest.fixture
def early(tmp_path: Path) -> Iterator[Path]:
    """A version from before there were removals."""
    folder = draft(tmp_path / "policies", EARLY)
    for kind in ("removal", "tenure"):
        shutil.rmtree(folder / kind)
    kept = folder / "retention.yaml"
    kept.write_text(kept.read_text().replace(", REMOVED, KEPT, RESIGNED", "").replace(", NO_CASE", ""))
    with released_in(folder.parent):
        yield folder


def test_it_is_read_as_before_and_agrees_with_the_code(early: Path) -> None:
    policy = loader.load(early)
    assert "removal" not in policy.procedures
    assert every.faults(policy) == []


def test_for_a_kind_that_it_has_its_words_are_needed(early: Path) -> None:
    shutil.copytree(loader.FOLDER / "2026.1" / "removal", early / "removal")
    with pytest.raises(
        PolicyError, match="no class keeps the cases that ended as KEPT, NO_CASE, REMOVED, RESIGNED"
    ):
        loader.load(early)


def test_every_word_is_some_kinds() -> None:
    assert {stage for own in STAGES_OF.values() for stage in own} == set(Stage)
    assert {state for own in ENDS_OF.values() for state in own} == ENDS


@pytest.mark.parametrize("version", loader.versions())
def test_a_kind_has_the_stages_that_are_its_own(version: str) -> None:
    procedures = loader.released(version).procedures
    assert {name: {stage.code for stage in own.stages} for name, own in procedures.items()} == STAGES_OF

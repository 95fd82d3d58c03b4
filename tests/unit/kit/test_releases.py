"""A version of the house's own is taken when the record holds the release of its bytes, and not before."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from contracts.canonical import canonical_bytes
from contracts.names import policy_id
from contracts.policy import loader
from services.kit.recordreader import Entry, RecordReader
from services.kit.releases import Releases
from tests.later_policy import LATER, later


class Standing:
    """The registry's answers: what stands on the record of a case."""

    def __init__(self) -> None:
        self.cases: dict[str, list[dict[str, Any]]] = {}

    async def of_case(self, case_id: str, after: int) -> list[Entry]:
        """What stands there."""
        said = self.cases.get(case_id, [])
        return [Entry(index, "0" * 64, canonical_bytes(one)) for index, one in enumerate(said)]

    def release(self, digest: str, version: str = LATER, kind: str = "policy", case: str = "") -> None:
        """An entry that says so."""
        payload = {"policy_version": version, "version_digest": digest}
        entry = {"type": "policy-released", "kind": kind, "payload": payload}
        self.cases.setdefault(case or policy_id(LATER, digest), []).append(entry)


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The later version in a folder of the house's own; nothing that a test takes outlives it."""
    monkeypatch.setattr(loader, "_TAKEN", {})
    made = later(tmp_path)
    for shipped in ("2026.1", "calendars"):
        shutil.rmtree(tmp_path / shipped)
    yield made
    loader.release.cache_clear()


def releases(folder: Path, record: Standing, fits: Any = lambda policy: []) -> Releases:
    return Releases(folder, cast(RecordReader, record), fits)


async def test_it_is_taken_with_its_release(draft: Path) -> None:
    record, digest = Standing(), loader.drafted(draft).digest
    looking = releases(draft.parent, record)
    await looking.look()
    assert LATER not in loader.versions()
    record.release(digest)
    await looking.look()
    assert LATER in loader.versions()
    assert (loader.digest(LATER), loader.released(LATER).item("NL-Z01").effect) == (digest, "H")


async def test_it_rests_on_the_calendars_that_are_shipped(draft: Path) -> None:
    assert not (draft.parent / "calendars").exists()
    assert loader.drafted(draft).policy.calendar == loader.released("2026.1").calendar


@pytest.mark.parametrize("what", ["digest", "version", "kind", "case"])
async def test_a_release_of_something_else_releases_nothing(draft: Path, what: str) -> None:
    record, digest = Standing(), loader.drafted(draft).digest
    other = {"digest": "e" * 64, "version": "2026.3", "kind": "nomination", "case": "c1"}
    fields = {"digest": digest, what: other[what]}
    record.release(**fields)
    await releases(draft.parent, record).look()
    assert LATER not in loader.versions()


async def test_bytes_changed_after_the_release_are_not_taken(draft: Path) -> None:
    record = Standing()
    record.release(loader.drafted(draft).digest)
    limits = draft / "limits.yaml"
    limits.write_text(limits.read_text().replace("screening: {n: 5,", "screening: {n: 6,"))
    await releases(draft.parent, record).look()
    assert LATER not in loader.versions()


async def test_a_faulty_version_is_passed_over(draft: Path) -> None:
    (draft / "limits.yaml").write_text("limits: {}\n")
    await releases(draft.parent, Standing()).look()
    assert LATER not in loader.versions()


async def test_a_version_with_which_the_rules_disagree_is_not_taken(draft: Path) -> None:
    record, digest = Standing(), loader.drafted(draft).digest
    record.release(digest)
    await releases(draft.parent, record, lambda policy: ["task x: nothing says what follows it"]).look()
    assert LATER not in loader.versions()


def test_nobody_takes_a_name_that_is_shipped(tmp_path: Path) -> None:
    with pytest.raises(loader.PolicyError, match="shipped with the product"):
        loader.take(tmp_path / "2026.1", loader.digest("2026.1"))

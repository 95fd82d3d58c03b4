"""How the folders of a version are read; faults of a demonstration."""

from pathlib import Path

import pytest

from contracts.policy import loader
from contracts.policy.loader import PolicyError, UnknownVersionError, load
from tests.policy_faults import ACCESS_TASKS, Fault, refused

LIST_2017 = "2017.1/negative_list.yaml"
LATER = {"NL-A03", "NL-E07", "NL-H02"}
"""Items whose document came after 2017, or could not be read as it stood then."""


@pytest.mark.parametrize(
    "fault",
    [
        Fault(
            "2026.1-demo/limits.yaml",
            "limits:",
            "roles: []\nlimits:",
            "roles: []",
            "a version with a base sets only",
        ),
        Fault(
            "2026.1-demo/limits.yaml",
            "repair: {n: 150, unit: s}",
            "repair: {n: 3, unit: WD}",
            "unit: WD",
            "must be s",
        ),
        Fault(
            "2026.1-demo/ladders.yaml",
            "unit: s",
            "unit: WD",
            "ladder: standard",
            "cannot have a ladder in WD",
            pointed=ACCESS_TASKS,
        ),
        Fault(
            "2026.1-demo/policy.yaml",
            'base: "2026.1"',
            'base: "2025.1"',
            "2025.1",
            "there is no version '2025.1'",
        ),
        Fault(
            "2026.1-demo/policy.yaml",
            'base: "2026.1"',
            'base: "2026.1-demo"',
            "base:",
            "cannot rest on itself",
        ),
        Fault(
            "2026.1-demo/policy.yaml",
            "demonstration: true",
            "demonstration: false",
            "demonstration: false",
            "both or neither",
        ),
    ],
    ids=repr,
)
def test_a_fault_in_a_demonstration_is_refused_by_file_and_line(policies: Path, fault: Fault) -> None:
    refused(policies, fault, "2026.1-demo")


@pytest.mark.parametrize(
    "fault",
    [
        Fault(LIST_2017, "  negative_list:", "  items:", "items:", "the base has no such list"),
        Fault(LIST_2017, "  negative_list:", "  limits:", "limits:", "the base has no such list"),
        Fault(LIST_2017, "{code: NL-A01,", "{kode: NL-A01,", "kode", "a row must say its code"),
        Fault(LIST_2017, "{code: NL-A02,", "{code: NL-A01,", "{code: NL-A01,", "changed twice"),
        # A changed row is checked as every other: the fault stands where it was written.
        Fault(LIST_2017, "      basis: 赤峰市", "      bases: 赤峰市", "bases:", "Extra inputs"),
        Fault(LIST_2017, "      retired: false\n", "", "on: true", "is retired and must be off"),
    ],
    ids=repr,
)
def test_a_fault_in_what_a_version_changes_is_refused_by_file_and_line(policies: Path, fault: Fault) -> None:
    refused(policies, fault, "2017.1")


def test_a_version_takes_the_changes_of_another(policies: Path) -> None:
    ours, theirs = loader.released("2017.1-demo"), loader.released("2017.1")
    assert ours.negative_list == theirs.negative_list
    assert ours.limits == loader.released("2026.1-demo").limits
    path = policies / "2017.1-demo" / "policy.yaml"
    for other, reason in (("2026.1", "says none of its own"), ("2016.1", "there is no version")):
        path.write_text(path.read_text().replace('changes: "2017.1"', f'changes: "{other}"'))
        with pytest.raises(PolicyError, match=reason):
            load(policies / "2017.1-demo")
        path.write_text(path.read_text().replace(f'changes: "{other}"', 'changes: "2017.1"'))


def test_the_list_of_2017_holds_what_was_used_then_and_differs_in_nothing_else() -> None:
    then, now = loader.released("2017.1"), loader.released("2026.1")
    assert [item.code for item in then.negative_list] == [item.code for item in now.negative_list]
    on = {item.code for item in then.negative_list if item.on}
    assert on == {item.code for item in now.negative_list if item.on} - LATER | {"NL-X01"}
    same = {"version", "released", "calendar", "negative_list"}
    assert then.model_dump(exclude=same) == now.model_dump(exclude=same)


def test_the_copied_policies_are_sound(policies: Path) -> None:
    assert load(policies / "2026.1") == loader.released("2026.1")
    assert load(policies / "2026.1-demo") == loader.released("2026.1-demo")


def test_a_folder_without_a_policy_is_refused(policies: Path) -> None:
    (policies / "2026.1" / "policy.yaml").unlink()
    with pytest.raises(PolicyError, match=r"2026\.1/policy\.yaml: missing"):
        load(policies / "2026.1")


def test_a_missing_subject_is_refused(policies: Path) -> None:
    (policies / "2026.1" / "negative_list.yaml").unlink()
    with pytest.raises(PolicyError, match=r"policy\.yaml:2: negative_list: Field required"):
        load(policies / "2026.1")


def test_a_foreign_file_in_the_folder_is_refused_because_nobody_would_read_it(policies: Path) -> None:
    (policies / "2026.1" / "limits.yml").write_text("limits: {}")
    with pytest.raises(PolicyError, match=r"limits\.yml: only \.yaml files"):
        load(policies / "2026.1")


def test_a_file_that_is_no_mapping_is_refused(policies: Path) -> None:
    (policies / "2026.1" / "limits.yaml").write_text("- limits\n")
    with pytest.raises(PolicyError, match=r"limits\.yaml:1: must be a mapping"):
        load(policies / "2026.1")


def test_a_file_that_is_no_text_is_refused(policies: Path) -> None:
    (policies / "2026.1" / "limits.yaml").write_bytes(b"limits: \xff\n")
    with pytest.raises(PolicyError, match=r"limits\.yaml: cannot be read"):
        load(policies / "2026.1")


@pytest.mark.parametrize("name", ["2025.9", "", "..", "calendars", "2026.1/../2026.1"])
def test_an_unknown_version_is_refused_and_the_known_ones_are_named(name: str) -> None:
    for ask in (loader.released, loader.digest):
        with pytest.raises(UnknownVersionError, match=r"released are 2017\.1, .*2026\.1-demo"):
            ask(name)


def test_an_unknown_version_is_a_key_error_as_well() -> None:
    with pytest.raises(KeyError):
        loader.released("1999.1")


def test_a_released_version_is_read_once() -> None:
    assert loader.released("2026.1") is loader.released("2026.1")
    assert loader.versions() == (
        *("2017.1", "2017.1-demo", "2017.1-term"),
        *("2026.1", "2026.1-demo", "2026.1-term"),
    )

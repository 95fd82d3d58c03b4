"""Each house rule bites: a tree that breaks it is named, the tree as it is breaks none."""

import subprocess
from pathlib import Path

import pytest

from tests.agreement import guards

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small repository that keeps every rule."""
    for package in guards.PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text('"""What it is."""\n')
    (tmp_path / "tests").mkdir()
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    for name in ("0000-template.md", "0001-first.md"):
        (tmp_path / "docs" / "adr" / name).write_text("# Decision\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.parametrize("guard", guards.GUARDS)
def test_the_tree_as_it_is_keeps_the_rule(guard: guards.Guard) -> None:
    assert list(guard(ROOT)) == []


@pytest.mark.parametrize("guard", guards.GUARDS)
def test_a_small_clean_tree_keeps_the_rule(guard: guards.Guard, tree: Path) -> None:
    assert list(guard(tree)) == []


HOST = "https://py" + "pi.org/simple"

BREACHES = [
    (guards.module_size, "services/long.py", "x = 1\n" * 301, "services/long.py has 301 lines"),
    (guards.module_size, "tests/unit/test_long.py", "x = 1\n" * 301, "tests/unit/test_long.py has 301 lines"),
    (guards.telling_names, "services/utils.py", "x = 1\n", "'utils' says nothing"),
    (guards.telling_names, "contracts/common/__init__.py", '"""X."""\n', "'common' says nothing"),
    (guards.package_docstrings, "workflows/rules/quorum.py", "x = 1\n", "workflows/rules has no __init__.py"),
    (
        guards.package_docstrings,
        "services/__init__.py",
        '"""X."""\nx = 1\n',
        "one docstring and nothing else",
    ),
    (guards.package_docstrings, "contracts/__init__.py", "", "one docstring and nothing else"),
    (guards.package_docstrings, "tests/unit/__init__.py", "", "tests are imported by path"),
    (
        guards.unqueried_workflows,
        "services/x.py",
        "async def f(h):\n    await h.query('state')\n",
        "services/x.py:2 queries a workflow",
    ),
    (guards.decision_numbers, "docs/adr/0003-later.md", "", "the next free number is 0002"),
    (guards.decision_numbers, "docs/adr/0001-second.md", "", "the next free number is 0002"),
    (guards.decision_numbers, "docs/adr/2-second.md", "", "four digits"),
    (guards.unnamed_places, "README.md", f"\nsee {HOST}\n", "README.md:2 names a package registry's host"),
    (
        guards.unnamed_places,
        "deploy/x.sh",
        "cp /ro" + "ot/key .\n",
        "deploy/x.sh:1 names a path of one machine",
    ),
    (
        guards.unnamed_places,
        "services/x.py",
        "# TO" + "DO: later\n",
        "services/x.py:1 names work left for later",
    ),
]


@pytest.mark.parametrize(("guard", "name", "text", "complaint"), BREACHES)
def test_a_tree_that_breaks_the_rule_is_named(
    tree: Path, guard: guards.Guard, name: str, text: str, complaint: str
) -> None:
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    assert any(complaint in found for found in guard(tree)), list(guard(tree))


def test_an_installed_package_of_our_name_is_named(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "packages_distributions", lambda: {"workflows": ["llama-index-workflows"]})
    assert any("llama-index-workflows" in found for found in guards.free_names(tree))


def test_every_house_rule_has_a_breach_that_it_catches() -> None:
    assert {guard for guard, *_ in BREACHES} | {guards.free_names} == set(guards.GUARDS)


def test_many_modules_that_are_long_are_named_together(tree: Path) -> None:
    longest = "x = 1\n" * guards.LINES
    for number in range(2):
        (tree / "services" / f"long{number}.py").write_text(longest)
    assert list(guards.module_size(tree)) == [], "three short ones stand against them"
    for number in range(2):
        (tree / "tests" / f"test_long{number}.py").write_text(longest)
    assert any("half of the modules" in found for found in guards.module_size(tree))


def test_a_long_migration_is_left_alone(tree: Path) -> None:
    (tree / "services" / "migrations").mkdir()
    (tree / "services" / "migrations" / "first.py").write_text("x = 1\n" * 500)
    assert list(guards.module_size(tree)) == []

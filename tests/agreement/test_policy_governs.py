"""What stands in a policy governs: every field is read by the code that decides, tells or shows (D5).

A field is read where an attribute of its name is read. A look-up of a shape reads for those who call it.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import get_args

from pydantic import create_model

from contracts.base import Contract
from contracts.policy.model import Policy, StageSpec

ROOT = Path(__file__).parents[2]
LOOKED_UP = {"model.py": "Policy", "letters.py": "LetterFrame"}
"""The shapes that have look-ups of their own, by their file."""
PRINTED = ("services/ctl/policy_pages", "services/kit/policy_", "services/console/policy_view")
"""Whoever prints a policy reads all of it, so that printing alone is no governing."""

FOR_PEOPLE = {
    ("StageSpec", "mark"),
    ("NegativeItem", "mark"),
    ("NegativeItem", "sources"),
    ("NegativeItem", "while_state"),
    ("NegativeItem", "part_of"),
    ("Policy", "levels"),
    ("Level", "own_version"),
    ("Level", "own_days"),
}
"""What a level leaves to its districts binds whoever writes the version: the loader holds it against them. The rest
informs whoever reads the pages, and decides nothing: where a rule comes from, who answers for a fact."""


def shapes(model: type[Contract]) -> list[type[Contract]]:
    """This model and every other that its fields are made of."""
    found = [model]
    for one in found:
        pending: list[object] = [field.annotation for field in one.model_fields.values()]
        while pending:
            kind = pending.pop()
            if isinstance(kind, type) and issubclass(kind, Contract):
                found += [kind] if kind not in found else []
            else:
                pending += get_args(kind)
    return found


def attributes(tree: ast.AST) -> set[str]:
    """Names of all attributes that the code reads."""
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@cache
def trees(where: str) -> tuple[ast.Module, ...]:
    """The product's modules that govern, or those that print."""
    files = [file for name in ("contracts", "workflows", "services") for file in (ROOT / name).rglob("*.py")]
    return tuple(ast.parse(file.read_text(encoding="utf-8")) for file in files if _place(file) == where)


def _place(file: Path) -> str:
    inside = file.relative_to(ROOT).as_posix()
    if inside.startswith("contracts/policy/"):
        return "policy"
    return "printed" if inside.startswith(PRINTED) else "governing"


def read_by(modules: Iterable[ast.AST]) -> set[str]:
    """Attributes that the modules read, with those that the look-ups which they use read for them."""
    names = set().union(*(attributes(tree) for tree in modules))
    pending = [name for name in _look_ups() if name in names]
    while pending:
        more = _look_ups()[pending.pop()] - names
        names |= more
        pending += [name for name in more if name in _look_ups()]
    return names


@cache
def _look_ups() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for file, name in LOOKED_UP.items():
        module = ast.parse((ROOT / "contracts/policy" / file).read_text(encoding="utf-8"))
        shape = next(node for node in module.body if isinstance(node, ast.ClassDef) and node.name == name)
        found |= {node.name: attributes(node) for node in shape.body if isinstance(node, ast.FunctionDef)}
    return found


def unread(model: type[Contract], names: set[str]) -> Iterator[tuple[str, str]]:
    """Fields of which nobody reads an attribute."""
    for shape in shapes(model):
        yield from ((shape.__name__, field) for field in shape.model_fields if field not in names)


def test_every_field_of_a_policy_governs_something() -> None:
    assert set(unread(Policy, read_by(trees("governing")))) <= FOR_PEOPLE


def test_what_is_there_for_people_is_printed_for_them() -> None:
    printed = read_by(trees("printed"))
    assert {(shape, field) for shape, field in FOR_PEOPLE if field not in printed} == set()


def test_a_field_that_nobody_reads_is_found() -> None:
    inner = create_model("Planted", __base__=StageSpec, moon_phase=(str, "full"))
    outer = create_model("PlantedPolicy", __base__=Policy, moons=(dict[str, tuple[inner, ...]], {}))  # type: ignore[valid-type]
    found = set(unread(outer, read_by(trees("governing"))))
    assert {("PlantedPolicy", "moons"), ("Planted", "moon_phase")} <= found

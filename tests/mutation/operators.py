"""Small changes to a rule that make it another rule: each one a mutant that some test must notice.

Words of documents, messages and codes stay as they are; what decides is changed: comparisons, arithmetic, numbers,
truths, conditions, filters, the choice of the least or the greatest; or a part of a condition, of a union or of what a
function is told is forgotten.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.mutation.places import Place, nodes

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
CHOSEN = {"min": "max", "max": "min", "any": "all", "all": "any"}

Change = Callable[[Any], None]
"""What is done to a node in place; the node is one of those for which `_changes` names it."""


@dataclass(frozen=True)
class Mutant:
    """A module with one change."""

    module: str
    """The module's own name, without its package."""
    where: str
    """The function whose body is changed, as `function` or `Class.method`; "" for a change outside of functions."""
    lines: range
    """The lines of the changed statement as it stood."""
    becomes: str
    """The changed statement; of a compound one its header."""
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.module}:{self.lines.start}: {self.where or 'the module'}: {self.becomes}"


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its nodes."""
    tree = ast.parse(source)
    for number, (node, place) in enumerate(nodes(tree)):
        for change in _changes(node, place):
            changed = copy.deepcopy(tree)
            target, within = list(nodes(changed))[number]
            change(target)
            ast.fix_missing_locations(changed)
            yield Mutant(module, place.function, place.lines, within.header, changed)


def _changes(node: ast.AST, place: Place) -> list[Change]:
    match node:
        case ast.Compare(ops=ops):
            return [partial(_compare, at=at) for at, op in enumerate(ops) if type(op) in COMPARED]
        case ast.BoolOp(values=values):
            return [_and_or, *(partial(_condition, at=at) for at in range(len(values)))]
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in RECKONED:
            return [_reckon]
        case ast.BinOp(op=ast.BitOr()) if place.function:
            return [partial(_one_side, side="left"), partial(_one_side, side="right")]
        case ast.Constant(value=bool()):
            return [_flip]
        case ast.Constant(value=int()):
            return [_one_more]
        case ast.UnaryOp(op=ast.Not()):
            return [_affirm]
        case ast.UnaryOp(op=ast.USub()):
            return [_other_sign]
        case ast.If() | ast.IfExp():
            return [partial(_settle, truth=False), partial(_settle, truth=True)]
        case ast.comprehension(ifs=[_, *_]):
            return [_filter_nothing, _filter_all]
        case ast.Call(func=ast.Name(id=name)) if name in CHOSEN:
            return [_choose]
        case ast.Call(args=args, keywords=keywords) if place.function and not _makes_a_value(node):
            told: list[Change] = [partial(_forget, part="keywords", at=at) for at in range(len(keywords))]
            return [*told, partial(_forget, part="args", at=-1)] if args[1:] else told
    return []


def _makes_a_value(node: ast.Call) -> bool:
    """Whether a class is called, which asks for all its fields."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name[:1].isupper()


def _compare(node: ast.Compare, at: int) -> None:
    node.ops[at] = COMPARED[type(node.ops[at])]()


def _and_or(node: ast.BoolOp) -> None:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()


def _condition(node: ast.BoolOp, at: int) -> None:
    # Its neighbour, said twice, leaves only the others.
    node.values[at] = node.values[at - 1]


def _one_side(node: ast.BinOp, side: str) -> None:
    node.left = node.right = getattr(node, side)


def _forget(node: ast.Call, part: str, at: int) -> None:
    del getattr(node, part)[at]


def _reckon(node: ast.BinOp | ast.AugAssign) -> None:
    node.op = RECKONED[type(node.op)]()


def _flip(node: ast.Constant) -> None:
    node.value = not node.value


def _one_more(node: ast.Constant) -> None:
    assert isinstance(node.value, int)
    node.value += 1


def _affirm(node: ast.UnaryOp) -> None:
    node.operand = ast.UnaryOp(ast.Not(), node.operand)


def _other_sign(node: ast.UnaryOp) -> None:
    node.op = ast.UAdd()


def _settle(node: ast.If | ast.IfExp, truth: bool) -> None:
    node.test = ast.Constant(truth)


def _filter_nothing(node: ast.comprehension) -> None:
    node.ifs = []


def _filter_all(node: ast.comprehension) -> None:
    node.ifs = [ast.Constant(False)]


def _choose(node: ast.Call) -> None:
    assert isinstance(node.func, ast.Name)
    node.func.id = CHOSEN[node.func.id]

"""Small changes to a rule that make it another rule: each one a mutant that some test must notice."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Mutant:
    """A module with one change, and where it is."""

    line: int
    change: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its nodes; words of documents and types stay as they are."""
    tree = ast.parse(source)
    for number, node in enumerate(ast.walk(tree)):
        for change in range(len(_changes(node))):
            changed = copy.deepcopy(tree)
            target = next(one for place, one in enumerate(ast.walk(changed)) if place == number)
            before = ast.unparse(target)
            _apply(target, change)
            yield Mutant(getattr(node, "lineno", 0), f"{before} -> {ast.unparse(target)}"[:110], changed)


def _changes(node: ast.AST) -> list[str]:
    match node:
        case ast.Compare(ops=ops):
            return ["compare"] * sum(type(op) in COMPARED for op in ops[:1])
        case ast.BoolOp():
            return ["and-or"]
        case ast.BinOp(op=op) if type(op) in RECKONED and not _of_types(node):
            return ["reckon"]
        case ast.Constant(value=bool()):
            return ["flip"]
        case ast.Constant(value=int()):
            return ["one-more"]
        case ast.UnaryOp(op=ast.Not()):
            return ["not"]
        case ast.If() | ast.IfExp():
            return ["never"]
    return []


def _of_types(node: ast.BinOp) -> bool:
    return isinstance(node.op, ast.BitOr)


def _apply(node: ast.AST, change: int) -> None:
    match node:
        case ast.Compare():
            node.ops = [COMPARED[type(node.ops[0])](), *node.ops[1:]]
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.BinOp():
            node.op = RECKONED[type(node.op)]()
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value)):
            node.value = value + 1
        case ast.UnaryOp():
            node.op = ast.UAdd()
            node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
        case ast.If() | ast.IfExp():
            node.test = ast.Constant(value=False)
    ast.fix_missing_locations(node)

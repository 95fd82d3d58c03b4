"""Where a node stands in its module: in which function's body, in which statement, on which lines."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Place:
    """The surroundings of a node."""

    statement: ast.stmt | None = None
    """The innermost statement around it, or it itself."""
    classes: tuple[str, ...] = ()
    function: str = ""
    """The outermost function whose body it is in, by its qualified name. Its signature is not its body."""

    @property
    def lines(self) -> range:
        """The statement's lines; of a compound one those of its header."""
        if self.statement is None:
            return range(0)
        first, last = self.statement.lineno, self.statement.end_lineno or self.statement.lineno
        body = getattr(self.statement, "body", None)
        return range(first, max(first, body[0].lineno - 1 if body else last) + 1)

    @property
    def header(self) -> str:
        """The statement in one line; of a compound one its header."""
        if self.statement is None:
            return ""
        shown = copy.copy(self.statement)
        for part in ("body", "orelse"):
            if hasattr(shown, part):
                setattr(shown, part, [])
        return " ".join(ast.unparse(shown).split())

    def of(self, parent: ast.AST, field: str, child: ast.AST) -> "Place":
        """The place of a child of the node that stands here."""
        place = replace(self, statement=child) if isinstance(child, ast.stmt) else self
        if field != "body" or self.function:
            return place
        if isinstance(parent, ast.ClassDef):
            return replace(place, classes=(*self.classes, parent.name))
        if isinstance(parent, FUNCTIONS):
            return replace(place, function=".".join((*self.classes, parent.name)))
        return place


def nodes(tree: ast.Module) -> Iterator[tuple[ast.AST, Place]]:
    """Every node with its place, in the order of the text."""
    yield from _below(tree, Place())


def _below(node: ast.AST, place: Place) -> Iterator[tuple[ast.AST, Place]]:
    yield node, place
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _below(child, place.of(node, field, child))

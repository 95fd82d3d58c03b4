"""What the console asks of /v1, read out of its source: each call of its door as `GET /cases/*`, with its module."""

import ast
from collections.abc import Iterator
from pathlib import Path

CONSOLE = Path(__file__).parents[1] / "services" / "console"
ANY = "*"
"""What stands for a value that is known only when the page is asked for."""
READS = {"read": 0, "look": 0, "walk": 0, "hand_on": 0, "every": 1}
"""Functions that read, and which of their arguments is the path."""
POSTS = {"upload": 0}
SAYS_METHOD = {"send": (0, 1), "ask": (0, 1)}
"""Functions that are told the method, and which of their arguments are method and path."""


def calls() -> dict[str, set[str]]:
    """By operation, such as `GET /cases/*`, the modules of the console that ask for it."""
    found: dict[str, set[str]] = {}
    for file in sorted(CONSOLE.rglob("*.py")):
        for operation in of_source(file.read_text(encoding="utf-8")):
            found.setdefault(operation, set()).add(file.relative_to(CONSOLE).as_posix())
    return found


def of_source(source: str) -> set[str]:
    """What the source of one module asks for."""
    tree = ast.parse(source)
    found: set[str] = set()
    for function in [tree, *(one for one in ast.walk(tree) if isinstance(one, ast.AsyncFunctionDef))]:
        named = dict(_assigned(function))
        for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
            for method, argument in _asked(call):
                found |= {f"{method} {path}" for path in _texts(argument, named) if path.startswith("/")}
    return found


def _asked(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in READS and len(call.args) > READS[name]:
        yield "GET", call.args[READS[name]]
    if name in POSTS and call.args:
        yield "POST", call.args[POSTS[name]]
    if name in SAYS_METHOD and len(call.args) > 1:
        said, path = (call.args[place] for place in SAYS_METHOD[name])
        # `ask(found, path)` of the pages before the sign-in posts.
        yield (str(said.value) if isinstance(said, ast.Constant) else "POST"), path
    # A form of its own is sent to the path that it names (acting.Act).
    if name == "Act":
        yield from (("POST", one.value) for one in call.keywords if one.arg == "path")


def _assigned(within: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for one in ast.walk(within):
        if isinstance(one, ast.Assign):
            yield from _pairs(one.targets[0], one.value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match target, value:
        case ast.Name(id=name), _:
            yield name, value
        case ast.Tuple(elts=names), ast.Tuple(elts=values):
            for each, said in zip(names, values, strict=True):
                yield from _pairs(each, said)


def _texts(value: ast.expr, named: dict[str, ast.expr]) -> set[str]:
    match value:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.JoinedStr(values=parts):
            return {"".join(_part(one, named) for one in parts)}
        case ast.IfExp(body=one, orelse=other):
            return _texts(one, named) | _texts(other, named)
        case ast.Name(id=name) if name in named:
            return _texts(named[name], {key: said for key, said in named.items() if key != name})
    return set()


def _part(one: ast.expr, named: dict[str, ast.expr]) -> str:
    """A part of a text with values in it: as it stands, the constant of this name, or what stands for any value."""
    match one:
        case ast.Constant(value=text):
            return str(text)
        case ast.FormattedValue(value=ast.Name(id=name)) if isinstance(held := named.get(name), ast.Constant):
            return str(held.value)
    return ANY

"""The order of commands in each workflow's code, read from its syntax tree."""

import ast
import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMITTED = Path(__file__).parent / "commands.json"
SOURCES = ("workflows/nomination.py", "workflows/batch.py", "workflows/shell.py")
COMMANDS = frozenset(
    {
        "execute_activity",
        "start_activity",
        "execute_local_activity",
        "execute_child_workflow",
        "start_child_workflow",
        "wait_condition",
        "sleep",
        "continue_as_new",
        "patched",
        "deprecate_patch",
        "update",
        "signal",
        "query",
    }
)


def fingerprint(root: Path = ROOT) -> dict[str, list[str]]:
    """Per function, the calls that become commands in the order of the source, with their first argument."""
    found: dict[str, list[str]] = {}
    for source in SOURCES:
        tree = ast.parse((root / source).read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                calls = [call for node in _parts(function) if (call := _command(node))]
                if calls:
                    found[f"{source}:{function.name}"] = calls
    return dict(sorted(found.items()))


def _parts(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.AST]:
    nodes = [node for part in (*function.decorator_list, *function.body) for node in ast.walk(part)]
    return sorted(nodes, key=lambda node: (getattr(node, "lineno", 0), getattr(node, "col_offset", 0)))


def _command(node: ast.AST) -> str:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return ""
    if node.func.attr not in COMMANDS:
        return ""
    arguments = [ast.unparse(argument) for argument in node.args[:1]]
    arguments += [ast.unparse(word.value) for word in node.keywords if word.arg == "name"]
    return f"{node.func.attr}({', '.join(arguments)})"


if __name__ == "__main__":
    COMMITTED.write_text(json.dumps(fingerprint(), indent=1) + "\n", encoding="utf-8")

"""The house rules that no linter knows. `make check` runs this file; test_guards.py sees each rule bite.

Every guard takes the root of the tree and answers with complaints, one sentence each; none means kept.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from statistics import median

PACKAGES = ("contracts", "workflows", "services")
LINES = 300
"""At most, in a module; tests are modules too."""
MEDIAN = 110
"""At most, of all modules: half of them are shorter."""
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base_service", "data", "info"}
# Written in halves, so that this file keeps the rule it states.
NOT_NAMED = {
    "a package registry's host": re.compile(
        r"pypi\.(org|python|tuna)|pythonhosted\."
        + r"org|npmjs\."
        + r"(org|com)|/simple"
        + r"/|docker\.i"
        + "o"
    ),
    "a path of one machine": re.compile(r"(?<![\w.])/(work|root|home/\w+|Users/\w+|opt/\w+)" + r"/[\w.]"),
    "work left for later": re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
}

Guard = Callable[[Path], Iterator[str]]


def _modules(root: Path) -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((root / package).rglob("*.py"))


def _written(root: Path) -> Iterator[Path]:
    """Modules that people go on changing, tests among them."""
    for path in (*_modules(root), *sorted((root / "tests").rglob("*.py"))):
        if "migrations" not in path.parts:
            yield path


def _tracked(root: Path) -> list[Path]:
    """Every file that is or would be in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    return [path for name in sorted(set(listed.split("\0")) - {""}) if (path := root / name).is_file()]


def module_size(root: Path) -> Iterator[str]:
    """A long module is more than one subject, and where many are long, subjects are not told apart.

    Migrations, written once, are left alone.
    """
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _written(root)}
    for path, lines in lengths.items():
        if lines > LINES:
            yield f"{path.relative_to(root)} has {lines} lines, at most {LINES}: split it by subject"
    middle = median(lengths.values()) if lengths else 0
    if middle > MEDIAN:
        yield f"half of the modules have {middle:g} lines or more, at most {MEDIAN}: split them by subject"


def telling_names(root: Path) -> Iterator[str]:
    """A module's name says what is in it."""
    for path in _modules(root):
        name = path.parent.name if path.name == "__init__.py" else path.stem
        if name in VAGUE:
            yield f"{path.relative_to(root)}: '{name}' says nothing of what is inside, name its subject"


def package_docstrings(root: Path) -> Iterator[str]:
    """Every package says what it is in one docstring and runs no code on import; tests have no packages."""
    for folder in sorted({path.parent for path in _modules(root)}):
        if "migrations" in folder.relative_to(root).parts:
            continue
        init = folder / "__init__.py"
        if not init.exists():
            yield f"{folder.relative_to(root)} has no __init__.py: write one that holds its docstring"
            continue
        body = ast.parse(init.read_text(encoding="utf-8")).body
        is_docstring = (
            len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
        )
        if not is_docstring:
            yield f"{init.relative_to(root)} must hold one docstring and nothing else"
    for init in sorted((root / "tests").rglob("__init__.py")):
        yield f"{init.relative_to(root)}: tests are imported by path, remove it"


def decision_numbers(root: Path) -> Iterator[str]:
    """Decision records are numbered 0000 (the template), 0001, 0002 ... without a gap or a double."""
    names = sorted(path.name for path in (root / "docs" / "adr").glob("*.md"))
    for expected, name in enumerate(names):
        if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name):
            yield f"docs/adr/{name}: the name is four digits, a dash and words in small letters"
        elif int(name[:4]) != expected:
            yield f"docs/adr/{name}: the next free number is {expected:04d}"


def unnamed_places(root: Path) -> Iterator[str]:
    """No file names a package registry, a path of one machine, or work left for later."""
    for path in _tracked(root):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            for what, pattern in NOT_NAMED.items():
                if found := pattern.search(line):
                    yield f"{path.relative_to(root)}:{number} names {what}: {found[0]}"


def free_names(root: Path) -> Iterator[str]:
    """The folders are import packages (ADR 0001), so no installed distribution may bring the same names."""
    for package in PACKAGES:
        for distribution in packages_distributions().get(package, []):
            yield f"{distribution} installs a package '{package}' that hides {root.name}/{package}: remove it"


def unqueried_workflows(root: Path) -> Iterator[str]:
    """No service queries a workflow. A query that reaches a worker which was just begun hands it what an update should
    come before; what it then writes down no worker can replay, and the case is stuck (ADR 0045)."""
    for path in sorted((root / "services").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "query"
            ):
                yield f"{path.relative_to(root)}:{node.lineno} queries a workflow: ask the record"


GUARDS: tuple[Guard, ...] = (
    module_size,
    telling_names,
    package_docstrings,
    decision_numbers,
    unnamed_places,
    free_names,
    unqueried_workflows,
)


def main(root: Path) -> int:
    """Print every complaint; the exit status is 1 if there is one."""
    complaints = [f"{guard.__name__}: {complaint}" for guard in GUARDS for complaint in guard(root)]
    print("\n".join(complaints) or f"{len(GUARDS)} house rules kept")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).parents[2]))

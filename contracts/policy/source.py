"""YAML whose every node knows its file and line, and the error that names them."""

import re
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import yaml

Location: TypeAlias = tuple[int | str, ...]
"""Keys and indexes from the top of a policy down to one value."""


class PolicyError(Exception):
    """A policy that may not be used: which file, which line (0 when there is none), and what is wrong."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(file, line, reason)
        self.file = file
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        # A kind's file says its version too: every version has a nomination/tasks.yaml.
        depth = 3 if (self.file.parent.parent / "policy.yaml").is_file() else 2
        place = "/".join(self.file.parts[-depth:])
        return f"{place}:{self.line}: {self.reason}" if self.line else f"{place}: {self.reason}"


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_PLAIN = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "bool", "null", "seq", "map"))


class _Loader(_Base):  # type: ignore[misc]
    """YAML in which `on`, `NO`, versions and dates are text; the model says what a text must look like."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^null$", "n"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def read(file: Path) -> yaml.MappingNode:
    """The file's one mapping of plain values; PolicyError for anything else, and for a key said twice."""
    try:
        with file.open(encoding="utf-8") as stream:
            loader = _Loader(stream)
            try:
                node = loader.get_single_node()
            finally:
                loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PolicyError(file, mark.line + 1 if mark else 0, f"not YAML: {error.problem}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PolicyError(file, 0, f"cannot be read: {error}") from None
    if not isinstance(node, yaml.MappingNode):
        raise PolicyError(file, 1, "must be a mapping of fields to values")
    _check(node, set())
    return node


def value(node: yaml.Node) -> Any:
    """The plain value of a node that `read` returned: text, whole numbers, truth values, lists, mappings."""
    loader = _Loader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def at(node: yaml.Node, reason: str) -> PolicyError:
    """The error that points to this node."""
    return PolicyError(Path(node.start_mark.name), node.start_mark.line + 1, reason)


def find(root: yaml.Node, location: Location) -> yaml.Node:
    """The node at this place, or the deepest one above it that exists; for a mapping's field, its key."""
    node, shown = root, root
    for step in location:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(step)), None)
            if pair is None:
                break
            shown, node = pair
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = shown = node.value[step]
        else:
            break
    return shown


def dotted(location: Location) -> str:
    """A place as people write it: `tasks.3.role`."""
    return ".".join(str(step) for step in location)


def _check(node: yaml.Node, seen: set[int]) -> None:
    # A node met twice is an alias, which may even contain itself; a reviewed text says everything where it stands.
    if id(node) in seen:
        raise at(node, "is meant by an alias; write the value out where it is needed")
    if node.tag not in _PLAIN:
        raise at(
            node,
            f"{node.tag}: only text, whole numbers, true, false, null, lists and mappings may stand here",
        )
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _check(child, seen)
    elif isinstance(node, yaml.MappingNode):
        names: set[str] = set()
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise at(key, "a field's name must be one word")
            if key.value in names:
                raise at(key, f"{key.value}: stands here twice")
            names.add(key.value)
            _check(child, seen)

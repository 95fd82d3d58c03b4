"""What a version changes in the lists of the one on which it rests, row by row (D5)."""

from typing import TypeAlias

import yaml

from contracts.policy.source import at

Fields: TypeAlias = dict[str, tuple[yaml.Node, yaml.Node]]

CODE = "code"
"""The field by which rows of a list are known."""


def changed(fields: Fields, changes: yaml.Node) -> Fields:
    """The fields with these changes; each is a list of rows under the name of a list. PolicyError for anything else."""
    found = dict(fields)
    for key, rows in _pairs(changes, "changes: must be a mapping of lists to rows"):
        if key.value not in found or not isinstance(found[key.value][1], yaml.SequenceNode):
            raise at(key, f"changes.{key.value}: the base has no such list")
        if not isinstance(rows, yaml.SequenceNode):
            raise at(rows, f"changes.{key.value}: must be a list of rows")
        name, below = found[key.value]
        found[key.value] = (name, _list(below, rows))
    return found


def _list(below: yaml.Node, rows: yaml.SequenceNode) -> yaml.SequenceNode:
    """The base's rows in their order, each with what is said of its code; then the new ones."""
    said = {_code(row): row for row in rows.value}
    if len(said) < len(rows.value):
        raise at(rows, "a row is changed twice")
    kept = [_row(row, said.pop(_code(row), None)) for row in below.value]
    return yaml.SequenceNode(
        below.tag, [*kept, *said.values()], start_mark=below.start_mark, end_mark=below.end_mark
    )


def _row(below: yaml.Node, said: yaml.Node | None) -> yaml.Node:
    if said is None:
        return below
    fields = {key.value: (key, node) for key, node in below.value}
    fields |= {key.value: (key, node) for key, node in said.value}
    return yaml.MappingNode(
        below.tag, list(fields.values()), start_mark=said.start_mark, end_mark=said.end_mark
    )


def _code(row: yaml.Node) -> str:
    for key, node in _pairs(row, "a row must be a mapping"):
        if key.value == CODE:
            return str(node.value)
    raise at(row, f"a row must say its {CODE}")


def _pairs(node: yaml.Node, wrong: str) -> list[tuple[yaml.Node, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise at(node, wrong)
    return list(node.value)

"""Pages that say of each rule, or each fault, which test holds it: how such a page is read."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
NOT_KEPT = "not kept: "
"""Begins the last cell of a row whose rule the system does not keep; the reason follows."""


class Row(NamedTuple):
    """One row: the name of a rule, the rule in short, and what holds it."""

    name: str
    said: str
    held_by: tuple[str, ...]


def rows(page: Path, name: str) -> list[Row]:
    """The rows of a page whose first cell has a name of this pattern."""
    found = re.findall(rf"^\| ({name}) \| (.+) \| (.+) \|$", page.read_text("utf-8"), re.MULTILINE)
    return [Row(one, said, tuple(held.split("; "))) for one, said, held in found]


def is_test(named: str) -> bool:
    """Whether a test of this name (`path::function`) is there to be run."""
    path, _, name = named.partition("::")
    file = ROOT / path
    runs = file.name.startswith("test_") and name.startswith("test_")
    return (
        runs
        and file.is_file()
        and re.search(rf"^(async )?def {name}\(", file.read_text("utf-8"), re.M) is not None
    )

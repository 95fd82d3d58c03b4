"""The tables of docs/access-matrix.md, as a test reads them."""

from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "access-matrix.md"

Matrix = dict[str, dict[str, str]]
"""By act, and in it by credential, what the page says."""


def matrix(heading: str, page: str = "") -> Matrix:
    """The table under a heading. Raises ValueError when there is none, or a row lacks a cell or stands twice."""
    text = page or PAGE.read_text(encoding="utf-8")
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [_cells(line) for line in part.splitlines() if line.startswith("|")]
    if len(rows) < 3:
        raise ValueError(f"{heading}: no table")
    (_, *columns), _, *body = rows
    found: Matrix = {}
    for act, *cells in body:
        if act in found or len(cells) != len(columns):
            raise ValueError(f"{heading}: {act}: stands twice or lacks a cell")
        found[act] = dict(zip(columns, cells, strict=True))
    return found


def differences(said: Matrix, found: Matrix) -> list[str]:
    """Where what was found differs from what is said; nothing when they agree in every cell."""
    return [
        f"{act} as {credential}: the page says {said[act][credential]}, found {cell}"
        for act, cells in found.items()
        for credential, cell in cells.items()
        if said[act][credential] != cell
    ] + [f"{act} was not tried" for act in said if said[act].keys() != found.get(act, {}).keys()]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]

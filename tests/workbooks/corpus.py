"""All workbooks of the corpus, made anew by their scripts."""

from functools import cache

from tests.workbooks import (
    in_cells,
    in_elements,
    in_files,
    in_parts,
    not_workbooks,
    of_hidden,
    of_looks,
    of_names,
    of_programs,
    of_sheets,
    of_styles,
)
from tests.workbooks.case import Case, Cast

LEAST = 150
"""Workbooks that the corpus has: it only ever grows."""


@cache
def corpus() -> dict[str, Case]:
    """Every case by its name."""
    cast = Cast()
    sources = (
        in_cells,
        in_elements,
        of_names,
        of_sheets,
        of_hidden,
        in_files,
        in_parts,
        of_programs,
        of_styles,
        of_looks,
        not_workbooks,
    )
    made = [case for source in sources for case in source.CASES.made(cast)]
    cases = {case.name: case for case in made}
    if len(cases) != len(made):
        raise ValueError("two cases have one name")
    return cases

"""The table of all evasions in docs/four-eyes.md. `python -m tests.attacks.four_eyes.table` writes it again."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.attacks.four_eyes.evasion import Evasion
from tests.attacks.four_eyes.of_accounts import ACCOUNTS
from tests.attacks.four_eyes.of_cases import CASES
from tests.attacks.four_eyes.of_codes import CODES
from tests.attacks.four_eyes.of_requests import REQUESTS
from tests.attacks.four_eyes.of_signing import SIGNING
from tests.attacks.four_eyes.pairs import CODE, DISGUISES

DOCUMENT = Path(__file__).parents[3] / "docs" / "four-eyes.md"
MARK = "## What is tried\n"


def _rows() -> Iterator[tuple[str, str, str]]:
    for disguise in DISGUISES:
        yield "every pair", disguise.tries, CODE
    parts: tuple[tuple[str, Iterable[Evasion[Any, Any]]], ...] = (
        ("a nomination", CASES),
        ("a request", REQUESTS),
        ("the API, accounts", ACCOUNTS),
        ("the API, codes", CODES),
        ("the API, signing", SIGNING),
    )
    for where, evasions in parts:
        yield from ((where, one.tries, one.code) for one in evasions)


def table() -> str:
    """Every evasion with the code by which it is refused."""
    lines = ["", "| # | Where | What is tried | Code |", "|---|---|---|---|"]
    rows = enumerate(_rows(), start=1)
    lines += [f"| {number} | {where} | {tries} | `{code}` |" for number, (where, tries, code) in rows]
    return "\n".join(lines) + "\n"


def written(text: str) -> str:
    """The page with its table as it is now."""
    return text.partition(MARK)[0] + MARK + table()


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8")), "utf-8")

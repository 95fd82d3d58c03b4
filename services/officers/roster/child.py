"""The process that opens one workbook: `python -m services.officers.roster.child read ROWS|mark`, body on stdin.

Whatever a workbook does, it does here: with little processor time and memory, nothing to write to, and no secrets in
the environment. `read` answers with the book as JSON; `mark` takes a line of JSON before the body and answers with
a workbook. A refusal leaves with REFUSED and its sentences as JSON.
"""

import contextlib
import json
import os
import resource
import sys
import warnings
from typing import Any

from services.officers.roster.cells import Area, Book, Cell, Kind, Row, Sheet, Slip, WorkbookError
from services.officers.roster.workbook import read_workbook

CPU_SECONDS = 8
MEMORY = 768 * 1024 * 1024
BEHIND = 10
"""Steps of niceness: whoever asks for something else comes first."""

MOST_WRITTEN = 64 * 1024 * 1024
"""Bytes of a file in the folder that the caller gives for it: the library that marks writes sheets there first."""
REFUSED = 3
TOO_MUCH = 4


def main(argv: list[str]) -> int:
    """Do what the first argument says; the exit code."""
    _limit(MOST_WRITTEN if argv == ["mark"] else 0)
    # What a library warns of may quote a cell (a number in a date's format, whole).
    warnings.simplefilter("ignore")
    given = sys.stdin.buffer.read()
    try:
        answer = _marked(given) if argv == ["mark"] else _read(given, int(argv[1]))
    except WorkbookError as error:
        sys.stdout.write(json.dumps({"code": error.code, "zh": error.zh, "en": error.en}))
        return REFUSED
    except MemoryError:
        return TOO_MUCH
    sys.stdout.buffer.write(answer)
    return 0


def packed(book: Book) -> dict[str, Any]:
    """The book as plain JSON values."""
    return {
        "hidden": book.hidden,
        "sheets": [
            {
                "name": sheet.name,
                "rows": [
                    [row.number, row.hidden, [_packed(cell) for cell in row.cells]] for row in sheet.rows
                ],
                "hidden_columns": sheet.hidden_columns,
                "merged": [[a.left, a.top, a.right, a.bottom] for a in sheet.merged],
                "slips": [[s.ref, s.zh, s.en] for s in sheet.slips],
            }
            for sheet in book.sheets
        ],
    }


def _packed(cell: Cell) -> list[object]:
    return [cell.column, cell.kind.value, cell.text, cell.unseen, cell.struck]


def unpacked(value: dict[str, Any]) -> Book:
    """The book that was packed."""
    return Book(tuple(_sheet(one) for one in value["sheets"]), tuple(value["hidden"]))


def _sheet(value: dict[str, Any]) -> Sheet:
    rows = tuple(
        Row(
            number,
            tuple(Cell(column, number, Kind(kind), *more) for column, kind, *more in cells),
            hidden,
        )
        for number, hidden, cells in value["rows"]
    )
    return Sheet(
        value["name"],
        rows,
        tuple((first, last) for first, last in value["hidden_columns"]),
        tuple(Area(*one) for one in value["merged"]),
        tuple(Slip(*one) for one in value["slips"]),
    )


def _read(body: bytes, most: int) -> bytes:
    return json.dumps(packed(read_workbook(body, most)), ensure_ascii=False).encode()


def _marked(given: bytes) -> bytes:
    head, _, body = given.partition(b"\n")
    book = read_workbook(body)
    from services.officers.roster.marking import (
        Mark,
        marked,
    )  # takes a library along that reading does not need

    return marked(body, book, [Mark(*one) for one in json.loads(head)])


def _limit(written: int) -> None:
    os.nice(BEHIND)
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a limit that is lower already stays
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

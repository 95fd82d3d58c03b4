"""A text file with separated values to rows of cells: in whatever encoding, with long numbers as people save them."""

import csv
import re
from collections.abc import Iterator

from services.officers.roster.cells import Kind, WorkbookError, letters
from services.officers.roster.workbook import check_length
from services.officers.watching.columns import ListCell

MAX_COLUMNS = 40
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",\t;|"
_AS_TEXT = re.compile(r'="([^"]*)"')
"""How a long number is written so that a spreadsheet shows all of it."""
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)


def read_csv(body: bytes, most: int) -> list[tuple[ListCell, ...]]:
    """The rows that hold anything, the header included. Raises WorkbookError.

    `most` rows may follow the header.
    """
    check_length(body)
    text = _decoded(body)
    rows = [row for row in _rows(text) if row]
    if len(rows) > most + 1:
        raise WorkbookError("workbook-too-large", f"超过{most}行", f"more than {most} rows: split the file")
    return rows


def _decoded(body: bytes) -> str:
    """By its mark, else UTF-8, else the encoding of Chinese Windows. A file of neither is refused, never guessed."""
    marked = next((name for mark, name in _BOMS if body.startswith(mark)), None)
    for name in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise WorkbookError(
        "list-unreadable",
        "无法识别文件编码，请另存为UTF-8编码",
        "the encoding is not known: save the file as UTF-8",
    )


def _rows(text: str) -> Iterator[tuple[ListCell, ...]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_separator(text), strict=True)
    try:
        for number, fields in enumerate(reader, 1):
            if any(field.strip() for field in fields[MAX_COLUMNS:]):
                raise WorkbookError(
                    "list-unreadable",
                    f"第{number}行第{MAX_COLUMNS}列以后还有内容",
                    f"something stands in line {number} beyond {MAX_COLUMNS} columns",
                )
            yield tuple(
                cell
                for place, field in enumerate(fields[:MAX_COLUMNS])
                if (cell := _cell(field, place, number)).kind is not Kind.TEXT or cell.text
            )
    except csv.Error as error:
        raise WorkbookError(
            "list-unreadable",
            f"第{reader.line_num}行的引号不完整",
            f"line {reader.line_num} does not close its quotes",
        ) from error


def _separator(text: str) -> str:
    """The sign that parts most of the first lines that hold anything."""
    first = [line for line in text.splitlines() if line.strip()][:10]
    return max(_SEPARATORS, key=lambda sign: sum(line.count(sign) for line in first))


def _cell(field: str, place: int, number: int) -> ListCell:
    letter = letters(place + 1)
    said = field.strip()
    if shown := _AS_TEXT.fullmatch(said):
        said = shown[1].strip()
    said = said.removeprefix("'").strip()
    kind = Kind.TEXT
    if _SCIENTIFIC.fullmatch(said):
        kind = Kind.NUMBER
    if said.startswith("="):
        kind = Kind.FORMULA
    return ListCell(f"{letter}{number}", letter, number, kind, said if kind is Kind.TEXT else "")

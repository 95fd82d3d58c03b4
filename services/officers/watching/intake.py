"""A body to the rows of a list, by what it says it is: a workbook, a text with separated values, or JSON."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from services.officers.roster.apart import Reader
from services.officers.roster.cells import Kind, WorkbookError
from services.officers.watching.cells import sheet_rows
from services.officers.watching.columns import COLUMNS, ListCell
from services.officers.watching.csvfile import read_csv
from services.officers.web.strict import parse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
JSON = "application/json"
MAX_LINES = 20_000
"""Of one file; a longer list comes as a whole list and increments."""

KINDS = (XLSX, CSV, JSON)

_KEYS = tuple(column.key for column in COLUMNS)
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["rows"],
    "properties": {
        "rows": {
            "type": "array",
            "maxItems": MAX_LINES,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {key: {"type": ["string", "null"]} for key in _KEYS},
            },
        }
    },
}
"""A list as JSON, as a JSON Schema: every cell is a text, as in a workbook; one that is null or empty is left out."""


def read_json(body: bytes, most: int) -> list[tuple[ListCell, ...]]:
    """`{"rows": [{"name": …, "number": …}]}` as the rows of a sheet; a cell's place is then `rows.3.number`."""
    said = parse(body)
    rows = said.get("rows") if isinstance(said, dict) and set(said) == {"rows"} else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _unreadable('应为 {"rows": [{…}]}', 'it must be {"rows": [{…}]}')
    if len(rows) > most:
        raise WorkbookError("workbook-too-large", f"超过{most}行", f"more than {most} rows: split the list")
    strange = sorted({str(key) for row in rows for key in row} - set(_KEYS))
    if strange:
        raise _unreadable("有未知的字段", f"unknown fields; known are {', '.join(_KEYS)}")
    head = tuple(ListCell(f"rows.{key}", key, 0, Kind.TEXT, key) for key in _KEYS)
    return [head, *(_row(number, row) for number, row in enumerate(rows) if row)]


def _row(number: int, row: Mapping[str, Any]) -> tuple[ListCell, ...]:
    return tuple(
        ListCell(f"rows.{number}.{key}", key, number, _kind(value), value if isinstance(value, str) else "")
        for key, value in row.items()
        if value is not None and value != ""
    )


def _kind(value: object) -> Kind:
    if isinstance(value, str):
        return Kind.TEXT
    return Kind.NUMBER if isinstance(value, int | float) else Kind.OTHER


def _unreadable(zh: str, en: str) -> WorkbookError:
    return WorkbookError("list-unreadable", zh, en)


_TEXTS: Mapping[str, Callable[[bytes, int], list[tuple[ListCell, ...]]]] = {CSV: read_csv, JSON: read_json}


async def rows_of(kind: str, body: bytes, workbooks: Reader) -> list[tuple[ListCell, ...]]:
    """The rows of a list that says it is of one of KINDS, the header included. Raises WorkbookError."""
    if kind == XLSX:
        return sheet_rows(await workbooks.book(body, MAX_LINES + 1))
    return await asyncio.to_thread(_TEXTS[kind], body, MAX_LINES)

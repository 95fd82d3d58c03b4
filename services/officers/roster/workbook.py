"""A body to rows of cells. What is no harmless workbook is refused before anything in it is believed.

Everything is bounded before it is parsed: bytes, members, unpacked bytes, tags. A parser that is given little
needs little, whatever is in it.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from contracts.policy.model import Text

if TYPE_CHECKING:
    import openpyxl

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 1500
MAX_COLUMNS = 40
MAX_SPAN = 5_000
MAX_MEMBERS = 200
MAX_UNPACKED = 20 * 1024 * 1024
MAX_TAGS = 400_000
MAX_DIRECTORY = 64 * 1024
_FORBIDDEN = ("vbaproject", "externallinks/", "embeddings/", "activex/", "connections.xml", "querytables/")
_END = b"PK\x05\x06"


class WorkbookError(Exception):
    """The body is refused as a whole. `code` names the problem type."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.text = Text(zh=zh, en=en)


class Kind(Enum):
    """What a cell holds; only text is ever taken, and a day where a day is asked for."""

    TEXT = "text"
    NUMBER = "number"
    FORMULA = "formula"
    DATE = "date"
    """Taken by nobody whose column holds no days; its text is the day."""
    OTHER = "other"
    EMPTY = "empty"


@dataclass(frozen=True)
class Cell:
    """A cell as it stands in the sheet; `text` is empty unless the kind is TEXT or DATE."""

    ref: str
    letter: str
    row: int
    kind: Kind
    text: str


def read_workbook(body: bytes, most: int = MAX_ROWS) -> list[tuple[Cell, ...]]:
    """The first sheet's rows that hold anything, the header included. Raises WorkbookError.

    `most` rows may follow the header.
    """
    if len(body) > MAX_BYTES:
        raise WorkbookError("workbook-too-large", "文件超过5MB", "the file is larger than 5 MB")
    check_archive(body)
    import openpyxl  # on use: most processes never read a roster

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, keep_links=False)
        try:
            rows = [row for row in _rows(book, most + MAX_SPAN - MAX_ROWS) if row]
        finally:
            book.close()
    except WorkbookError:
        raise
    except Exception as error:
        # The library raises whatever its parsers meet; all of it means that this is no workbook.
        raise _not_a_workbook() from error
    if len(rows) > most + 1:
        raise WorkbookError("workbook-too-large", f"超过{most}行", f"more than {most} rows: split the file")
    return rows


def check_archive(body: bytes) -> None:
    """Refuse what is no workbook archive, what would unpack to too much, and what carries more than cells."""
    end = body.rfind(_END, max(0, len(body) - 66_000))
    if not body.startswith(b"PK\x03\x04") or end < 0 or len(body) < end + 22:
        raise _not_a_workbook()
    if int.from_bytes(body[end + 12 : end + 16], "little") > MAX_DIRECTORY:
        raise _unsafe("目录过大", "its directory is too large")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = archive.infolist()
            _check_directory(members)
            _check_contents(archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _not_a_workbook() from error


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.lower() for member in members]
    if len(names) > MAX_MEMBERS or len(set(names)) != len(names):
        raise _unsafe("成员过多或重名", "it has too many members or two of one name")
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise _not_a_workbook()
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise _unsafe("解压后过大", "it unpacks to too much")
    for member, name in zip(members, names, strict=True):
        if member.flag_bits & 0x1 or member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _unsafe("已加密或压缩方式不明", "it is encrypted or packed in an unknown way")
        if name.startswith("/") or ".." in name or "\\" in name or any(part in name for part in _FORBIDDEN):
            raise _unsafe(
                "含有宏、外部链接或嵌入对象，请另存为普通 .xlsx",
                "it has macros, outside links or embedded objects: save it as a plain .xlsx",
            )


def _check_contents(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    unpacked = tags = 0
    for member in members:
        with archive.open(member) as stream:
            content = stream.read(MAX_UNPACKED + 1)
        unpacked += len(content)
        tags += content.count(b"<")
        if unpacked > MAX_UNPACKED or tags > MAX_TAGS:
            raise _unsafe("内容过多", "it holds too much")
        if member.filename.lower().endswith((".xml", ".rels", ".vml")):
            # Entities are declared in a document type, and another encoding could hide one from this search.
            upper = content.upper()
            if b"\x00" in upper or b"<!DOCTYPE" in upper or b"<!ENTITY" in upper:
                raise _unsafe("含有文档类型声明", "it declares a document type")
            if b"MACROENABLED" in upper:
                raise _unsafe("含有宏", "it has macros")


def _rows(book: "openpyxl.Workbook", span: int) -> Iterator[tuple[Cell, ...]]:
    # The sheet's own claim of its size is not believed: an empty row or column costs time like a full one.
    sheet: Any = book.worksheets[0]
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1):
        if number > span:
            raise WorkbookError(
                "workbook-too-large",
                f"第{span}行以后仍有内容",
                f"something stands below row {span}: delete the rows under the list",
            )
        yield tuple(
            Cell(cell.coordinate, cell.column_letter, cell.row, kind, _text(cell.value, kind))
            for cell in row
            if cell.value is not None and (kind := _kind(cell)) is not Kind.EMPTY
        )


def _kind(cell: Any) -> Kind:
    value, data_type = cell.value, cell.data_type
    if data_type == "f":
        return Kind.FORMULA
    if isinstance(value, str) and not value.strip():
        return Kind.EMPTY
    if isinstance(value, str) and data_type in {"s", "inlineStr", "str"}:
        return Kind.TEXT
    if isinstance(value, date):
        return Kind.DATE
    return Kind.NUMBER if isinstance(value, int | float) and not isinstance(value, bool) else Kind.OTHER


def _text(value: Any, kind: Kind) -> str:
    match kind:
        case Kind.TEXT:
            return str(value)
        case Kind.DATE:
            return f"{value:%Y-%m-%d}"
        case _:
            return ""


def _not_a_workbook() -> WorkbookError:
    return WorkbookError(
        "not-a-workbook", "不是可读取的 .xlsx 工作簿", "this is no .xlsx workbook that can be read"
    )


def _unsafe(zh: str, en: str) -> WorkbookError:
    return WorkbookError("workbook-unsafe", f"工作簿被拒绝：{zh}", f"the workbook is refused: {en}")

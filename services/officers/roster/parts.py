"""The parts of a workbook that matter: which sheets it has, and which of them are seen.

Transitional and strict files differ in their namespaces only. Properties and settings are never opened; styles only
tell which numbers are days and what nobody sees (styles.py).
"""

import posixpath
import re
from dataclasses import dataclass

from services.officers.roster.archive import Archive, damaged, unsafe
from services.officers.roster.elements import TRUE, Attributes, Handler, parse

_LINK = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_STRINGS = "xl/sharedStrings.xml"
"""Where shared texts lie when no link says it."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Link:
    """Where one part points to."""

    kind: str
    target: str


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the workbook and the part that holds it."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Parts:
    """The sheets in their order, the parts of the shared texts and of the styles, if there are any."""

    sheets: tuple[SheetPart, ...]
    strings: str | None
    styles: str | None
    since_1904: bool
    """Whether the workbook counts its days from 1904 on."""


def parts_of(archive: Archive) -> Parts:
    """The parts that matter. Raises WorkbookError."""
    _refuse_macros(archive)
    book = next(
        (link.target for link in links_of(archive, "").values() if link.kind == "officeDocument"), None
    )
    if book is None or book not in archive:
        raise damaged()
    links = links_of(archive, book)
    found = _Sheets()
    parse(archive, book, found)
    sheets = []
    for name, ident, state in found.sheets:
        link = links.get(ident)
        if link is None or (link.kind == "worksheet" and link.target not in archive):
            raise damaged()
        if "macrosheet" in link.kind.lower():
            raise unsafe("含有宏", "it has macros")
        if link.kind == "worksheet":
            sheets.append(SheetPart(name, link.target, hidden=state.lower() != "visible"))
    strings = next((link.target for link in links.values() if link.kind == "sharedStrings"), _STRINGS)
    styles = next((link.target for link in links.values() if link.kind == "styles"), None)
    return Parts(
        tuple(sheets),
        strings if strings in archive else None,
        styles if styles is not None and styles in archive else None,
        found.since_1904,
    )


def unescaped(text: str) -> str:
    """The text with signs that Excel writes as _xHHHH_ put back (ECMA-376, ST_Xstring)."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # Two escapes may be the halves of one sign.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Types(Handler):
    spaces = (_PACKAGE + "content-types",)

    def __init__(self) -> None:
        super().__init__()
        self.macros = False

    def start(self, name: str, attrs: Attributes) -> None:
        self.macros = self.macros or "macroenabled" in attrs.get((None, "ContentType"), "").lower()


class _Links(Handler):
    spaces = (_PACKAGE + "relationships",)

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base
        self.found: dict[str, Link] = {}

    def start(self, name: str, attrs: Attributes) -> None:
        if name == "Relationship" and attrs.get((None, "TargetMode"), "Internal") == "Internal":
            target = attrs.get((None, "Target"), "").replace("\\", "/")
            kind = attrs.get((None, "Type"), "").rpartition("/")[2]
            path = posixpath.normpath(posixpath.join("/", self._base, target)).lstrip("/")
            self.found[attrs.get((None, "Id"), "")] = Link(kind, path)


class _Sheets(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.since_1904 = False

    def start(self, name: str, attrs: Attributes) -> None:
        if name == "workbookPr":
            self.since_1904 = attrs.get((None, "date1904"), "") in TRUE
        if name == "sheet":
            ident = next((attrs[space, "id"] for space in _LINK if (space, "id") in attrs), "")
            sheet = unescaped(attrs.get((None, "name"), ""))
            self.sheets.append((sheet, ident, attrs.get((None, "state"), "visible")))

    def strange(self, name: str) -> None:
        # Which sheets there are would depend on the program.
        if name == "sheet":
            raise damaged()


def _refuse_macros(archive: Archive) -> None:
    types = _Types()
    parse(archive, "[Content_Types].xml", types)
    if types.macros:
        raise unsafe("含有宏，请另存为普通 .xlsx", "it has macros: save it as a plain .xlsx")


def links_of(archive: Archive, part: str) -> dict[str, Link]:
    """Where the part points to inside the archive, by the links' ids."""
    folder, name = posixpath.split(part)
    handler = _Links(folder)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path in archive:
        parse(archive, path, handler)
    return handler.found

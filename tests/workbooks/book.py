"""Workbooks written part by part, so that each slip and each program's own way can be set down on purpose."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def ref(column: int, row: int) -> str:
    """A reference by numbers; a sheet of these tests has 26 columns at most."""
    return f"{chr(ord('A') + column - 1)}{row}"


def inline(place: str, text: str) -> str:
    """A cell with its own text."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def number(place: str, value: str, style: str = "") -> str:
    """A cell with a number."""
    return f'<c r="{place}"{style}><v>{value}</v></c>'


def line(row: int, values: Iterable[object], attributes: str = "") -> str:
    """A row: a text becomes an inline cell, None nothing, and a tuple is the cell's own XML."""
    cells = []
    for column, value in enumerate(values, 1):
        if isinstance(value, tuple):
            cells.append(str(value[0]).replace("@", ref(column, row)))
        elif value is not None:
            cells.append(inline(ref(column, row), str(value)))
    return f'<row r="{row}"{attributes}>{"".join(cells)}</row>'


def lines(rows: Sequence[Iterable[object]], first: int = 1) -> str:
    """Rows one below the other."""
    return "".join(line(place, row) for place, row in enumerate(rows, first))


def page(data: str, before: str = "", after: str = "", space: str = MAIN) -> str:
    """A worksheet with this sheet data."""
    return f'{HEAD}<worksheet xmlns="{space}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def pack(
    pages: Mapping[str, str | tuple[str, str]],
    parts: Mapping[str, str | bytes | None] | None = None,
    texts: Sequence[str] | None = None,
    space: str = MAIN,
    link: str = LINK,
) -> bytes:
    """An archive of the pages by name, each with its state if it has one; `parts` adds, replaces, or takes away."""
    sheets, links, overrides, members = [], [], [], dict[str, str | bytes]()
    for place, (name, content) in enumerate(pages.items(), 1):
        data, state = content if isinstance(content, tuple) else (content, "")
        said = f" state={quoteattr(state)}" if state else ""
        sheets.append(f'<sheet name={quoteattr(name)} sheetId="{place}"{said} r:id="rId{place}"/>')
        links.append(
            f'<Relationship Id="rId{place}" Type="{link}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        )
        overrides.append(
            f'<Override PartName="/xl/worksheets/sheet{place}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        )
        members[f"xl/worksheets/sheet{place}.xml"] = data
    if texts is not None:
        links.append(f'<Relationship Id="rIdS" Type="{link}/sharedStrings" Target="sharedStrings.xml"/>')
        overrides.append(
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/>'
        )
        items = "".join(one if one.startswith("<si") else f"<si><t>{escape(one)}</t></si>" for one in texts)
        members["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{space}">{items}</sst>'
    every = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>{"".join(overrides)}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{link}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{space}" xmlns:r="{link}"><sheets>{"".join(sheets)}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}'
        "</Relationships>",
        **members,
        **(parts or {}),
    }
    return zipped({name: content for name, content in every.items() if content is not None})


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def members_of(body: bytes) -> dict[str, bytes]:
    """The members of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}

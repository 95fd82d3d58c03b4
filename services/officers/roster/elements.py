"""XML parts read as events: elements by their plain names, and nothing of what other namespaces bring along."""

from collections.abc import Mapping
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from services.officers.roster.archive import Archive, damaged, unsafe
from services.officers.roster.cells import WorkbookError

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
TRUE = frozenset({"1", "true", "on"})
_FALSE = frozenset({"0", "false", "off", ""})
Attributes = Mapping[tuple[str | None, str], str]


def is_hidden(attrs: Attributes) -> bool:
    """Whether an element says that it is hidden; what says neither yes nor no is hidden in one program or another."""
    return attrs.get((None, "hidden"), "").lower() not in _FALSE


class Handler(ContentHandler):
    """A content handler that is told of elements in the given namespaces by their plain names.

    What stands inside an element of another namespace is nobody's: programs leave it out, or choose among several
    (ECMA-376 part 3), and each chooses otherwise. It is only told as strange.
    """

    spaces: tuple[str, ...] = MAIN

    def __init__(self) -> None:
        super().__init__()
        self._foreign = 0

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        ours = name[0] in self.spaces
        if self._foreign or not ours:
            self._foreign += 1
            if ours:
                self.strange(name[1])
            return
        self.start(name[1], dict(attrs.items()))

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        if self._foreign:
            self._foreign -= 1
        else:
            self.end(name[1])

    def characters(self, content: str) -> None:
        """Signs between two elements."""
        if not self._foreign:
            self.signs(content)

    def signs(self, content: str) -> None:
        """Signs inside the element that began last."""

    def strange(self, name: str) -> None:
        """An element of ours inside one that is not."""

    def start(self, name: str, attrs: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


class Beside(ContentHandler):
    """Two handlers of one sheet. Of what stands in its table of cells, which is most of it, the first alone is told."""

    def __init__(self, cells: Handler, other: Handler) -> None:
        super().__init__()
        self._both: tuple[Handler, ...] = (cells, other)
        self._cells: tuple[Handler, ...] = (cells,)
        self._told: tuple[Handler, ...] = self._both

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        for one in self._told:
            one.startElementNS(name, qname, attrs)
        if name[1] == "sheetData":
            self._told = self._cells

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        if name[1] == "sheetData":
            self._told = self._both
        for one in self._told:
            one.endElementNS(name, qname)

    def characters(self, content: str) -> None:
        """Signs between two elements."""
        for one in self._told:
            one.characters(content)


def parse(archive: Archive, name: str, handler: ContentHandler) -> None:
    """Give the part's elements to the handler. Raises WorkbookError for what is no harmless XML."""
    parser = create_parser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    try:
        for chunk in archive.read(name):
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as error:
        raise unsafe("含有文档类型声明", "it declares a document type") from error
    except SAXException as error:
        raise (_encoding() if "encoding" in error.getMessage() else damaged()) from error
    except (ValueError, LookupError) as error:
        # The parser's own way to say that it cannot read an encoding of several bytes, or does not know it.
        raise _encoding() from error


def _encoding() -> WorkbookError:
    return WorkbookError(
        "not-a-workbook",
        "工作簿内部使用了不常见的编码：请用表格软件打开后重新保存",
        "the workbook is written in an encoding that is not UTF-8 or UTF-16: open it and save it again",
    )

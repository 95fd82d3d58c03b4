"""Texts of cells, shared ones and those of one cell: their signs, and how each of their parts is written."""

from dataclasses import dataclass

from services.officers.roster.archive import Archive, damaged
from services.officers.roster.elements import Attributes, Handler, parse
from services.officers.roster.looks import Font, Runs
from services.officers.roster.parts import unescaped


@dataclass(frozen=True)
class Written:
    """A text with the looks of its parts."""

    text: str = ""
    runs: Runs = ()


class TextReader:
    """Reads one text: of parts that hold anything it keeps how they are written; readings are none of it."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._runs: dict[Font | None, None] = {}
        self._font: Font | None = None
        self._reads = False
        self._spoken = 0

    def start(self, name: str, attrs: Attributes) -> None:
        """Take in what begins."""
        self._spoken += name == "rPh"
        self._reads = name == "t" and not self._spoken
        if name == "r":
            self._font = None
        elif name == "rPr":
            self._font = Font()
        elif self._font is not None:
            self._font = self._font.told(name, attrs)

    def end(self, name: str) -> None:
        """Take in what ends."""
        self._reads = False
        self._spoken -= name == "rPh"

    def characters(self, content: str) -> None:
        """Take in signs."""
        if self._reads:
            self._text.append(content)
            if content.strip():
                self._runs[self._font] = None

    def written(self) -> Written:
        """What was read."""
        return Written(unescaped("".join(self._text)), tuple(self._runs))


def shared_texts(archive: Archive, part: str | None) -> list[Written]:
    """The workbook's shared texts by their number."""
    handler = _Texts()
    if part is not None:
        parse(archive, part, handler)
    return handler.found


class _Texts(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Written] = []
        self._text = TextReader()

    def start(self, name: str, attrs: Attributes) -> None:
        if name == "si":
            self._text = TextReader()
        self._text.start(name, attrs)

    def end(self, name: str) -> None:
        self._text.end(name)
        if name == "si":
            self.found.append(self._text.written())

    def signs(self, content: str) -> None:
        self._text.characters(content)

    def strange(self, name: str) -> None:
        # Which text is meant by a number would depend on the program.
        if name in {"si", "t"}:
            raise damaged()

"""Set a paper: one of our forms over given data, as PDF/A-2b whose bytes follow from the data alone."""

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from typst import Compiler, Fonts, TypstError

from services.notices.papers.cutting import Stretch, cut
from services.notices.papers.faces import Face, Faces, look_up
from services.notices.papers.signs import named, plain

FORMS = Path(__file__).with_name("forms")
"""The forms. A compiler reads nothing outside this folder, and what people typed reaches it as data only."""


class PaperError(Exception):
    """A paper cannot be set. `signs` are those that no face has; none for a fault of ours."""

    def __init__(self, signs: str = "") -> None:
        super().__init__(named(signs))
        self.signs = signs


class Typesetter:
    """Sets papers in these faces with one compiler that is kept: the first costs ten times the next."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        fonts = Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=list(faces.folders)
        )
        self._compiler = Compiler(root=FORMS, font_paths=fonts)
        # The compiler belongs to whoever uses it; papers are asked for from several threads.
        self._turn = threading.Lock()

    def text(self, text: str, names: Iterable[str] = ()) -> list[Stretch]:
        """The text as forms take it. Raises PaperError, naming the signs that no face has."""
        return self._cut(text, names, self.faces.body)

    def title(self, text: str, names: Iterable[str] = ()) -> list[Stretch]:
        """The title as forms take it: in a face for titles, else in one for text. Raises PaperError."""
        return self._cut(text, names, self._titles)

    def pdf(self, form: str, day: date, given: Mapping[str, Any]) -> bytes:
        """The form over this data, dated so that the same data is the same bytes. Raises PaperError."""
        faces = {"body": _named(self.faces.body), "title-faces": _named(self._titles)}
        said = json.dumps(
            {**given, **faces, "day": [day.year, day.month, day.day]}, ensure_ascii=False, sort_keys=True
        )
        with self._turn:
            try:
                made = self._compiler.compile(
                    FORMS / f"{form}.typ",
                    format="pdf",
                    sys_inputs={"given": said},
                    pdf_standards=["a-2b"],
                    timestamp=datetime.combine(day, time(), UTC),
                )
            except TypstError:
                # Its own words quote what was to be set, which no log may hold.
                raise PaperError from None
        if not isinstance(made, bytes):
            raise PaperError
        return made

    @property
    def _titles(self) -> tuple[Face, ...]:
        return (*self.faces.title, *self.faces.body)

    def _cut(self, text: str, names: Iterable[str], faces: Sequence[Face]) -> list[Stretch]:
        shown = plain(text)
        lacking = look_up(shown, self.faces).lacking
        if lacking:
            raise PaperError(lacking)
        return cut(shown, map(plain, names), faces)


def _named(faces: Iterable[Face]) -> list[dict[str, Any]]:
    return [{"family": face.family, "bold": face.bold} for face in faces]

"""Look for planted words in files, in whatever form they lie there, and in what is compressed inside them."""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.canary.forms import forms

LARGEST = 8 * 2**20
"""Bytes of a compressed member that are looked at."""
DEEPEST = 3
_MEMBERS = (
    (re.compile(rb"\x1f\x8b\x08"), 31, 0),
    (re.compile(rb"\x78[\x01\x5e\x9c\xda]"), 15, 0),
    # The data of a member of a ZIP archive stand behind its header, its name and its extra field.
    (re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL), -15, 30),
)


@dataclass(frozen=True)
class Leak:
    """A planted word where none may be."""

    where: str
    word: str
    form: str
    around: bytes

    def __str__(self) -> str:
        return f"{self.where}: {self.word!r} as {self.form}: {self.around!r}"


class Scanner:
    """Knows the words, and looks for all of their forms."""

    def __init__(self, words: Iterable[str]) -> None:
        self._forms = [(word, name, form) for word in words for name, form in forms(word).items()]

    def folder(self, folder: Path, without: Iterable[Path] = ()) -> list[Leak]:
        """What lies in the folder's files, or in their names, but for these folders."""
        files = [
            path for path in sorted(folder.rglob("*")) if not any(path.is_relative_to(one) for one in without)
        ]
        found = [leak for path in files for leak in self.bytes(path.name.encode(), f"the name of {path}")]
        return found + [
            leak for path in files if path.is_file() for leak in self.bytes(path.read_bytes(), str(path))
        ]

    def bytes(self, content: bytes, where: str, deep: int = 0) -> list[Leak]:
        """What stands in these bytes, and in what they hold compressed."""
        found = [
            Leak(where, word, name, content[max(0, at - 60) : at + len(form) + 20])
            for word, name, form in self._forms
            if (at := content.find(form)) >= 0
        ]
        if deep < DEEPEST:
            for member in _members(content):
                found += self.bytes(member, f"{where}, compressed", deep + 1)
        return found


def _members(content: bytes) -> Iterator[bytes]:
    for magic, window, head in _MEMBERS:
        for match in magic.finditer(content):
            names = sum(int.from_bytes(length, "little") for length in match.groups())
            member = _inflated(content, match.start() + head + names, window)
            if member:
                yield member


def _inflated(content: bytes, begin: int, window: int) -> bytes:
    """As far as it goes: the end may be missing, or belong to something else."""
    opener, whole = zlib.decompressobj(window), b""
    for start in range(begin, len(content), 4096):
        try:
            whole += opener.decompress(content[start : start + 4096], LARGEST)
        except zlib.error:
            return whole
        if opener.eof or len(whole) > LARGEST:
            return whole
    return whole

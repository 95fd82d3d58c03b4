"""The faces in which papers are set: which are found on this machine, and which signs each of them has."""

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from typst import FontInfo, Fonts

from services.notices.papers.signs import plain

SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
"""Where a system keeps the fonts that its office installed."""
WHEEL = "manimgx_fonts_cjk"
"""The package whose sans faces have every common sign: a machine without fonts of its own prints from it."""


class Wanted(NamedTuple):
    """A face that is looked for."""

    family: str
    bold: bool = False


FANGSONG = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "FandolFang", "FandolFang R")
"""The face that GB/T 9704 names, as its makers call it."""
BODY = tuple(map(Wanted, (*FANGSONG, "Noto Serif CJK SC", "LXGW WenKai", "Noto Sans CJK SC")))
"""For text, the best first: 仿宋, then what stands in for it."""

TITLE = (
    *map(Wanted, ("方正小标宋_GBK", "方正小标宋简体", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S")),
    *(Wanted(name, bold=True) for name in ("FandolSong", "Noto Serif CJK SC", "LXGW WenKai", "Noto Sans CJK SC")),
)  # fmt: skip
"""For titles, the best first: 小标宋, then bold faces that stand in for it."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one file. `version` is what its maker calls it."""

    family: str
    bold: bool
    path: Path
    version: str
    signs: frozenset[int]

    def __str__(self) -> str:
        return f"{self.family}{' Bold' if self.bold else ''}; {self.version}"

    def has(self, text: str) -> bool:
        """Whether it can print the whole text."""
        return all(sign in self.signs for sign in map(ord, text))


@dataclass(frozen=True)
class Faces:
    """The faces that were found, the best first. Two readings of the same files are equal."""

    body: tuple[Face, ...]
    title: tuple[Face, ...]

    @property
    def every(self) -> tuple[Face, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.body, *self.title)))

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where their files lie."""
        return tuple(dict.fromkeys(face.path.parent for face in self.every))


def described(faces: Faces) -> list[str]:
    """What a person is told of the faces that papers are set in."""
    body, title = faces.body[0], faces.title[0]
    told = [f"papers are set in {body}, their titles in {title}"]
    others = [str(face) for face in faces.body[1:]]
    if others:
        told.append(f"names that it cannot print are set in: {', '.join(others)}")
    if body.family not in FANGSONG:
        told.append("no 仿宋 was found: an office expects one in its papers (docs/papers.md)")
    return told


class Looked(NamedTuple):
    """What looking up every sign of a text came to: the faces that it takes, and the signs that none has."""

    faces: list[str]
    lacking: str


def look_up(text: str, faces: Faces) -> Looked:
    """Look up every sign; each in the best face that has it."""
    signs = set(map(ord, plain("".join(set(text))))) - {ord("\n")}
    taken: list[str] = []
    for face in faces.body:
        if signs & face.signs:
            taken.append(str(face))
            signs -= face.signs
    return Looked(taken, "".join(map(chr, sorted(signs))))


class NoFacesError(Exception):
    """This machine has no face for Chinese text, and the package that brings one is not installed."""


@lru_cache
def find(folders: tuple[Path, ...]) -> Faces:
    """The faces in these folders and, last, in the package; read once for a process. NoFacesError when none is there.

    A family that several folders have is taken from the first.
    """
    there = [info for folder in (*folders, *_wheel()) for info in _faces_in(folder)]
    found = Faces(tuple(_chosen(BODY, there)), tuple(_chosen(TITLE, there)))
    if not found.body or not found.title:
        raise NoFacesError("install fonts-noto-cjk, or the notices' group of packages")
    return found


def _wheel() -> tuple[Path, ...]:
    spec = importlib.util.find_spec(WHEEL)
    return tuple(map(Path, spec.submodule_search_locations or ())) if spec else ()


def _faces_in(folder: Path) -> list[FontInfo]:
    if not folder.is_dir():
        return []
    listed = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]).fonts()
    return sorted(listed, key=lambda info: (str(info.path), info.index))


def _chosen(wanted: Sequence[Wanted], there: Sequence[FontInfo]) -> Iterator[Face]:
    for one in wanted:
        same = [info for info in there if info.family == one.family and info.style == "normal"]
        if same:
            # Only of the folder that comes first: of two files with one name the setter would take either.
            near = [info for info in same if Path(info.path or "").parent == Path(same[0].path or "").parent]
            weight = 700 if one.bold else 400
            info = min(near, key=lambda info: abs(info.weight - weight))
            path = Path(info.path or "")
            version, signs = _read(path, info.index)
            yield Face(one.family, one.bold, path, version, signs)


@lru_cache
def _read(path: Path, index: int) -> tuple[str, frozenset[int]]:
    # On use: it is a tenth of a second of every start.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(path, fontNumber=index, lazy=True) as font:
        said = font["name"].getDebugName(5) or ""
        return said.split(";")[0], frozenset(font.getBestCmap())

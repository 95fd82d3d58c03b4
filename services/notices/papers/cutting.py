"""Cut text into stretches that are each set in one face, so that a name is never torn between two. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from services.notices.papers.faces import Face

_CLAUSE = re.compile(r"[^\W_]+|[\W_]+")
"""Signs without a mark or a space among them: whatever name stands in a sentence, it lies within one of these."""


class Stretch(NamedTuple):
    """Signs, and the place of their face in the order of faces."""

    text: str
    face: int


def cut(text: str, names: Iterable[str], faces: Sequence[Face]) -> list[Stretch]:
    """The text in stretches. A name that the first face cannot print whole is set whole in the next that can.

    So is every clause that holds another sign which the first face lacks: a name that nobody pointed out may stand in
    it. Only what no face has whole is set sign by sign. ValueError for a sign that none has (`look_up`).
    """
    if faces[0].has(text):
        return [Stretch(text, 0)]
    stretches: list[Stretch] = []
    for piece in _pieces(text, names):
        for stretch in _set(piece, faces):
            if stretches and stretches[-1].face == stretch.face:
                stretches[-1] = Stretch(stretches[-1].text + stretch.text, stretch.face)
            else:
                stretches.append(stretch)
    return stretches


def _pieces(text: str, names: Iterable[str]) -> Iterator[str]:
    known = sorted({name for name in names if name}, key=len, reverse=True)
    if not known:
        yield from _CLAUSE.findall(text)
        return
    for place, piece in enumerate(re.split(f"({'|'.join(map(re.escape, known))})", text)):
        if place % 2:
            yield piece
        else:
            yield from _CLAUSE.findall(piece)


def _set(piece: str, faces: Sequence[Face]) -> Iterator[Stretch]:
    for place, face in enumerate(faces):
        if face.has(piece):
            yield Stretch(piece, place)
            return
    if len(piece) == 1:
        raise ValueError(f"no face has U+{ord(piece):04X}")
    for sign in piece:
        yield from _set(sign, faces)

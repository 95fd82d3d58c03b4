"""What an uploaded file may be: of a kind that people exchange, and of that kind by its first bytes. Pure."""

import unicodedata
from collections.abc import Mapping

from contracts.signs import is_hidden

BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
}
"""By kind, how a file of it begins. Archives and office files are not among them: what they hold may act."""
ENDINGS: Mapping[str, str] = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
LONGEST_NAME = 120
UNNAMED = "文件"


def is_of(kind: str, content: bytes) -> bool:
    """Whether the content begins as a file of this kind does."""
    return content.startswith(BEGINNINGS[kind])


def folded(name: str, kind: str) -> str:
    """The file's name as it is kept: no path, nothing that cannot be seen, one ending, which is that of its kind."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(" " if sign.isspace() else sign for sign in last if not is_hidden(sign) or sign.isspace())
    stem = shown.rpartition(".")[0] if "." in shown else shown
    plain = " ".join(stem.replace('"', "").split()).strip(". ")
    return (plain or UNNAMED)[: LONGEST_NAME - 5].strip() + ENDINGS[kind]

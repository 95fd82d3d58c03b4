"""What a request says of its body: that it is JSON in UTF-8, or a file of one of some kinds; never compressed. Pure."""

from collections.abc import Sequence
from email.message import Message

from starlette.datastructures import Headers

from contracts.policy.model import Text
from services.officers.web.problems import RefusedError

_JSON = Text(
    zh="正文须以 Content-Type: application/json 提交。",
    en="The body is sent with Content-Type: application/json.",
)
_UTF8 = Text(zh="正文的字符集须为 UTF-8。", en="The body's charset must be UTF-8.")
_NAMED = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "application/json": "JSON",
    "text/csv": "CSV",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
}
"""What people call a kind of file, by its Content-Type."""
_PLAIN = Text(
    zh="正文不得压缩（Content-Encoding）。", en="The body may not be compressed (Content-Encoding)."
)


def check_json(headers: Headers) -> None:
    """RefusedError `content-type` (415) unless it does."""
    said = _said(headers)
    kind = _kind(said)
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise RefusedError("content-type", _JSON)
    if str(said.get_param("charset", "utf-8")).lower() not in {"utf-8", "utf8"}:
        raise RefusedError("content-type", _UTF8)
    _check_plain(headers)


def kind_of(headers: Headers, kinds: Sequence[str]) -> str:
    """Which of these kinds the file says that it is. RefusedError `content-type` (415), naming them, for another."""
    kind = _kind(_said(headers))
    if kind not in kinds:
        named = [f"{_NAMED[one]} ({one})" for one in kinds]
        zh, en = "、".join(named), ", ".join(named)
        sentence = Text(
            zh=f"不接受这种文件。可以提交：{zh}。", en=f"A file of this kind is not taken. Taken are: {en}."
        )
        raise RefusedError("content-type", sentence)
    _check_plain(headers)
    return kind


def _said(headers: Headers) -> Message:
    said = Message()
    said["Content-Type"] = headers.get("content-type", "")
    return said


def _kind(said: Message) -> str:
    return said.get_content_type() if "/" in said["Content-Type"] else ""


def _check_plain(headers: Headers) -> None:
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise RefusedError("content-type", _PLAIN)

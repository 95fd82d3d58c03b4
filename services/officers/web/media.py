"""Whether a request says that its body is JSON in UTF-8, as it is sent and not compressed. Pure."""

from email.message import Message

from starlette.datastructures import Headers

from contracts.policy.model import Text
from services.officers.web.problems import RefusedError

_JSON = Text(
    zh="正文须以 Content-Type: application/json 提交。",
    en="The body is sent with Content-Type: application/json.",
)
_UTF8 = Text(zh="正文的字符集须为 UTF-8。", en="The body's charset must be UTF-8.")
_PLAIN = Text(
    zh="正文不得压缩（Content-Encoding）。", en="The body may not be compressed (Content-Encoding)."
)


def check_json(headers: Headers) -> None:
    """RefusedError `content-type` (415) unless it does."""
    said = Message()
    said["Content-Type"] = headers.get("content-type", "")
    kind = said.get_content_type() if "/" in said["Content-Type"] else ""
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise RefusedError("content-type", _JSON)
    if str(said.get_param("charset", "utf-8")).lower() not in {"utf-8", "utf8"}:
        raise RefusedError("content-type", _UTF8)
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise RefusedError("content-type", _PLAIN)

"""In which encoding a body came that is not the UTF-8 it should be: a guess good enough to be told. Pure."""

from contracts.policy.model import Text

_MARKS = (
    (b"\xef\xbb\xbf", "UTF-8 (BOM)"),
    # Before UTF-16: its mark begins with the same two bytes.
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def foreign_encoding(body: bytes) -> Text | None:
    """What to say of a body in another encoding; None when it is UTF-8 without a byte order mark."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _say(name)
    if b"\x00" in body[:4]:
        # JSON begins with two ASCII signs, so every other byte, or three of four, is zero.
        return _say("UTF-32" if body[:4].count(0) > 2 else "UTF-16")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _say("GBK" if _is_gbk(body) else "")
    return None


def _is_gbk(body: bytes) -> bool:
    try:
        body.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _say(name: str) -> Text:
    if not name:
        return Text(
            zh="正文须为 UTF-8（不带 BOM），收到的不是 UTF-8。",
            en="The body must be UTF-8 without a byte order mark; this is not UTF-8.",
        )
    return Text(
        zh=f"正文须为 UTF-8（不带 BOM），收到的看来是 {name}。",
        en=f"The body must be UTF-8 without a byte order mark; this looks like {name}.",
    )

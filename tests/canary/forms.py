"""In which forms a word may lie in a file: encodings of its signs, and what programs make of the bytes."""

import base64
import json
from collections.abc import Iterator
from urllib.parse import quote_from_bytes

CHARSETS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def forms(word: str) -> dict[str, bytes]:
    """The word by the name of its form. A word of ASCII has fewer: some of them are the same bytes."""
    found = {name: form for charset in CHARSETS for name, form in _written(charset, word.encode(charset))}
    found["escaped"] = json.dumps(word)[1:-1].encode()
    found["numbered"] = word.encode("ascii", "xmlcharrefreplace")
    found["numbered, hex"] = "".join(
        sign if sign.isascii() else f"&#x{ord(sign):x};" for sign in word
    ).encode()
    found["numbered, HEX"] = "".join(
        sign if sign.isascii() else f"&#x{ord(sign):X};" for sign in word
    ).encode()
    return {name: form for form, name in {form: name for name, form in reversed(found.items())}.items()}


def _written(charset: str, said: bytes) -> Iterator[tuple[str, bytes]]:
    yield charset, said
    yield f"{charset} hex", said.hex().encode()
    yield f"{charset} HEX", said.hex().upper().encode()
    quoted = quote_from_bytes(said, safe="")
    yield f"{charset} url", quoted.encode()
    yield (
        f"{charset} url, small",
        "".join(
            sign.lower() if index and "%" in quoted[max(0, index - 2) : index] else sign
            for index, sign in enumerate(quoted)
        ).encode(),
    )
    for before in range(3):
        for name, altchars in (("base64", b"+/"), ("base64url", b"-_")):
            yield f"{charset} {name} {before}", _inside(said, before, altchars)


def _inside(said: bytes, before: int, altchars: bytes) -> bytes:
    """What base64 makes of it behind so many other bytes, without the signs that depend on its neighbours."""
    coded = base64.b64encode(b"\0" * before + said, altchars).rstrip(b"=")
    whole = (before + len(said)) * 8 // 6
    return coded[-(-before * 8 // 6) : whole]

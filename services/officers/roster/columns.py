"""The columns of a roster: what each is called, and what a cell in it must hold."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from contracts.dossier import FIELDS, OPTIONAL, Check
from contracts.policy.model import Text
from contracts.vocabulary import Seat
from contracts.words.naming import named

SEATS = {word: seat for seat in Seat for word in (named(seat, "seat").zh, seat.value)}
"""Each seat by its Chinese name and its code."""


@dataclass(frozen=True)
class Column:
    """A column by its two headers; `expected` is told beside every fault found in it."""

    key: str
    zh: str
    expected: Text
    check: Check
    required: bool = True


def _seat(text: str, _today: date) -> Text | None:
    return None if text.lower() in SEATS else Text(zh="没有这种职务", en="there is no such seat")


def _code(text: str, _today: date) -> Text | None:
    """Which codes there are is known to whoever holds them against the batch; the sentence lists them."""
    return None


def _own(key: str, zh: str, expected: Text) -> Column:
    """A column of the dossier: what it must hold is the same wherever it is entered."""
    return Column(key, zh, expected, FIELDS[key], key not in OPTIONAL)


COLUMNS: tuple[Column, ...] = (
    _own("name", "姓名", Text(zh="本人身份证上的姓名", en="the name as on the ID card")),
    _own(
        "id_number",
        "身份证号",
        Text(zh="18位身份证号，单元格设为文本格式", en="an 18-character ID number in a text cell"),
    ),
    _own("phone", "手机", Text(zh="数字，如13800000000", en="digits, such as 13800000000")),
    _own("email", "邮箱", Text(zh="如 a@b.example", en="such as a@b.example")),
    _own("firm", "企业", Text(zh="营业执照上的名称", en="the name on the licence")),
    _own(
        "credit_code",
        "统一社会信用代码",
        Text(zh="18位统一社会信用代码，单元格设为文本格式", en="an 18-character credit code in a text cell"),
    ),
    _own("position", "职务", Text(zh="在企业的职务", en="the position in the firm")),
    Column("seat", "拟任", Text(zh="执委 或 常委", en="executive or standing"), _seat),
    Column("district", "县区", Text(zh="本批次的县区代码", en="the code of a district of the batch"), _code),
    Column(
        "nominating_unit",
        "推荐单位",
        Text(zh="已登记的推荐单位代码", en="the code of a registered nominating unit"),
        _code,
    ),
)


_UNSEEN = re.compile(r"[\s\u200b\ufeff*:]+")
_ASIDE = re.compile(r"\((?:必填|选填|文本|文本格式|required|optional|text)\)$")
"""What people write behind a header about how it is filled in; anything else in brackets may mean another column."""


def column_of(header: str) -> Column | None:
    """The column with this header, in either language; None for any other text.

    Spaces, line breaks and what marks a required column do not matter.
    """
    return _BY_HEADER.get(_ASIDE.sub("", _folded(header)))


def is_like(header: str, column: Column) -> bool:
    """Whether a header that is none of a roster's is this column's in other words: told, and never taken for it."""
    said = _folded(header)
    return len(said) > 1 and any(said in name or name in said for name in (column.zh, column.key))


def _folded(header: str) -> str:
    plain = unicodedata.normalize("NFKC", header).lower()
    return _UNSEEN.sub("", plain).replace("_", "")


_BY_HEADER = {name.replace("_", ""): column for column in COLUMNS for name in (column.zh, column.key)}

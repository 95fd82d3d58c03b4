"""The columns of a roster: what each is called, and what a cell in it must hold."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from contracts.numbers import credit_code_fault, resident_id_fault
from contracts.policy.model import Text
from contracts.vocabulary import Seat
from contracts.words.naming import named

Check = Callable[[str, date], Text | None]
"""What is wrong with a cell's text, or None; the day bounds birth dates."""

SEATS = {word: seat for seat in Seat for word in (named(seat, "seat").zh, seat.value)}
"""Each seat by its Chinese name and its code."""

_PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,28}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(\.[A-Za-z0-9\-]{1,63})+")
_NAME_SIGNS = "·• .'-"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,60}")


@dataclass(frozen=True)
class Column:
    """A column by its two headers; `expected` is told beside every fault found in it."""

    key: str
    zh: str
    expected: Text
    check: Check
    required: bool = True


def _at_most(limit: int) -> Check:
    def check(text: str, _today: date) -> Text | None:
        if len(text) > limit:
            return Text(zh=f"超过{limit}个字", en=f"longer than {limit} characters")
        return None

    return check


def _name(text: str, today: date) -> Text | None:
    strange = sorted({sign for sign in text if not _of_a_name(sign)})
    if strange:
        signs = " ".join(strange)
        return Text(zh=f"姓名中不应有：{signs}", en=f"a name does not contain: {signs}")
    return _at_most(60)(text, today)


def _of_a_name(sign: str) -> bool:
    return sign in _NAME_SIGNS or unicodedata.category(sign)[0] in "LM"


def _phone(text: str, _today: date) -> Text | None:
    return None if _PHONE.fullmatch(text) else Text(zh="不是电话号码", en="not a telephone number")


def _email(text: str, _today: date) -> Text | None:
    fits = len(text) <= 120 and _EMAIL.fullmatch(text) is not None
    return None if fits else Text(zh="不是邮箱地址", en="not an e-mail address")


def _seat(text: str, _today: date) -> Text | None:
    return None if text.lower() in SEATS else Text(zh="没有这种职务", en="there is no such seat")


def _code(text: str, _today: date) -> Text | None:
    return None if _CODE.fullmatch(text) else Text(zh="不是代码", en="not a code")


def _credit(text: str, _today: date) -> Text | None:
    return credit_code_fault(text)


COLUMNS: tuple[Column, ...] = (
    Column("name", "姓名", Text(zh="本人身份证上的姓名", en="the name as on the ID card"), _name),
    Column(
        "id_number",
        "身份证号",
        Text(zh="18位身份证号，单元格设为文本格式", en="an 18-character ID number in a text cell"),
        resident_id_fault,
    ),
    Column("phone", "手机", Text(zh="数字，如13800000000", en="digits, such as 13800000000"), _phone, False),
    Column("email", "邮箱", Text(zh="如 a@b.example", en="such as a@b.example"), _email, False),
    Column("firm", "企业", Text(zh="营业执照上的名称", en="the name on the licence"), _at_most(120)),
    Column(
        "credit_code",
        "统一社会信用代码",
        Text(zh="18位统一社会信用代码，单元格设为文本格式", en="an 18-character credit code in a text cell"),
        _credit,
    ),
    Column("position", "职务", Text(zh="在企业的职务", en="the position in the firm"), _at_most(60), False),
    Column("seat", "拟任", Text(zh="执委 或 常委", en="executive or standing"), _seat),
    Column("district", "县区", Text(zh="本批次的县区代码", en="the code of a district of the batch"), _code),
    Column(
        "nominating_unit",
        "推荐单位",
        Text(zh="已登记的推荐单位代码", en="the code of a registered nominating unit"),
        _code,
    ),
)


def column_of(header: str) -> Column | None:
    """The column with this header, in either language; None for any other text."""
    folded = header.strip().lower().replace(" ", "_")
    return next((column for column in COLUMNS if folded in {column.zh, column.key}), None)

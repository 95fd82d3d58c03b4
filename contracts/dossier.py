"""What each field of a dossier must hold, wherever it is entered: in a roster's cell or in the form of a repair."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from unicodedata import category

from contracts.addresses import is_address
from contracts.numbers import credit_code_fault, resident_id_fault
from contracts.policy.model import Text
from contracts.signs import DOT, card_name, clean, is_han, is_letter, shown, signs_fault

Check = Callable[[str, date], Text | None]
"""What is wrong with a text, or None; the day bounds birth dates."""

_PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,28}")
_NAME_SIGNS = "· .'-’\u0f0b"
_PLAIN = frozenset({"id_number", "credit_code", "phone", "email", "district", "nominating_unit"})
"""Fields in which full-width digits, letters and signs are told by name."""
OPTIONAL = frozenset({"phone", "email", "position"})
"""Fields that may be left empty."""


def field_fault(field: str, text: str, today: date) -> Text | None:
    """What is wrong with the cleaned text of a dossier's field, or None; KeyError for a field that none has."""
    return required_fault(text, required=field not in OPTIONAL) or (
        text_fault(field, text) or FIELDS[field](text, today) if text else None
    )


def required_fault(text: str, *, required: bool) -> Text | None:
    """A fault where something must be entered and nothing is."""
    return Text(zh="未填写", en="nothing is entered") if required and not text else None


def text_fault(field: str, text: str) -> Text | None:
    """Signs that the field may not hold, whatever else it must be."""
    fault = signs_fault(text)
    if fault is None and field in _PLAIN:
        wide = next((sign for sign in text if "！" <= sign <= "～"), None)
        if wide is not None:
            return Text(
                zh=f"含有全角字符 {wide}，应为半角", en=f"it contains the full-width character {wide}"
            )
    return fault


def entered(field: str, text: str) -> str:
    """The text of a field as it is kept: a name as the card prints it, everything else cleaned."""
    return card_name(text) if field == "name" else clean(text)


def _at_most(limit: int) -> Check:
    def check(text: str, _today: date) -> Text | None:
        if len(text) > limit:
            return Text(zh=f"超过{limit}个字", en=f"longer than {limit} characters")
        return None

    return check


def _name(text: str, today: date) -> Text | None:
    strange = dict.fromkeys(sign for sign in text if sign not in _NAME_SIGNS and not is_letter(sign))
    if strange:
        signs = " ".join(map(shown, strange))
        return Text(
            zh=f"姓名中不应有：{signs}（各部分之间用间隔号 ·）",
            en=f"a name does not contain: {signs} (its parts are joined by ·)",
        )
    return _joined(text) or _at_most(60)(text, today)


def _joined(text: str) -> Text | None:
    """What is wrong with how a name's parts are joined, or None."""
    if not any(map(is_letter, text)):
        return Text(zh="没有文字", en="there is no letter in it")
    parts = text.split(DOT)
    if len(parts) > 1 and not all(any(map(is_letter, part)) for part in parts):
        return Text(
            zh="间隔号 · 只在姓名的两部分之间，且只有一个",
            en="one · stands between two parts of a name, and nowhere else",
        )
    words = text.split(" ")
    if any(is_han(one[-1]) and is_han(two[0]) for one, two in pairwise(words)):
        return Text(
            zh="空格两侧各有两个以上的字：一个人的请去掉空格或改用间隔号 ·，两个人的请分成两行",
            en="a space parts more than one sign on both sides: take it away or write ·, and give two people two rows",
        )
    marked = next((mark for one, mark in pairwise(text) if is_han(one) and category(mark)[0] == "M"), None)
    if marked is not None:
        code = f"U+{ord(marked):04X}"
        return Text(zh=f"汉字上有附加符号 {code}", en=f"an ideograph bears the mark {code}")
    return None


def _phone(text: str, _today: date) -> Text | None:
    return None if _PHONE.fullmatch(text) else Text(zh="不是电话号码", en="not a telephone number")


def _email(text: str, _today: date) -> Text | None:
    return None if is_address(text) else Text(zh="不是邮箱地址", en="not an e-mail address")


def _credit(text: str, _today: date) -> Text | None:
    return credit_code_fault(text)


FIELDS: Mapping[str, Check] = {
    "name": _name,
    "id_number": resident_id_fault,
    "phone": _phone,
    "email": _email,
    "firm": _at_most(120),
    "credit_code": _credit,
    "position": _at_most(60),
}
"""What is entered about a person, and what it must hold."""

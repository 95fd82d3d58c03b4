"""What each field of a dossier must hold, wherever it is entered: in a roster's cell or in the form of a repair."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from contracts.numbers import credit_code_fault, resident_id_fault
from contracts.policy.model import Text

Check = Callable[[str, date], Text | None]
"""What is wrong with a text, or None; the day bounds birth dates."""

_INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f")
"""Signs that Unicode calls letters or marks and that nobody sees."""
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,28}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(\.[A-Za-z0-9\-]{1,63})+")
_NAME_SIGNS = "·• .'-"
_NUMBERS = frozenset({"id_number", "credit_code", "phone"})
"""Fields in which full-width digits and letters are told by name."""
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
    """Signs that no cell may hold, whatever it is for."""
    hidden = [sign for sign in text if is_hidden(sign)]
    if hidden:
        sign = f"U+{ord(hidden[0]):04X}"
        return Text(zh=f"含有不可见字符 {sign}", en=f"it contains the invisible character {sign}")
    if field in _NUMBERS and any("０" <= sign <= "ｚ" for sign in text):
        return Text(zh="含有全角字符", en="it contains full-width characters")
    return None


def clean(text: str) -> str:
    """Without spaces at the ends, in Unicode's composed form."""
    return unicodedata.normalize("NFC", text.strip())


def is_hidden(sign: str) -> bool:
    """Control, direction, zero-width, private-use and variation characters: seen by nobody, meaning much."""
    if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return True
    return sign in _INVISIBLE_LETTERS or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


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

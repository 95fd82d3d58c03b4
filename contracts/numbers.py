"""Resident identity numbers (GB 11643) and unified social credit codes (GB 32100): shape, date, check digit.

The region part is no ground for refusal: numbers of abolished districts stay valid for life, and residents of
Hong Kong, Macau and Taiwan carry 81, 82 and 83.
"""

import re
from datetime import date

from contracts.policy.model import Text

_RESIDENT = re.compile(r"[1-9][0-9]{16}[0-9X]")
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
FIRST_YEAR = 1900

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(rf"[{_CREDIT_SIGNS[1:]}][{_CREDIT_SIGNS}][0-9]{{6}}[{_CREDIT_SIGNS}]{{10}}")
"""The first sign names the authority that registers, and none of them is 0: eighteen zeros would fit their check."""
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

_SHAPE = Text(
    zh="身份证号应为18位：前17位数字，末位数字或大写X",
    en="an ID number has 18 characters: 17 digits, then a digit or a capital X",
)
_NO_DATE = Text(zh="第7至14位不是真实日期", en="characters 7 to 14 are no real date")
_IMPOSSIBLE = Text(zh="出生日期不可能", en="the birth date is impossible")
_CARD = Text(zh="校验位不符，请核对原证", en="the check digit does not fit; compare with the card")
_CODE = Text(
    zh="统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z），首位不为0，第3至8位为数字",
    en="a credit code has 18 digits or capitals without I, O, S, V, Z, the first no 0, the 3rd to 8th digits",
)
_LICENCE = Text(zh="校验位不符，请核对营业执照", en="the check digit does not fit; compare with the licence")
FAULTS = (_SHAPE, _NO_DATE, _IMPOSSIBLE, _CARD, _CODE, _LICENCE)
"""Whatever may be wrong with a number of either kind."""


def resident_id_fault(number: str, today: date) -> Text | None:
    """What is wrong with a resident identity number, or None. `today` bounds the birth date."""
    if not _RESIDENT.fullmatch(number):
        return _SHAPE
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return _NO_DATE
    if born.year < FIRST_YEAR or born > today:
        return _IMPOSSIBLE
    if number[17] != resident_check(number):
        return _CARD
    return None


def resident_check(number: str) -> str:
    """The check character (ISO 7064 MOD 11-2) over the first 17 digits."""
    total = sum(int(sign) * weight for sign, weight in zip(number[:17], _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def credit_code_fault(code: str) -> Text | None:
    """What is wrong with a unified social credit code, or None."""
    if not _CREDIT.fullmatch(code):
        return _CODE
    if code[17] != credit_check(code):
        return _LICENCE
    return None


def credit_check(code: str) -> str:
    """The check character (modulus 31) over the first 17 characters."""
    values = (_CREDIT_SIGNS.index(sign) for sign in code[:17])
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_SIGNS[-total % 31]


def fits_mask(number: str, mask: str) -> bool:
    """Whether the number is one of those that a masked one may stand for: `*` hides a sign."""
    return len(number) == len(mask) and all(
        shown in {"*", sign} for sign, shown in zip(number, mask, strict=True)
    )


def of_fifteen(number: str) -> str:
    """The 18-character number of somebody whose paper still shows the 15 digits of before 1999."""
    longer = number[:6] + "19" + number[6:]
    return longer + resident_check(longer + "0")

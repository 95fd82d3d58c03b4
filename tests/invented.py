"""Invented people and firms: numbers that are well-formed and belong to nobody."""

from contracts.nominee import Nominee
from services.officers.identity.numbers import credit_check, resident_check


def id_number(serial: int) -> str:
    """A well-formed identity number of nobody."""
    body = f"99000119800101{serial:03d}"
    return body + resident_check(body)


def credit_code(serial: int) -> str:
    """A well-formed credit code of no firm."""
    body = f"91990001{serial:09d}"
    return body + credit_check(body)


def name_of(serial: int) -> str:
    """An obviously invented name."""
    return "测试·" + "".join("零一二三四五六七八九"[int(digit)] for digit in str(serial))


def nominee(serial: int) -> Nominee:
    """An invented nominee."""
    return Nominee(
        name=name_of(serial),
        id_number=id_number(serial),
        phone="000-0000",
        email=f"n{serial}@example.invalid",
        firm=f"虚构{serial}有限公司",
        credit_code=credit_code(serial),
        position="董事长",
    )

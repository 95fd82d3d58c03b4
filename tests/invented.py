"""Invented people and firms: numbers that are well-formed and belong to nobody."""

from contracts.nominee import Nominee
from services.ctl.demo.roster import credit_code, resident_number


def name_of(serial: int) -> str:
    """An obviously invented name."""
    return "测试·" + "".join("零一二三四五六七八九"[int(digit)] for digit in str(serial))


def nominee(serial: int = 1) -> Nominee:
    """An invented nominee."""
    return Nominee(
        name=name_of(serial),
        id_number=resident_number(serial),
        phone="000-0000",
        email=f"n{serial}@example.invalid",
        firm=f"虚构{serial}有限公司",
        credit_code=credit_code(serial),
        position="董事长",
    )

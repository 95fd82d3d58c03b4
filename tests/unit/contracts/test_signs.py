"""Signs of entered texts: Han by block, what nobody sees, and two spellings of one name."""

import sys
import unicodedata
from datetime import date

import pytest

from contracts import addresses
from contracts.addresses import is_address
from contracts.dossier import field_fault
from contracts.signs import card_name, clean, has_visible, is_han, name_key, shown, signs_fault
from services.notices import issuing, mailer, settings

_DAY = date(2026, 3, 2)
BLOCKS = {
    "A": (0x3400, 0x4DBF),
    "base": (0x4E00, 0x9FFF),
    "compatibility": (0xF900, 0xFAFF),
    "B": (0x20000, 0x2A6DF),
    "C": (0x2A700, 0x2B73F),
    "D": (0x2B740, 0x2B81F),
    "E": (0x2B820, 0x2CEAF),
    "F": (0x2CEB0, 0x2EBEF),
    "I": (0x2EBF0, 0x2EE5F),
    "compatibility supplement": (0x2F800, 0x2FA1F),
    "G": (0x30000, 0x3134F),
    "H": (0x31350, 0x323AF),
    "J": (0x323B0, 0x3347F),
}


@pytest.mark.parametrize("block", BLOCKS)
def test_a_name_may_hold_every_sign_of_a_han_block_whatever_the_interpreter_knows(block: str) -> None:
    first, last = BLOCKS[block]
    for code in (first, (first + last) // 2, last):
        assert is_han(chr(code))
        assert signs_fault(chr(code)) is None
        assert field_fault("name", "测" + chr(code), _DAY) is None


def test_every_letter_of_han_that_the_interpreter_knows_lies_in_a_block() -> None:
    strays = [
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.name(chr(code), "").startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEO"))
        and not is_han(chr(code))
    ]
    assert strays == []


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u202e", "\ufeff", "\ue000", "\ufe0f", "\u2800", "\u3164", "\u0085"]
)
def test_what_nobody_sees_is_a_fault_and_is_no_content(sign: str) -> None:
    assert f"U+{ord(sign):04X}" in str(signs_fault(f"甲{sign}乙"))
    assert not has_visible(f" {sign} ")
    assert f"⟨U+{ord(sign):04X}⟩" in shown(f"甲{sign}")


def test_an_unassigned_sign_has_its_own_sentence() -> None:
    fault = signs_fault("张\u0378")
    assert fault is not None
    assert "invisible" not in fault.en
    assert "未分配" in fault.zh


def test_lines_are_let_through_where_several_are_wanted() -> None:
    assert signs_fault("一\r\n二\t三", lines=True) is None
    assert signs_fault("一\n二") is not None
    assert signs_fault("一\u2028二", lines=True) is not None


def test_marks_are_composed_and_no_ideograph_becomes_another() -> None:
    assert clean(" e\u0301 ") == "\u00e9"
    assert clean("\ufa19\u0041\u030a") == "\ufa19\u00c5"
    assert unicodedata.normalize("NFC", "\ufa19") != "\ufa19"


SAME = [
    ("阿卜杜•买买提", "阿卜杜·买买提"),
    ("阿卜杜 ・ 买买提", "阿卜杜·买买提"),
    ("阿卜杜.买买提", "阿卜杜·买买提"),
    ("测 试", "测试"),
    ("\ufa19一", "\u795e一"),
    ("Zoe\u0308", "Zo\u00eb"),
    ("Anna Smith", "ANNA SMITH"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_a_name_are_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("张三", "张山"), ("王小二", "王二小"), ("阿卜杜", "阿卜杜·买买提")]
)
def test_two_names_are_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["阿卜杜·买买提", "J. R. Smith", "Anna Maria", "\ufa19一", "李〇"])
def test_what_the_card_prints_stays_as_it_is(name: str) -> None:
    assert card_name(name) == name


def test_one_rule_says_what_an_address_is_when_it_is_entered_and_when_it_is_sent_to() -> None:
    for module in (issuing, mailer, settings):
        assert vars(module)["is_address"] is addresses.is_address
    for text in ("a..b@c.example", "ab.@c.example", "ab@-x.example", "a@b", "o'x@c.example", "a+b@c.example"):
        assert (field_fault("email", text, _DAY) is None) is is_address(text)

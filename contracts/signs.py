"""The signs of a text that a person enters: which nobody sees, which a name holds, and when two names are one.

Han signs are known by their blocks: the interpreter's own tables lag behind the standard, and the answer to a
person's name must not depend on the interpreter.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile

from contracts.policy.text import Text

_HAN = (
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2EE5F)),
    *((0x2F800, 0x2FA1F), (0x30000, 0x3347F)),
)
"""Unified ideographs with their extensions A to J, and the compatibility ideographs (Unicode 17, Blocks.txt)."""
DOT = "\u00b7"
"""The dot that an ID card prints between the parts of a name."""
_DOTS = frozenset(
    "\u00b7\u0387\u2022\u2024\u2027\u2219\u22c5\u25e6\u2e31\u2e33\u30fb\uff0e\uff65\u318d\ua78f\u1427"
)
_UNSEEN = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u034f")
"""Signs that Unicode calls letters, marks or symbols and that nobody sees."""
_LOST = frozenset("\ufffc\ufffd")
"""What programs put where a sign could not be kept."""
_SELECTORS = ((0xFE00, 0xFE0F), (0x180B, 0x180F), (0xE0100, 0xE01EF))
_COMPATIBILITY = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_NAMED = {
    0x0A: ("换行", "a line break"),
    0x0D: ("回车", "a carriage return"),
    0x09: ("制表符", "a tab"),
    0xAD: ("软连字符", "a soft hyphen"),
    0x200B: ("零宽空格", "a zero-width space"),
    0x200C: ("零宽不连字", "a zero-width non-joiner"),
    0x200D: ("零宽连字", "a zero-width joiner"),
    0x2060: ("零宽连接符", "a word joiner"),
    0xFEFF: ("字节顺序标记", "a byte order mark"),
    **dict.fromkeys((0x200E, 0x200F, 0x061C), ("方向标记", "a direction mark")),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), ("方向控制符", "a direction control")),
    **dict.fromkeys(range(0xFE00, 0xFE10), ("变体选择符", "a variation selector")),
    **dict.fromkeys(range(0xE0100, 0xE01F0), ("变体选择符", "a variation selector")),
}
MOST_SHOWN = 60
"""Signs of a text that are said again in a sentence."""


def is_han(sign: str) -> bool:
    """Whether the sign lies in a block of Han ideographs; also the zero that numbers and names are written with."""
    code = ord(sign)
    return sign == "〇" or any(first <= code <= last for first, last in _HAN)


def is_hidden(sign: str) -> bool:
    """Control, direction, zero-width, private-use and variation characters: seen by nobody, meaning much."""
    if sign in _UNSEEN or any(first <= ord(sign) <= last for first, last in _SELECTORS):
        return True
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def is_unassigned(sign: str) -> bool:
    """Whether no script has the sign."""
    return unicodedata.category(sign) == "Cn" and not is_han(sign)


def is_letter(sign: str) -> bool:
    """Whether a name may hold the sign as a letter or as a mark upon one."""
    return is_han(sign) or unicodedata.category(sign)[0] in "LM"


def has_visible(text: str) -> bool:
    """Whether anything of the text can be seen: what is required is not given by spaces and signs without width."""
    return any(not sign.isspace() and not is_hidden(sign) for sign in text)


def signs_fault(text: str, *, lines: bool = False) -> Text | None:
    """Signs that no entered text may hold, or None. `lines` lets line breaks and tabs through."""
    for sign in text:
        if lines and sign in "\n\r\t":
            continue
        code = f"U+{ord(sign):04X}"
        if is_hidden(sign):
            zh, en = _NAMED.get(ord(sign), ("", ""))
            return Text(
                zh=f"含有不可见字符 {code}" + (f"（{zh}）" if zh else ""),
                en=f"it contains the invisible character {code}" + (f" ({en})" if en else ""),
            )
        if sign in _LOST:
            return Text(
                zh=f"含有 {code}：原来的字已经丢失，请核对原证后重新输入",
                en=f"it contains {code}, which stands for a character that was lost: compare and type it again",
            )
        if is_unassigned(sign):
            return Text(
                zh=f"含有未分配的字符 {code}，请核对原证后重新输入",
                en=f"it contains {code}, which is no character of any script: compare with the card and type it again",
            )
    return None


def shown(text: str) -> str:
    """The beginning of the text for a person to read, with signs that nobody sees written out."""
    parts = [_written(sign) for sign in text[:MOST_SHOWN]]
    return "".join(parts) + ("…" if len(text) > MOST_SHOWN else "")


def clean(text: str) -> str:
    """Without spaces at the ends, marks composed with their letters. Every ideograph stays the one it was.

    Unicode's composed form would put another ideograph in the place of a compatibility ideograph; a card that
    bears one is kept as it is.
    """
    parts = _COMPATIBILITY.split(text.strip())
    return "".join(
        part if place % 2 else unicodedata.normalize("NFC", part) for place, part in enumerate(parts)
    )


def card_name(text: str) -> str:
    """A name as the card prints it: its own dot for every look-alike, no spaces between Han signs or at a dot."""
    signs = ["\u0020" if sign.isspace() and not is_hidden(sign) else sign for sign in clean(text)]
    dotted = [DOT if _is_dot(signs, place) else sign for place, sign in enumerate(signs)]
    kept = [sign for place, sign in enumerate(dotted) if sign != " " or _parts_words(dotted, place)]
    return "".join(kept)


def name_key(text: str) -> str:
    """What two spellings of one name have in common. For comparing only: the name itself is kept as it stands."""
    return unicodedata.normalize("NFC", card_name(text)).replace(" ", "").casefold()


def _is_dot(signs: list[str], place: int) -> bool:
    if signs[place] in _DOTS:
        return True
    # A full stop stands in Latin names; between Han signs it is meant for the dot.
    beside = _beside(signs, place)
    return signs[place] == "." and len(beside) == 2 and all(is_han(sign) for sign in beside)


def _parts_words(signs: list[str], place: int) -> bool:
    """Whether a space stands between two words, and not within one that was spread, nor at a dot."""
    beside = _beside(signs, place)
    if signs[place - 1] == " " or DOT in beside:
        return False
    if not any(map(is_han, beside)):
        return True
    rest = signs[place:]
    while rest and rest[0] == " ":
        del rest[0]
    # A sign that stands alone was spread apart; of two longer words nobody knows whether they are one name.
    return min(_run(reversed(signs[:place])), _run(iter(rest))) > 1


def _run(signs: Iterator[str]) -> int:
    """How many ideographs stand there one after the other."""
    return sum(1 for _ in takewhile(is_han, signs))


def _beside(signs: list[str], place: int) -> list[str]:
    before = next((sign for sign in reversed(signs[:place]) if sign != " "), "")
    after = next((sign for sign in signs[place + 1 :] if sign != " "), "")
    return [sign for sign in (before, after) if sign]


def _written(sign: str) -> str:
    strange = is_hidden(sign) or is_unassigned(sign) or (sign.isspace() and sign != " ")
    return f"⟨U+{ord(sign):04X}⟩" if strange else sign

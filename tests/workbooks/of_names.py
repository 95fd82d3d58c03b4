"""Names as people type them, and as the card prints them."""

from functools import partial

from tests.workbooks.case import Cast, Collection, Made, plain

CASES = Collection()
CARD = "阿卜杜·买买提"

SAME: dict[str, tuple[str, str]] = {
    **{
        f"dot {sign}": (f"阿卜杜{chr(int(sign[2:], 16))}买买提", CARD)
        for sign in ("U+00B7", "U+0387", "U+2022", "U+2024", "U+2027", "U+2219", "U+22C5", "U+25E6", "U+2E31")
    },
    **{
        f"dot {sign}": (f"阿卜杜{chr(int(sign[2:], 16))}买买提", CARD)
        for sign in ("U+2E33", "U+30FB", "U+FF0E", "U+FF65", "U+318D", "U+A78F", "U+002E")
    },
    "dot between spaces": ("阿卜杜 · 买买提", CARD),
    "dot between wide spaces": ("阿卜杜\u3000•\u3000买买提", CARD),
    "two signs spread with a space": ("测 试", "测试"),
    "two signs spread with a wide space": ("测\u3000试", "测试"),
    "two signs spread with a hard space": ("测\u00a0试", "测试"),
    "two signs spread with three spaces": ("测   试", "测试"),
    "four signs spread with spaces": ("测 试 甲 乙", "测试甲乙"),
    "a surname of two signs and a space": ("测试 甲", "测试甲"),
    "spaces at the ends": ("\u3000测试 ", "测试"),
    "a Latin name keeps its spaces": ("Anna  Maria Smith", "Anna Maria Smith"),
    "a Latin name keeps its full stop": ("J. Smith", "J. Smith"),
    "marks composed": ("Zoe\u0308", "Zo\u00eb"),
    "a compatibility ideograph stays": ("\ufa19一", "\ufa19一"),
    "a compatibility ideograph of plane 2 stays": ("\U0002f81a一", "\U0002f81a一"),
    "the zero of names": ("李〇", "李〇"),
    "Tibetan": ("བཀྲ་ཤིས", "བཀྲ་ཤིས"),
    "Mongolian": ("ᠮᠣᠩᠭᠣᠯ", "ᠮᠣᠩᠭᠣᠯ"),
    "Arabic script": ("ئابدۇ", "ئابدۇ"),
    **{
        f"extension {block}": (f"测{chr(code)}", f"测{chr(code)}")
        for block, code in {
            "A": 0x3400,
            "A end": 0x4DBF,
            "base end": 0x9FFF,
            "B": 0x20000,
            "B end": 0x2A6DF,
            "C": 0x2A700,
            "D": 0x2B740,
            "E": 0x2B820,
            "F": 0x2CEB0,
            "I": 0x2EBF0,
            "I end": 0x2EE5D,
            "G": 0x30000,
            "H": 0x31350,
            "H end": 0x323AF,
            "J": 0x323B0,
        }.items()
    },
}


def _kept(typed: str, card: str, cast: Cast) -> Made:
    return plain([cast.row(name=typed)]), (card,)


for name, (typed, card) in SAME.items():
    CASES(name)(partial(_kept, typed, card))

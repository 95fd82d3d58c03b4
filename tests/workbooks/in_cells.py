"""Cells: what a person types, pastes and lets a program make of it."""

from functools import partial

from tests.workbooks.case import LETTER, At, Cast, Collection, Made, names, plain

CASES = Collection()

WRONG: dict[str, tuple[str, object, str]] = {
    "name missing": ("name", None, "nothing is entered"),
    "name of spaces": ("name", "   ", "nothing is entered"),
    "name with a digit": ("name", "张三3", "a name does not contain: 3"),
    "name with markup": ("name", "<b>张三", "a name does not contain"),
    "name with a zero-width space": ("name", "张\u200b三", "U+200B"),
    "name that is only a zero-width space": ("name", "\u200b", "U+200B"),
    "name with a direction control": ("name", "张\u202e三", "U+202E"),
    "name with a variation selector": ("name", "张\ufe0f三", "U+FE0F"),
    "name with an ideographic selector": ("name", "葛\U000e0100三", "U+E0100"),
    "name with a line break": ("name", "张\n三", "a line break"),
    "name with a soft hyphen": ("name", "张\u00ad三", "U+00AD"),
    "name with a filler": ("name", "张\u3164三", "U+3164"),
    "name in the private use area": ("name", "张\ue000", "U+E000"),
    "name with an unassigned sign": ("name", "张\u0378", "U+0378"),
    "name with two people": ("name", "张三、李四", "a name does not contain: 、"),
    "name with brackets": ("name", "张三（女）", "a name does not contain"),
    "name too long": ("name", "张" * 61, "longer than 60"),
    "name of two people with a space": ("name", "张三 李四", "more than one sign on both sides"),
    "name of a dash": ("name", "-", "no letter"),
    "name with a dot at its end": ("name", "阿卜杜·", "between two parts"),
    "name with a dot before it": ("name", "·阿卜杜", "between two parts"),
    "name with two dots": ("name", "阿卜杜··买买提", "between two parts"),
    "name with a mark on an ideograph": ("name", "张\u0301三", "the mark U+0301"),
    "name like a formula": ("name", "=张三", "a name does not contain: ="),
    "number missing": ("id_number", None, "nothing is entered"),
    "number as a number": ("id_number", ('<c r="@"><v>1.1010519491231E+17</v></c>',), "number"),
    "number with a small x": ("id_number", "11010519491231002x", "capital X"),
    "number of fifteen digits": ("id_number", "110105491231002", "18 characters"),
    "number with spaces": ("id_number", "110105 19491231 002X", "18 characters"),
    "number in full width": ("id_number", "１１０１０５１９４９１２３１００２Ｘ", "full-width"),
    "number with a wrong check digit": ("id_number", "110105194912310020", "check digit"),
    "number with no date": ("id_number", "110105194913310026", "no real date"),
    "number with an apostrophe": ("id_number", "'11010519491231002X", "18 characters"),
    "number that ends in a direction mark": ("id_number", "11010519491231002X\u200e", "U+200E"),
    "number that is a truth": ("id_number", ('<c r="@" t="b"><v>1</v></c>',), "not text"),
    "number that is an error": ("id_number", ('<c r="@" t="e"><v>#N/A</v></c>',), "not text"),
    "number that is computed": ("id_number", ('<c r="@" t="str"><f>B1</f><v>x</v></c>',), "formula"),
    "number shared by a formula": (
        "id_number",
        ('<c r="@" t="str"><f t="shared" si="0"/><v>11010519491231002X</v></c>',),
        "formula",
    ),
    "telephone as a number": ("phone", ('<c r="@"><v>13800000000</v></c>',), "number"),
    "telephone as a date": ("phone", ('<c r="@" s="1"><v>13800000000</v></c>',), "number"),
    "telephone in full width": ("phone", "１３８００００００００", "full-width"),
    "telephone with a full-width plus": ("phone", "＋8613800000000", "full-width"),
    "telephone of letters": ("phone", "call me", "not a telephone"),
    "two telephones": ("phone", "13800000000/13900000000", "not a telephone"),
    "address without a domain": ("email", "a@b", "not an e-mail"),
    "address with two dots": ("email", "a..b@c.example", "not an e-mail"),
    "address that ends in a dot": ("email", "ab.@c.example", "not an e-mail"),
    "address that begins with a dot": ("email", ".ab@c.example", "not an e-mail"),
    "address with a dash first": ("email", "ab@-x.example", "not an e-mail"),
    "address with a dash last": ("email", "ab@x-.example", "not an e-mail"),
    "address with a space": ("email", "a b@c.example", "not an e-mail"),
    "address in Han": ("email", "甲@b.example", "not an e-mail"),
    "address with a full-width at": ("email", "a＠b.example", "full-width"),
    "address with a second header": ("email", "a@b.example\nBcc: x@y.example", "a line break"),
    "two addresses": ("email", "a@b.example;c@d.example", "not an e-mail"),
    "address with a name": ("email", "甲 <a@b.example>", "not an e-mail"),
    "firm missing": ("firm", None, "nothing is entered"),
    "firm too long": ("firm", "公" * 121, "longer than 120"),
    "firm that is computed": ("firm", ('<c r="@" t="str"><f>"甲"</f><v>甲</v></c>',), "formula"),
    "firm with an escaped break inside": ("firm", "虚构_x000D_有限公司", "U+000D"),
    "firm with a line break": ("firm", "虚构\n有限公司", "a line break"),
    "firm with a sign that was lost": ("firm", "虚构\ufffd公司", "U+FFFD"),
    "firm with half a sign": ("firm", "虚构_xD83D_公司", "U+FFFD"),
    "firm with a tab": ("firm", "虚构\t有限公司", "a tab"),
    "code of zeros": ("credit_code", "0" * 18, "the first no 0"),
    "code as a number": ("credit_code", ('<c r="@"><v>911100006000373410</v></c>',), "number"),
    "code with a wrong check": ("credit_code", "91110000600037341M", "check digit"),
    "code with a letter O": ("credit_code", "91110000O00037341L", "without I, O, S, V, Z"),
    "code in small letters": ("credit_code", "91110000600037341l", "18 digits or capitals"),
    "position too long": ("position", "职" * 61, "longer than 60"),
    "seat of another word": ("seat", "主席", "no such seat"),
    "seat missing": ("seat", None, "nothing is entered"),
    "district by its name": ("district", "东湖区", "the batch has only: d01, d02"),
    "district of another batch": ("district", "d09", "the batch has only: d01, d02"),
    "district in full width": ("district", "ｄ０１", "full-width"),
    "district as a number": ("district", ('<c r="@"><v>420102</v></c>',), "number"),
    "unit by its name": ("nominating_unit", "总商会", "there is: chamber"),
    "unit that nobody registered": ("nominating_unit", "ghost", "there is: chamber"),
    "unit missing": ("nominating_unit", None, "nothing is entered"),
}
RIGHT: dict[str, tuple[str, str]] = {
    "address with an apostrophe": ("email", "o'x@example.org"),
    "address with a plus": ("email", "a+b@example.org"),
    "address empty": ("email", ""),
    "telephone with a plus": ("phone", "+86 138 0000 0000"),
    "firm with an escaped break at its end": ("firm", "虚构有限公司_x000D_"),
    "firm with brackets in full width": ("firm", "＝虚构（集团）有限公司"),
    "firm with a rare sign": ("firm", "虚构\U0002a6a5有限公司"),
    "seat by its code": ("seat", "Executive"),
    "seat with spaces": ("seat", " 执委 "),
    "position with an emoji": ("position", "董事长😀"),
}


def _wrong(key: str, value: object, says: str, cast: Cast) -> Made:
    rows = [cast.row(), cast.row(**{key: value})]
    return plain(rows), At(f"{LETTER[key]}3", says=says)


def _right(key: str, value: str, cast: Cast) -> Made:
    rows = [cast.row(), cast.row(**{key: value})]
    return plain(rows), names(rows)


for name, (key, value, says) in WRONG.items():
    CASES(name)(partial(_wrong, key, value, says))
for name, (key, text) in RIGHT.items():
    CASES(name)(partial(_right, key, text))

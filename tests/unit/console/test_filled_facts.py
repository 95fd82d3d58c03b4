"""What is filled in, as lines to be read again: each under its whole name, and none for what nobody said."""

from typing import Any

from contracts.policy.text import Text
from services.console.facts import filled
from services.console.forms.draw import Known, draw

GROUP: dict[str, Any] = {
    "type": "object",
    "title": "反映 / Report",
    "required": ["officer"],
    "properties": {
        "officer": {
            "type": "object",
            "title": "工作人员 / Officer",
            "required": ["name"],
            "properties": {"name": {"type": "string", "title": "姓名 / Name", "maxLength": 80}},
        },
        "again": {"type": "boolean", "title": "再次反映 / Again"},
        "unit": {"type": "string", "title": "单位 / Unit", "enum": ["a", "b"]},
    },
}
UNITS = Known(choices={"unit": [("a", Text(zh="甲局", en="A")), ("b", Text(zh="乙局", en="B"))]})


def lines(value: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in filled(draw(GROUP, value, known=UNITS))]


def test_a_field_of_a_group_says_whose_it_is() -> None:
    assert lines({"officer": {"name": "王五"}}) == [("工作人员 · 姓名", "王五")]


def test_what_nobody_answered_is_no_line_and_a_no_is_one() -> None:
    said = {"officer": {"name": "王五"}, "again": False, "unit": "b"}
    assert lines(said)[1:] == [("再次反映", "否"), ("单位", "乙局")]

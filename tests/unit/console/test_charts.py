"""Charts: nothing cut off, nothing outside, the table has the picture's numbers."""

import re
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.console.charts.bars import LEAST, bars, stacked
from services.console.charts.line import line
from services.console.charts.measures import COLOURS, width_of
from services.console.rendering import FOLDER
from services.console.wording import say

LABELS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20)
PAGE = """{% from "parts/charts.html" import bar_chart, line_chart %}
{{ bar_chart('a', '按部门', whole, ['部门', '件'], t) }}{{ bar_chart('b', '按环节', parted, ['环节', '合计'], t) }}
{{ line_chart('c', '每日', days, ['日', '件'], t) }}"""
FEW = settings(max_examples=30, derandomize=True, database=None)


@FEW
@given(st.lists(st.tuples(LABELS, st.lists(st.integers(0, 10**6), min_size=3, max_size=3)), max_size=6))
def test_every_bar_lies_within_its_picture(rows: list[tuple[str, list[int]]]) -> None:
    chart = stacked(rows, ("甲", "乙", "丙"))
    for bar, (label, values) in zip(chart.rows, rows, strict=True):
        assert width_of(label) <= chart.left
        assert bar.end + width_of(f"{bar.value}") <= chart.width
        assert bar.y + 18 <= chart.height
        assert [part.value for part in bar.parts] == values
        assert all(part.width >= LEAST for part in bar.parts if part.value)
        assert all(part.width == 0 for part in bar.parts if not part.value)


@FEW
@given(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 10**6), max_size=12))
def test_every_point_lies_within_its_picture(values: dict[date, int]) -> None:
    chart = line(list(values.items()))
    assert [point.day for point in chart.points] == sorted(values)
    for point in chart.points:
        assert chart.left <= point.x <= chart.width
        assert chart.levels[-1].y <= point.y <= chart.levels[0].y
    for point in chart.marked:
        assert point.x + 6 + width_of(f"{point.value}") <= chart.width


def test_longer_bars_are_longer_by_what_they_stand_for() -> None:
    one, two, four = (bar.parts[0].width for bar in bars([("a", 1), ("b", 2), ("c", 4)]).rows)
    assert (two, four) == (2 * one, 4 * one)


def test_a_department_name_of_ten_signs_has_its_room() -> None:
    assert bars([("市场监督管理局执法总队", 3)]).left >= 11 * 14


@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_can_be_told_from_the_page_and_carries_white_text(colour: str) -> None:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    assert 1.05 / (0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] + 0.05) >= 4.5


def test_the_table_says_what_the_picture_shows() -> None:
    values = {
        "whole": bars([("<b>税务</b>", 12), ("法院", 0)]),
        "parted": stacked([("初审", (3, 4))], ("待办", "逾期")),
        "days": line([(date(2026, 3, 2), 5), (date(2026, 3, 9), 7)]),
    }
    templates = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    page = templates.from_string(PAGE).render(values, t=partial(say, "zh"))
    cells = re.findall(r'<td class="number">(\d+)</td>', page)
    assert cells == ["12", "0", "3", "4", "7", "5", "7"]
    assert "<b>" not in page
    assert "style=" not in page

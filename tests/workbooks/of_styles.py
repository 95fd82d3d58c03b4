"""Texts that a style hides, and styles that only look as if they did."""

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import openpyxl
from openpyxl.styles import Color, Font, GradientFill, PatternFill

from tests.workbooks.case import HEADER, At, Cast, Collection, Made, names

CASES = Collection()
SAYS = "nobody sees"
Styled = Callable[[Any], None]


def _made(rows: list[list[object]], style: Styled) -> bytes:
    """A sheet of these rows in which a style was set."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "名册"
    for row in [list(HEADER), *rows]:
        sheet.append(row)
    style(sheet)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _cell(ref: str, **styles: Any) -> Styled:
    def style(sheet: Any) -> None:
        for name, value in styles.items():
            setattr(sheet[ref], name, value)

    return style


def _row(number: int, **styles: Any) -> Styled:
    def style(sheet: Any) -> None:
        for cell in sheet[number]:
            for name, value in styles.items():
                setattr(cell, name, value)

    return style


def _solid(colour: str | Color) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


WHITE, RED, DARK = "FFFFFFFF", "FFC00000", "FF1F3864"
HIDDEN: dict[str, tuple[Styled, str]] = {
    "white on white": (_cell("A3", font=Font(color=WHITE)), "A3"),
    "a whole person white on white": (_row(3, font=Font(color=WHITE)), "A3"),
    "hardly other than white": (_cell("B2", font=Font(color="FFF8F8F8")), "B2"),
    "white of the theme": (_cell("A2", font=Font(color=Color(theme=0))), "A2"),
    "white of the old palette": (_cell("E2", font=Font(color=Color(indexed=9))), "E2"),
    "red on red": (_cell("A2", font=Font(color=RED), fill=_solid(RED)), "A2"),
    "black on black without a word of the colour": (_cell("A2", fill=_solid("FF000000")), "A2"),
    "an accent on the same accent": (
        _cell("A2", font=Font(color=Color(theme=4, tint=0.4)), fill=_solid(Color(theme=4, tint=0.4))),
        "A2",
    ),
    "text of one point": (_cell("A3", font=Font(size=1)), "A3"),
    "a format that shows nothing": (_cell("G2", number_format=";;;"), "G2"),
    "a format that shows another word": (_cell("G2", number_format='0;0;0;"无"'), "G2"),
    "a format that writes in white": (_cell("A2", number_format="[White]@"), "A2"),
    "a format whose section for texts is white": (_cell("A2", number_format="0;-0;0;[Color 2]@"), "A2"),
    "text of two points and a half": (_cell("A2", font=Font(size=2.5)), "A2"),
    "black on a pattern of black and black": (
        _cell("A2", fill=PatternFill("darkGray", fgColor="FF000000", bgColor="FF000000")),
        "A2",
    ),
    "black on a gradient of black": (_cell("A2", fill=GradientFill(stop=("FF000000", "FF000000"))), "A2"),
    "an invisible number beside the table": (_cell("L2", value="13800000000", font=Font(color=WHITE)), "L2"),
}
SHOWN: dict[str, Styled] = {
    "a white header on a dark ground": _row(1, font=Font(color=WHITE, bold=True), fill=_solid(DARK)),
    "white on a dark ground": _row(2, font=Font(color=WHITE), fill=_solid(DARK)),
    "red on white": _row(2, font=Font(color=RED)),
    "grey that is read": _row(2, font=Font(color="FFBFBFBF")),
    "red on a light accent": _row(2, font=Font(color=RED), fill=_solid(Color(theme=4, tint=0.8))),
    "one accent on another": _row(2, font=Font(color=Color(theme=4)), fill=_solid(Color(theme=5))),
    "the theme's own ink": _row(2, font=Font(color=Color(theme=1))),
    "small, and read": _row(2, font=Font(size=6)),
    "the format Text": _row(2, number_format="@"),
    "a format that writes in red": _row(2, number_format="[Red]@"),
    "a format of numbers that is white": _row(2, number_format='[White]0;"[White]@"'),
    "black on a gradient to black": _row(2, fill=GradientFill(stop=("FFFFFFFF", "FF000000"))),
    "a format with four sections": _row(2, number_format='0;-0;0;"共"@'),
    "an invisible word beside the table": _cell("L2", value="备注一二三四五六", font=Font(color=WHITE)),
}


def _refused(style: Styled, cell: str, cast: Cast) -> Made:
    return _made(cast.rows(2), style), At(cell, says=SAYS)


def _taken(style: Styled, cast: Cast) -> Made:
    rows = cast.rows(2)
    return _made(rows, style), names(rows)


for _name, (_style, _place) in HIDDEN.items():
    CASES(_name)(partial(_refused, _style, _place))
for _name, _style in SHOWN.items():
    CASES(_name)(partial(_taken, _style))

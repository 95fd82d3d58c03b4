"""A fault of a roster: where it is, what stands there, what would be right and what to do. Pure."""

from dataclasses import dataclass

from contracts.policy.model import Text
from contracts.signs import is_hidden, shown

CORRECT = Text(zh="改正后保存，重新上传", en="correct it, save the file and send it again")
AS_TEXT = Text(
    zh="先把整列设为“文本”格式，再重新输入",
    en="set the whole column to the format Text, then type the value again",
)
AS_VALUE = Text(
    zh="复制后用“选择性粘贴—数值”粘贴回原处",
    en="copy the cell and paste it back as a value (paste special, values)",
)
SHOW_OR_DELETE = Text(
    zh="取消隐藏或筛选后核对；不要的内容请删除",
    en="show it and look at it; delete what is not meant to be there",
)
FORMULA = Text(zh="单元格是公式", en="the cell is a formula")
NUMBER = Text(
    zh="单元格是数字而不是文本，数字会丢位", en="the cell is a number and not text; a number loses digits"
)
DATE = Text(zh="单元格是日期而不是文本", en="the cell is a date and not text")
OTHER = Text(zh="单元格不是文本", en="the cell is not text")
ONCE = Text(zh="同一单位在同一批次对一人只推荐一次", en="one unit nominates a person once in a batch")
REMOVE_ROW = Text(zh="删除这一行，重新上传", en="delete this row and send the file again")
_TODO = ((FORMULA, AS_VALUE), (NUMBER, AS_TEXT), (DATE, AS_TEXT))
_MASKED = frozenset({"id_number", "phone", "email", "credit_code"})
_OPEN_ENDS = 2


@dataclass(frozen=True)
class CellFault:
    """A cell that must be corrected. `column` is the key of its column, empty for one that no column has."""

    sheet: str
    cell: str
    column: str
    problem: Text
    expected: Text
    todo: Text = CORRECT
    stands: str = ""
    """What stands in the cell, with signs that nobody sees written out; numbers and addresses are masked."""
    header: str = ""
    """What the column is called in the file; empty where it has no such header."""


def todo_of(problem: Text) -> Text:
    """What to do about a cell with the problem."""
    return next((todo for one, todo in _TODO if one == problem), CORRECT)


def standing(column: str, text: str) -> str:
    """What stands in a cell of the column, for the sentence about it.

    Of an ID number, a telephone, an address or a code only the ends and the shape are told: whoever looks into
    the cell sees the rest, and a problem document may lie about for longer.
    """
    plain = text.strip(" ")
    if column not in _MASKED:
        return shown(plain)
    last = len(plain) - _OPEN_ENDS
    return shown(
        "".join(
            sign if place < _OPEN_ENDS or place >= last or not _masks(sign) else "*"
            for place, sign in enumerate(plain)
        )
    )


def _masks(sign: str) -> bool:
    return sign.isalnum() and not is_hidden(sign)

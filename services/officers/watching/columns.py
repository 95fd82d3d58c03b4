"""The columns of a list as the authorities head them, and the line in which the headers stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from contracts.policy.model import Text
from services.officers.roster.cells import Kind
from services.officers.roster.workbook import LONG_CODE

HEADER_WITHIN = 10
"""Lines in which the headers are looked for: titles and dates stand above them."""


@dataclass(frozen=True)
class ListCell:
    """A cell as it stands in the file. `ref` is how people find it, `letter` its column."""

    ref: str
    letter: str
    row: int
    kind: Kind
    text: str


@dataclass(frozen=True)
class ListColumn:
    """A column by the headers under which it is met; `expected` is told beside every fault found in it."""

    key: str
    headers: frozenset[str]
    expected: Text
    required: bool = True


def list_column(key: str, headers: str, zh: str, en: str, *, required: bool = True) -> ListColumn:
    """A column that is met under its key or any of these headers."""
    return ListColumn(key, frozenset((key, *headers.split())), Text(zh=zh, en=en), required)


NAME = list_column(
    "name",
    "姓名 名称 姓名/名称 姓名或名称 被执行人姓名 被执行人姓名/名称 失信被执行人姓名/名称"
    " 企业名称 单位名称 纳税人名称 当事人名称"
    " 用人单位名称 案件当事人名称",
    "证件上的姓名或名称",
    "the name as on the paper",
)
NUMBER = list_column(
    "number",
    "身份证号 身份证号码 证件号码 证照号码 公民身份号码 身份证号码/组织机构代码 身份证号码/统一社会信用代码"
    " 身份证号/统一社会信用代码"
    " 统一社会信用代码"
    " 社会信用代码 统一代码 统一社会信用代码/身份证号 纳税人识别号",
    "18位身份证号或统一社会信用代码，隐去的位用*",
    "an 18-character ID number or credit code; * for what is hidden",
)
PAPER = list_column(
    "document_no",
    "案号 文号 文书号 决定书文号 处罚决定书文号 列入决定书文号 执行案号 立案文号 认定文号",
    "文号或案号",
    "the number of the paper or the case",
)
DECIDED = list_column(
    "decided_on",
    "日期 发布日期 发布时间 列入日期 决定日期 认定日期 立案时间 立案日期 作出决定日期 公布日期",
    "如 2026-03-02",
    "such as 2026-03-02",
)
ISSUER = list_column(
    "issuer",
    "执行法院 列入机关 决定机关 认定机关 作出决定机关 发布机关 税务机关",
    "机关名称",
    "the authority's name",
    required=False,
)
REASON = list_column(
    "text",
    "事由 案由 列入事由 列入原因 违法事实 主要违法事实 失信被执行人行为具体情形 失信行为具体情形 欠税税种",
    "事由",
    "what for",
    required=False,
)
CHANGE = list_column("change", "变动 操作 状态 变更类型", "列入 或 移出", "on or off", required=False)

COLUMNS = (NAME, NUMBER, PAPER, DECIDED, ISSUER, REASON, CHANGE)
OFF = frozenset({"移出", "移除", "删除", "屏蔽", "撤销", "off", "removed"})
ON = frozenset({"列入", "新增", "发布", "在列", "on", "added"})


def header(
    rows: Sequence[tuple[ListCell, ...]], among: Sequence[ListColumn] = COLUMNS
) -> tuple[int, Mapping[str, ListColumn]]:
    """Which line holds the headers, and the column under each letter; the best of the first lines, -1 without any.

    A line is one of headers when it has the columns of a name and of a number; `among` are those that are looked for.
    """
    for index, row in enumerate(islice(rows, HEADER_WITHIN)):
        found = {cell.letter: column for cell in row if (column := _of(cell, among)) is not None}
        if {NAME, NUMBER} <= set(found.values()):
            return index, found
    return -1, {}


def unread(
    rows: Sequence[tuple[ListCell, ...]],
    index: int,
    found: Mapping[str, ListColumn],
    but: ListColumn | None = None,
) -> Iterator[tuple[ListCell, ListColumn, Text]]:
    """What the line of headers at `index` leaves unread, or lets be read in two ways: the cell, and what is wrong.

    A column twice, of which `but` is none; a number above the headers, or in a column without any.
    """
    places = {cell.letter: cell for cell in rows[index]}
    seen: set[str] = set()
    for letter, column in found.items():
        if column.key in seen and column is not but:
            yield places[letter], column, _TWICE
        seen.add(column.key)
    for place, row in enumerate(rows):
        for cell in row:
            if (place < index or cell.letter not in places) and LONG_CODE.search(cell.text):
                yield cell, NUMBER, _PASSED_OVER


_TWICE = Text(zh="这一列出现两次", en="this column appears twice")
_PASSED_OVER = Text(
    zh="在表头之上或所在列没有表头，不会被读取",
    en="it stands above the headers, or in a column without one, and is not read",
)


def _of(cell: ListCell, among: Sequence[ListColumn]) -> ListColumn | None:
    if cell.kind is not Kind.TEXT:
        return None
    said = "".join(cell.text.split()).replace("（", "(").replace("／", "/").lower()
    said = said.partition("(")[0]
    return next((column for column in among if said in column.headers), None)

"""The form for the minutes of a joint conference: what waits stands in it, and the rest is room to write."""

import io
from datetime import date

from docx import Document

from services.notices.papers.minutes import MinutesAsked
from services.notices.papers.minutesword import minutes_docx

MATTER = {"case_id": "c1", "unit": "税务局", "matter": "联席会议处置未回复部门", "due": "2026-03-04"}


def asked(count: int, mark: str = "") -> MinutesAsked:
    said = {"language": "zh", "on": date(2026, 3, 5), "mark": mark, "issuer": "选举办公室"}
    return MinutesAsked.model_validate({**said, "matters": [MATTER] * count})


def test_every_matter_has_a_row_with_room_for_what_was_resolved() -> None:
    made = Document(io.BytesIO(minutes_docx(asked(2))))
    (table,) = made.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "办件号", "部门", "事项", "期限", "处置意见"]
    assert rows[1:] == [[str(number), *MATTER.values(), ""] for number in (1, 2)]
    said = "\n".join(row.text for row in made.paragraphs)
    assert "截至2026-03-05待联席会议处置的事项，共2项" in said
    for blank in ("时间：", "地点：", "主持：", "出席：", "缺席：", "记录："):
        assert blank in said


def test_an_empty_agenda_says_so_and_a_demonstration_is_one() -> None:
    made = Document(io.BytesIO(minutes_docx(asked(0, "演示件，不具效力"))))
    said = "\n".join(row.text for row in made.paragraphs)
    assert made.tables == []
    assert "没有待处置的事项。" in said
    assert said.startswith("【演示件，不具效力】")


def test_the_same_agenda_is_the_same_bytes() -> None:
    assert minutes_docx(asked(3)) == minutes_docx(asked(3))

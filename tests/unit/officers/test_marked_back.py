"""The officer's own file comes back whatever is wrong with it, and every sentence stands in it at its cell."""

import io
from datetime import date
from xml.sax.saxutils import unescape

import openpyxl
import pytest

from services.officers.roster.cells import Book, WorkbookError
from services.officers.roster.marking import Mark, marked
from services.officers.roster.matching import Known
from services.officers.roster.rows import read_rows
from services.officers.roster.workbook import read_workbook
from services.officers.views.rosters import mark_of
from tests.workbooks import book, in_elements, in_files, in_parts, of_hidden, of_sheets
from tests.workbooks.case import HEADER, Case, Cast

KNOWN = Known(frozenset({"d01"}), {"chamber": frozenset({"d01"})})
CASES = {
    case.name: case
    for source in (in_elements, in_files, in_parts, of_hidden, of_sheets)
    for case in source.CASES.made(Cast())
}


def faulty(case: Case) -> tuple[Book, list[Mark]]:
    """What is read of the case, and the marks; none for what is no workbook, or has no fault."""
    try:
        read = read_workbook(case.body)
    except WorkbookError:
        return Book(()), []
    faults = read_rows(read, KNOWN, date(2026, 3, 2)).faults
    return read, [Mark(*mark_of(one, "en")) for one in faults]


FAULTY = {name: found for name, case in CASES.items() if (found := faulty(case))[1]}


@pytest.mark.parametrize("name", FAULTY)
def test_every_sentence_stands_in_the_file_that_comes_back(name: str) -> None:
    read, marks = FAULTY[name]
    members = book.members_of(marked(CASES[name].body, read, marks))
    said = "".join(unescape(text.decode()) for part, text in members.items() if "comment" in part)
    assert [mark.text for mark in marks if mark.text not in said] == []


def test_most_faults_come_back_marked() -> None:
    assert len(FAULTY) > 40


def test_a_copy_has_its_sheets_though_no_program_would_name_them_so() -> None:
    page = book.page(book.lines([[*HEADER[:-1]], Cast().row()]))
    body = book.pack({"东湖/西湖?": page}, {"xl/styles.xml": "<broken"})
    read, marks = faulty(Case("a copy", body, ()))
    back = openpyxl.load_workbook(io.BytesIO(marked(body, read, marks)))
    assert back.worksheets[0]["A1"].comment is not None

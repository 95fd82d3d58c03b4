"""A letter's pages are those of an official document (GB/T 9704-2012), and the same letter is the same bytes."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from services.notices.casefile import Contact
from services.notices.papers.printing import printed
from tests.letters import DEMO, POLICY, letter
from tests.papers import file, joined, lines, paper, pdf, read, setter

ROOT = Path(__file__).parents[4]
MM = 72 / 25.4
LONG = letter("N02", says="remark")


def test_the_same_fields_are_the_same_bytes_in_another_process() -> None:
    asked = (
        "import hashlib; from services.notices.papers.printing import printed; from tests.letters import letter;"
        "from tests.papers import paper, setter;"
        "[print(hashlib.sha256(printed(paper(letter('N04')), form, setter())).hexdigest()) for form in ('pdf', 'docx')]"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    here = [hashlib.sha256(printed(paper(letter("N04")), form, setter())) for form in ("pdf", "docx")]  # type: ignore[arg-type]
    assert done.stdout.split() == [one.hexdigest() for one in here]


def test_another_day_or_another_sign_are_other_bytes() -> None:
    one = paper(letter("N04"))
    others = [
        one.model_copy(update={"number": "清选〔2026〕N04-000002"}),
        one.model_copy(update={"title": "另"}),
    ]
    assert len({pdf(one), *map(pdf, others)}) == 3


def test_a_row_has_twenty_eight_signs_and_a_page_twenty_two_rows() -> None:
    of = file(remark="甲" * 28 * 60)
    pages = read(pdf(paper(LONG, of))).pages
    rows = [row for page in pages for row in lines(page) if set(row) == {"甲"}]
    assert len(rows) > 50
    assert {len(row) for row in rows[1:-1]} == {28}
    assert [row for row in lines(pages[1]) if "—" not in row] == ["甲" * 28] * 22


def test_the_first_page_has_no_number_and_the_others_have_it_outside() -> None:
    pages = read(pdf(paper(LONG, file(remark="甲" * 28 * 60)))).pages
    places: dict[int, float] = {}

    def seen(text: str, moved: list[float], matrix: list[float], *_: object) -> None:
        if "—" in text:
            places.setdefault(number, moved[0] * matrix[4] + moved[4])

    for number, page in enumerate(pages, start=1):
        page.extract_text(visitor_text=seen)
        assert (f"— {number} —" in lines(page)) is (number > 1)
    assert places.keys() == {2, 3, 4}
    assert places[2] < 60 * MM < 140 * MM < places[3]
    assert places[4] == places[2]


@pytest.mark.parametrize("rows", range(6, 13))
def test_no_page_holds_a_signature_alone(rows: int) -> None:
    one = paper(LONG, file(remark="甲" * 28 * rows))
    last = lines(read(pdf(one)).pages[-1])
    assert one.issued_on in last
    assert one.paragraphs[-1] in last


def test_a_long_issuer_is_smaller_and_stays_on_one_line() -> None:
    long = "某某省某某市某某区工商业联合会换届选举工作领导小组办公室"
    assert size_of_mark("选举办公室") == pytest.approx(30, abs=0.5)
    assert 12 < size_of_mark(long) < 19


def size_of_mark(issuer: str) -> float:
    """Points of the issuer's mark, which stands on one line."""
    page = read(pdf(paper(letter("N04")).model_copy(update={"issuer": issuer}))).pages[0]
    sizes: list[float] = []

    def seen(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip() and text.strip() in issuer:
            sizes.append(abs(size * matrix[0]))

    page.extract_text(visitor_text=seen)
    assert lines(page)[0] == issuer
    return max(sizes)


def test_the_paper_says_from_which_wording_it_was_written_and_that_a_demonstration_is_one() -> None:
    one = paper(letter("N04"), policy=DEMO)
    assert "人选审核政策 2026.1-demo 版 N04" in one.wording
    found = joined(pdf(one))
    assert one.wording in found
    assert "【演示件，不具效力】" in found
    assert "演示件" not in joined(pdf(paper(letter("N04"))))


@pytest.mark.parametrize("notice", [notice.code for notice in POLICY.notices])
def test_every_letter_is_printed_whole_in_both_languages(notice: str) -> None:
    one = letter(notice, hits=(1,), says="facts")
    for language in ("zh", "en"):
        made = paper(one, language=language)  # type: ignore[arg-type]
        found = joined(pdf(made)).replace(" ", "")
        for part in (made.issuer, made.number, made.title, made.address, *made.paragraphs, made.issued_on):
            assert part.replace(" ", "") in found


def test_a_word_that_no_row_holds_is_broken_and_runs_over_no_edge() -> None:
    word = "https://" + "x" * 120
    (page,) = read(pdf(paper(LONG, file(remark=f"见{word}。")))).pages
    found = lines(page)
    assert word in "".join(found)
    assert max(len(row) for row in found) < 62


@pytest.mark.parametrize(
    "typed",
    [
        '#read("frame.typ")',
        "]",
        "[#pagebreak()",
        "*粗* _斜_ `码` $x^2$",
        "<label> @label // 注",
        "\\u{41} -- --- ...",
        "#import",
        "=标题",
        "'\"",
    ],
)
def test_what_people_type_is_printed_and_never_carried_out(typed: str) -> None:
    of = file(person=Contact(name=typed, firm=typed), remark=typed)
    made = pdf(paper(LONG, of))
    assert len(read(made).pages) == 1
    assert joined(made).replace(" ", "").count(typed.replace(" ", "")) >= 3

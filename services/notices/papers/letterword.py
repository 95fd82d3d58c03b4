"""A letter as .docx, in 信函格式."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

from services.notices.papers import word
from services.notices.papers.letter import LetterPaper

MARK, TITLE, SMALL = 30.0, 22.0, 8.0
"""Points of the issuer's mark at most, of the title, and of the line that says from which texts it was written."""
ACROSS = 440.0
"""Points across the page for the mark: a long one is smaller, so that it stays on one line."""
FROM_EDGE = 4
"""Signs between the signature and the right edge."""
RED, GREY = RGBColor(0xC8, 0x10, 0x2E), RGBColor(0x5A, 0x5A, 0x5A)
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def letter_docx(paper: LetterPaper) -> bytes:
    """The letter; the same letter is the same bytes."""
    made = word.begun(f"{paper.title} {paper.number}", paper.issuer, paper.issued, paper.language)
    mark = word.row(made, "", align=CENTER)
    mark.paragraph_format.line_spacing = Pt(44)
    size = word.fitting(paper.issuer, MARK, ACROSS)
    word.drawn(mark.add_run(paper.issuer), word.TITLE, size).font.color.rgb = RED
    word.ruled(mark, "bottom", "thickThinSmallGap")
    if paper.mark:
        word.drawn(word.row(made, "").add_run(paper.mark), word.TITLE, 14)
    word.row(made, paper.number, align=RIGHT)
    word.row(made, "")
    title = word.row(made, "", align=CENTER)
    title.paragraph_format.line_spacing = Pt(34)
    word.drawn(title.add_run(paper.title), word.TITLE, TITLE)
    word.row(made, "")
    word.row(made, paper.address)
    rows = [word.row(made, paragraph, indent=word.INDENT) for paragraph in paper.paragraphs]
    # No page may hold a signature alone.
    rows[-1].paragraph_format.keep_with_next = True
    # Issuer over date, one centred over the other, the wider of them four signs from the edge.
    wider = max(map(word.signs, (paper.issuer, paper.issued_on)))
    word.row(made, "").paragraph_format.keep_with_next = True
    for text in (paper.issuer, paper.issued_on):
        aside = FROM_EDGE + (wider - word.signs(text)) / 2
        word.row(made, text, align=RIGHT, right=aside).paragraph_format.keep_with_next = text is paper.issuer
    foot = made.sections[0].first_page_footer.paragraphs[0]
    word.ruled(foot, "top", "thinThickSmallGap")
    word.drawn(foot.add_run(paper.wording), word.BODY, SMALL).font.color.rgb = GREY
    return word.packed(made)

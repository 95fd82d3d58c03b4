"""On a narrow screen nothing of a page is wider than the screen; a browser shows the same (tests/browser)."""

import re

from services.console.statics import FOLDER


def rule(selector: str) -> str:
    """What the style sheet says of it, on screens of every width."""
    text = (FOLDER / "qx.css").read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(selector)} {{(.*?)}}", text, re.MULTILINE)
    assert found is not None, selector
    return found.group(1)


def test_a_filter_is_no_wider_than_its_page_however_long_a_title_is() -> None:
    said = rule(".filter select, .filter input")
    assert "width: auto" in said
    assert "max-width: calc(100% - 12px)" in said
    assert "margin: 0 12px 8px 0" in rule(".filter > *")


def test_a_title_in_a_filter_stays_beside_its_field() -> None:
    text = (FOLDER / "qx.css").read_text(encoding="utf-8").partition("@media (max-width: 640px) {")[2]
    assert re.search(
        r"^  \.filter { display: grid; grid-template-columns: .* minmax\(0, 1fr\); }", text, re.MULTILINE
    )

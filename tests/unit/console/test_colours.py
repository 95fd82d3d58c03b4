"""Every pair of colours that text is shown in can be read: contrast computed from the style sheet itself."""

import re
from pathlib import Path

import pytest

from services.console import app

CSS = (Path(app.__file__).parent / "static" / "qx.css").read_text()
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", CSS))
LEAST, LEAST_EDGE = 4.5, 3.0
"""WCAG 2.2: of text, and of edges of controls and of the focus."""
TEXT = [
    *(("ink", back) for back in ("card", "page", "brand-light")),
    *(("ink2", back) for back in ("card", "page")),
    *(("brand", back) for back in ("card", "page", "brand-light")),
    *((name, f"{name}-back") for name in ("blue", "yellow", "red", "green", "violet", "grey")),
    *(("card", back) for back in ("brand", "brand-dark")),
    ("red", "card"),
]
EDGES = [("edge", "card"), ("edge", "page"), ("focus", "card"), ("focus", "page"), ("focus-bar", "brand")]


def light(token: str) -> float:
    """Relative luminance."""
    digits = TOKENS[token].lstrip("#")
    full = digits if len(digits) == 6 else "".join(2 * one for one in digits)
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Of two tokens, from 1 to 21."""
    brighter, darker = sorted((light(first), light(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(front: str, back: str) -> None:
    assert contrast(front, back) >= LEAST


@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_and_the_focus_can_be_seen(front: str, back: str) -> None:
    assert contrast(front, back) >= LEAST_EDGE


def test_the_sheet_uses_nothing_newer_than_the_oldest_browser() -> None:
    assert not re.search(r":has\(|color-mix|@container|@layer|(?<![-\w])gap:|:focus-visible|&", CSS)

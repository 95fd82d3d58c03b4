"""The style sheet keeps to what Chromium 79 knows, the oldest browser of our offices, and the script to ES5.

The browsers themselves are played by `make browsers`, which needs their download.
"""

import re
from pathlib import Path

import pytest

from services.console import app

STATIC = Path(app.__file__).parent / "static"
_FLEX = r"\{[^{}]*display:\s*(?:inline-)?flex"
NEWER_STYLE = (
    (":has", r":has\("),
    (":is and :where", r":(is|where)\("),
    (":focus-visible", r":focus-visible"),
    ("nesting", r"\{[^{}]*&"),
    ("an at-rule", r"@(container|layer|scope|starting-style|property)\b"),
    ("a unit of the visible part", r"\d(dvh|svh|lvh|dvw|svw|lvw|cqw|cqi)\b"),
    ("a function of colours", r"\b(color-mix|oklch|oklab|lab|lch|light-dark)\("),
    (
        "a property",
        r"[{;]\s*(inset|aspect-ratio|accent-color|text-wrap|translate|rotate|scale|content-visibility)\s*:",
    ),
    ("a gap in a flex box", rf"{_FLEX}[^{{}}]*[^-]gap:|\{{[^{{}}]*[^-]gap:{_FLEX[2:]}"),
)
NEWER_SCRIPT = (
    ("an arrow", r"=>"),
    ("a template string", r"`"),
    ("let, const and class", r"\b(let|const|class)\s+[\w{\[]"),
    ("async and await", r"\b(async|await)\b"),
    ("what may be absent", r"\?\.[^\d]|\?\?"),
    ("spread", r"\.\.\."),
    (
        "a function",
        r"\.(at|replaceAll|any|hasOwn|findLast)\(|\bstructuredClone\(",
    ),
)


def newer(text: str, signs: tuple[tuple[str, str], ...]) -> list[str]:
    """What the text holds that came later; comments and quoted texts are no code."""
    code = re.sub(r'/\*.*?\*/|"(?:[^"\\\n]|\\.)*"', "", text, flags=re.DOTALL)
    return [name for name, sign in signs if re.search(sign, code)]


def test_the_style_sheet_holds_nothing_newer() -> None:
    assert newer((STATIC / "qx.css").read_text(), NEWER_STYLE) == []


def test_the_script_holds_nothing_newer() -> None:
    assert newer((STATIC / "qx.js").read_text(), NEWER_SCRIPT) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a:has(b) { color: red; }", ":has"),
        (".a { color: red; &:hover { color: blue; } }", "nesting"),
        (".a { gap: 4px; display: flex; }", "a gap in a flex box"),
        (".a { display: flex; color: red; gap: 4px; }", "a gap in a flex box"),
        ("a { inset: 0; }", "a property"),
    ],
)
def test_newer_style_is_found(text: str, found: str) -> None:
    assert newer(text, NEWER_STYLE) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("all(x).forEach(one => one.focus());", "an arrow"),
        ("const one = 1;", "let, const and class"),
        ("var one = two?.three;", "what may be absent"),
        ("var one = [...two];", "spread"),
        ("var last = list.at(-1);", "a function"),
    ],
)
def test_a_newer_script_is_found(text: str, found: str) -> None:
    assert newer(text, NEWER_SCRIPT) == [found]

"""What a Chinese page says in Latin letters: codes that people are shown in place of words."""

import re

from playwright.async_api import Page

SHOWN = """() => {
    const main = document.querySelector('main').cloneNode(true);
    main.querySelectorAll('.codes, code').forEach(one => one.remove());
    return main.textContent;
}"""
"""What a page says, without what it says to be codes."""
_WORD = re.compile(r"(?<![\w.@/*-])[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*(?![\w@/*-])", re.ASCII)
_NAMES = re.compile(r"SHA-256|Excel|Word|PDF|[ABC]|NL-[A-Z0-9-]+|N[0-9]{2}(-[0-9])?")
"""Names that people know as such: of grades, of letters, and of items, whose words stand behind them."""


async def bare_codes(page: Page) -> list[str]:
    """Each word that is no Chinese and nobody's name, with the page on which it stands."""
    return [f"{page.url}: {word}" for word in bare(await page.evaluate(SHOWN))]


def bare(text: str) -> list[str]:
    """The words of a Chinese text that are none, and no name."""
    return [word for word in sorted(set(_WORD.findall(text))) if not _NAMES.fullmatch(word)]

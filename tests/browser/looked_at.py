"""What is wrong with a page as it stands in a browser: for whoever hears it, has no mouse, or has a narrow window."""

from contracts.words.families import Language
from tests.browser.pages import Seat, tabbed
from tests.browser.spoken import unspoken

NARROW = 320
"""Pixels: a small phone, and a desk's window of 1280 at 400 %."""
LEAST_OUTLINE = 2
"""Pixels of what shows where the focus is."""


async def faults(seat: Seat, language: Language, *, keys: bool) -> list[str]:
    """What axe finds, codes instead of words, and what does not fit; with `keys` also what Tab does not reach."""
    found, text = await seat.barriers(), await seat.page.content()
    found += [f"a code: {code}" for code in unspoken(text, language, seat.house.logins)]
    if keys:
        reached = await tabbed(seat.page)
        found += [f"not reached by Tab: {one}" for one in reached.missed]
        found += ["the focus is not seen" for one in reached.outlines if one < LEAST_OUTLINE][:1]
    return found + await _too_wide(seat)


async def _too_wide(seat: Seat) -> list[str]:
    """Whether the page has to be moved sideways in a narrow window."""
    before = seat.page.viewport_size
    await seat.page.set_viewport_size({"width": NARROW, "height": 768})
    wider = await seat.overflow()
    if before is not None:
        await seat.page.set_viewport_size(before)
    return [f"{wider} pixels too wide"] if wider > 0 else []

"""The policy as people read it, in the console's own frame."""

import re
from collections.abc import AsyncIterator

import pytest

from contracts.policy import loader
from tests.console_rig import Browser, browsing, given

OLD, NEW = "2017.1", "2026.1"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(["GET /policies"])
        listed = [
            {
                "version": version,
                "digest": loader.digest(version),
                "released": str(loader.released(version).released),
                "demonstration": "demo" in version,
            }
            for version in (NEW, OLD)
        ]
        found.api.answers["GET /policies"] = given(listed)
        for version in (OLD, NEW):
            read = loader.released(version).model_dump(mode="json")
            found.api.answers[f"GET /policies/{version}"] = given(read)
        yield found


async def test_every_version_is_listed_by_its_name(browser: Browser) -> None:
    page = (await browser.get("/policies")).text
    assert re.findall(r'<a href="/policies/(2[\d.]+)">', page) == [OLD, NEW]
    assert loader.digest(NEW) in page


@pytest.mark.parametrize(("language", "word"), [("zh", "负面清单"), ("en", "Negative list")])
async def test_a_version_reads_as_a_page_of_ours(browser: Browser, language: str, word: str) -> None:
    await browser.get(f"/language/{language}?to=/policies")
    page = (await browser.get(f"/policies/{NEW}")).text
    assert word in page
    assert loader.digest(NEW) in page
    declared = loader.released(NEW).task("declare").name
    assert f"<td>{declared.zh if language == 'zh' else declared.en}</td>" in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


async def test_two_versions_are_compared(browser: Browser) -> None:
    page = (await browser.get(f"/policies/difference?old={OLD}&new={NEW}")).text
    assert f"{OLD} → {NEW}" in page
    assert "negative_list.NL-A03.on" in page
    assert "没有变化" in (await browser.get(f"/policies/difference?old={NEW}&new={NEW}")).text


@pytest.mark.parametrize(
    "path", ["/policies/2031.9", "/policies/difference?old=2017.1&new=2031.9", "/policies/difference"]
)
async def test_a_version_that_is_none_is_not_found(browser: Browser, path: str) -> None:
    assert (await browser.get(f"/policies/{path}")).status_code == 404

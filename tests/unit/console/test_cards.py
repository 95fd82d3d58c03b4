"""On a narrow screen a list's rows are cards, and each value there says under which title it stands."""

import re
from collections.abc import AsyncIterator

import pytest

from services.console.cards import labelled
from services.console.rendering import FOLDER
from services.console.statics import FOLDER as STATIC
from tests.console_rig import Browser, browsing, given
from tests.unit.console.played import POLICY
from tests.unit.console.test_case_list import FOUND, NONE, RULES
from tests.unit.console.test_narrow import rule

HEAD = '<table class="list">\n<thead><tr><th scope="col">期限</th><th scope="col"><a href="/">Firm &#34;A&#34;</a></th>'
TABLES = [
    (one.name, tag, one.read_text(encoding="utf-8"))
    for one in sorted(FOLDER.rglob("*.html"))
    for tag in re.findall(r"<table\b[^>]*>", one.read_text(encoding="utf-8"))
]


def rows(*cells: str, more: str = "") -> list[str]:
    page = f"<p>{HEAD}{more}</tr></thead><tbody><tr data-row>{''.join(cells)}</tr></tbody></table>"
    return re.findall(r"<t[dh][^>]*>", labelled(page).partition("<tbody>")[2])


def test_each_value_has_the_title_of_its_column() -> None:
    assert rows("<td>8 日</td>", '<td class="codes">甲</td>') == [
        '<td data-label="期限">',
        '<td class="codes" data-label="Firm &#34;A&#34;">',
    ]
    assert rows('<th scope="row">8 日</th>') == ['<th scope="row" data-label="期限">']


def test_what_shows_nothing_or_stands_under_no_single_title_seen_has_none() -> None:
    unseen = '<th scope="col"><span class="unseen">回避</span></th>'
    acts = '<td><a href="/tasks/1/recuse">回避</a></td>'
    assert rows("<td></td>", "<td> \n</td>", acts, more=unseen) == ["<td>", "<td>", "<td>"]
    assert rows('<td colspan="2">回避</td>', acts, more='<th scope="col">三</th>') == [
        '<td colspan="2">',
        '<td data-label="三">',
    ]


def test_what_is_no_list_stays_as_it_is() -> None:
    page = HEAD.replace(' class="list"', "") + "</tr></thead><tr><td>甲</td></tr></table>"
    assert labelled(page) == page
    assert labelled('<table class="list"><tr><td>甲</td></tr></table>').count("data-label") == 0


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        yield found


async def test_a_page_comes_with_the_titles_in_the_language_of_its_reader(browser: Browser) -> None:
    browser.api.answers |= {
        "GET /cases": given({**NONE, "items": [FOUND]}),
        "GET /words": given({"policy": POLICY}),
        f"GET /policies/{POLICY}": given(RULES.model_dump(mode="json")),
    }
    page = (await browser.get("/cases")).text
    row = page.partition("<tbody>")[2].partition("</tr>")[0]
    assert '<td data-label="企业">虚构第77有限公司' in row
    assert all("data-label" in cell for cell in re.findall(r"<td[^>]*>(?=[^<])", row))


def test_every_list_has_a_head_to_take_titles_from() -> None:
    assert len(TABLES) > 40
    for name, tag, text in TABLES:
        if "list" in tag:
            assert tag == '<table class="list">', name
            body = text.partition(tag)[2].partition("</table>")[0]
            assert "<thead><tr><th" in body, name


def test_the_title_is_shown_where_the_head_is_not() -> None:
    narrow = (STATIC / "qx.css").read_text(encoding="utf-8").partition("@media (max-width: 640px) {")[2]
    narrow = narrow.partition("\n}")[0]
    assert "table.list thead { position: absolute" in narrow
    assert "content: attr(data-label)" in narrow
    assert "table.list td:empty { display: none; }" in narrow
    assert "white-space: nowrap" in rule(".nowrap")

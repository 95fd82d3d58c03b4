"""Titles of columns for lists that become cards: on a narrow screen, where no head is seen, each value says what it is.

Reads what the templates wrote. Whatever came from elsewhere is escaped in it, so every tag is a template's own. Pure.
"""

import re

_LIST = re.compile(r'<table class="list".*?</table>', re.DOTALL)
_HEAD = re.compile(r"<thead>(.*?)</thead>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[dh])\b([^>]*)>(.*?)</\1>", re.DOTALL)
_UNSEEN = re.compile(r'<(\w+) class="unseen">.*?</\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPAN = re.compile(r'colspan="(\d+)"')


def labelled(page: str) -> str:
    """The page, with the title of its column at each cell that shows something below a title that is seen.

    What stands over several columns is under no single title, and has none.
    """
    return _LIST.sub(lambda found: _of_list(found[0]), page)


def _of_list(table: str) -> str:
    head = _HEAD.search(table)
    if head is None:
        return table
    titles = [_text(_UNSEEN.sub("", inner)) for _, _, inner in _CELL.findall(head[1])]
    below = table[head.end() :]
    return table[: head.end()] + _ROW.sub(lambda row: _of_row(row[0], titles), below)


def _of_row(row: str, titles: list[str]) -> str:
    column = 0

    def cell(found: re.Match[str]) -> str:
        nonlocal column
        tag, said, inner = found.groups()
        spans = _SPAN.search(said)
        over = int(spans[1]) if spans else 1
        title = titles[column] if over == 1 and column < len(titles) else ""
        column += over
        shown = bool(inner.strip())
        return f'<{tag}{said} data-label="{title}">{inner}</{tag}>' if title and shown else found[0]

    return _CELL.sub(cell, row)


def _text(inner: str) -> str:
    return " ".join(_TAG.sub("", inner).split()).replace('"', "&#34;")

"""What is an address to which mail goes."""

import pytest

from services.notices.addresses import is_address


@pytest.mark.parametrize(
    "address", ["a@b.example", "first.last+tag@sub.example.org", "x_y@1-2.example", "a" * 64 + "@example.org"]
)
def test_one_plain_address_is_an_address(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "@example.org",
        "a@",
        "a@b@c.example",
        "a b@example.org",
        "a@example.org,c@example.org",
        "a@example.org;c@example.org",
        "甄 <a@example.org>",
        "<a@example.org>",
        '"a b"@example.org',
        "a@example.org\r\nBcc: c@example.org",
        "a@example.org\n",
        "a\x00@example.org",
        "a@exa\u2028mple.org",
        "甄@example.org",
        "a@例.org",
        "ａ@example.org",
        "a@[127.0.0.1]",
        "a@-b.org",
        "a..b@example.org",
        "(c)a@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 64 + ".org",
        "a@" + ".".join(["b" * 60] * 5),
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_address(text)

"""Bodies, cursors and tags: what comes from outside is taken apart strictly."""

import pytest
from starlette.datastructures import Headers

from services.officers.web.etags import check_match, tag, unchanged
from services.officers.web.paging import cut, instant_of, read_cursor, write_cursor
from services.officers.web.problems import PROBLEMS, RefusedError
from services.officers.web.strict import parse


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e400}',
        b'{"a": 123456789012345678901234567890}',
        b'{"a": 9007199254740993}',
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"a": "x\\u0000y"}',
        b'{"a": "\xff"}',
        b"[" * 100_000,
        b"[" * 100 + b"]" * 100,
        b'{"a":' * 50 + b"1" + b"}" * 50,
    ],
)
def test_json_that_could_be_read_in_two_ways_is_refused(body: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        parse(body)
    assert refused.value.code == "not-json"


def test_plain_json_is_taken() -> None:
    assert parse('{"a": [1, -2.5, "𬭎·", true, null]}'.encode()) == {"a": [1, -2.5, "𬭎·", True, None]}


def test_a_cursor_leads_back_to_its_place() -> None:
    assert read_cursor(write_cursor("2026", "c1.screen"), "", "") == ("2026", "c1.screen")
    assert read_cursor("", "", -1) == ("", -1)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "WzEs",
        write_cursor("one"),
        write_cursor(1, 2),
        write_cursor("a", "b", "c"),
        write_cursor("a\x00", "b"),
        write_cursor("a\n", "b"),
        "e30",
        "W1tbW1tbW1tb" * 30,
    ],
)
def test_a_cursor_of_somebody_else_is_refused(cursor: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_cursor(cursor, "", "")
    assert refused.value.code == "cursor-invalid"


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-01-01", "2026-01-01T00:00:00", "0001-01-01T00:00:00+23:59"]
)
def test_an_instant_in_a_cursor_is_checked(text: str) -> None:
    with pytest.raises(RefusedError):
        instant_of(text)


def test_a_page_knows_whether_there_is_another() -> None:
    assert cut([1, 2, 3], 2) == ([1, 2], 2)
    assert cut([1, 2], 2) == ([1, 2], None)


def test_tags_compare_whole_for_reading_and_by_version_for_writing() -> None:
    current = tag("7", 90, "en")
    assert unchanged(Headers({"if-none-match": f'"1", {current}'}), current)
    assert unchanged(Headers({"if-none-match": "*"}), current)
    assert unchanged(Headers({"if-none-match": f"W/{current}"}), current)
    lines = [(b"if-none-match", b'"1"'), (b"if-none-match", f'"2", W/{current}'.encode())]
    assert unchanged(Headers(raw=lines), current)
    assert not unchanged(Headers({"if-none-match": '"7.91.en"'}), current)
    assert not unchanged(Headers({}), current)
    check_match(Headers({}), "7")
    check_match(Headers({"if-match": current}), "7")
    check_match(Headers({"if-match": "*"}), "7")
    with pytest.raises(RefusedError) as refused:
        check_match(Headers({"if-match": tag("6", 90, "en")}), "7")
    assert refused.value.status == 412
    with pytest.raises(RefusedError):
        check_match(Headers({"if-match": f"W/{current}"}), "7")


SAID = [
    ('{"a": "张三"}'.encode("gbk"), "GBK"),
    ('{"a": "张三"}'.encode("utf-16"), "UTF-16"),
    ('{"a": "张三"}'.encode("utf-16-le"), "UTF-16"),
    ('{"a": "张三"}'.encode("utf-16-be"), "UTF-16"),
    ('{"a": "张三"}'.encode("utf-32"), "UTF-32"),
    ('{"a": "张三"}'.encode("utf-32-be"), "UTF-32"),
    ('{"a": "张三"}'.encode("utf-8-sig"), "BOM"),
    (b'{"a": "\xff\xff"}', "UTF-8"),
    (b'{"a": "x\\u0000y"}', "NUL"),
    (b'{"a": "\\ud800"}', "surrogate"),
    (b'{"a": 1, "a": 2}', "repeated"),
    (b'{"a": NaN}', "NaN"),
    (b'{"a": 1e400}', "too large"),
    (b"[" * 100_000, "nested"),
    (b'{"a": \n oops}', "line 2"),
]


@pytest.mark.parametrize(("body", "said"), SAID)
def test_what_is_wrong_with_a_body_is_said_in_both_languages(body: bytes, said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse(body)
    assert said in refused.value.sentence.en
    assert refused.value.sentence.zh != PROBLEMS["not-json"].sentence.zh

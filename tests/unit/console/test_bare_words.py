"""What the scenes in the browser hold against every page that is opened: a planted code is found, a name is none."""

import pytest

from tests.browser.reading import bare


@pytest.mark.parametrize(
    "code", ["NO_ISSUE", "reply-sign", "readings", "united-front", "ST04", "b86d9f58f6b23a0c4", "form"]
)
def test_a_code_without_words_is_found(code: str) -> None:
    assert bare(f"办理结果{code}。等次 A，SHA-256，导出 Excel") == [code]


@pytest.mark.parametrize(
    "said", ["NL-D01 欠缴税款", "N19-4 告知书", "2026.1-demo", "演示材料.pdf", "n***@***.invalid", "等次 A"]
)
def test_a_name_is_none(said: str) -> None:
    assert bare(said) == []

"""By what somebody is found: as they are written, as they are said, and by numbers of theirs."""

import pytest

from services.officers.readmodel.reading.concerned import Named
from services.officers.readmodel.reading.finding import matches, order_of

WHO = Named("单雄信", "东湖机械有限公司", "91330100MA27ABCD1X")


@pytest.mark.parametrize(
    "typed",
    [
        *("单雄信", "雄信", "单", " 单 雄信 ", "东湖", "机械"),
        *("shanxiongxin", "danxiongxin", "SHAN", "sxx", "shxx", "shanxx", "xiongx", "xx"),
        *("9133", "91330100ma27", "９１３３", "n-2026.1"),
    ],
)
def test_a_person_is_found(typed: str) -> None:
    assert matches(typed, "N-2026.1", WHO)


@pytest.mark.parametrize(
    "typed",
    ["信单", "xin", "shanxin", "hanx", "913", "330100", "N-2026", "N-2026.12", "·", " ", "lixiongxin"],
)
def test_others_are_not(typed: str) -> None:
    assert not matches(typed, "N-2026.1", WHO)


def test_of_whom_one_may_not_know_the_number_alone_finds_the_case() -> None:
    assert matches("c1", "c1", None)
    assert not matches("单", "c1", None)


def test_a_name_of_several_parts_is_found_by_any_of_its_signs() -> None:
    several = Named("阿卜杜拉·艾力")
    assert matches("杜拉艾", "c1", several)
    assert matches("abudula", "c1", several)


def test_names_stand_in_the_order_in_which_they_are_said_and_nobody_comes_last() -> None:
    names = [None, Named("赵一"), Named("安二"), Named("吕三")]
    ordered = sorted(names, key=order_of)
    assert [one and one.name for one in ordered] == ["安二", "吕三", "赵一", None]

"""What is wrong is said as people say it: nothing of headers, formats or the library's English."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import Headers

from services.kit.errors import InvalidError
from services.officers.documents.kinds import BEGINNINGS
from services.officers.views.act_forms import OfferView
from services.officers.views.schemas import form_schema
from services.officers.views.seats import DeathBody, OtherSeatBody
from services.officers.watching.intake import KINDS
from services.officers.web.days import PastDay, last_ahead, last_behind
from services.officers.web.faults import invalid
from services.officers.web.media import kind_of
from services.officers.web.problems import RefusedError


def refused(kind: str, rule: dict[str, str], reason: str) -> RefusedError:
    fault: dict[str, Any] = {"field": "query.state", "kind": kind, "rule": rule, "reason": reason}
    return invalid(InvalidError(extra={"errors": [fault]}))


def test_of_a_choice_the_chinese_sentence_is_chinese() -> None:
    expected = "'', 'open', 'done', 'cancelled' or 'void'"
    said = refused("literal_error", {"expected": expected}, f"Input should be {expected}").sentence
    assert "应为（留空）、open、done、cancelled、void之一" in said.zh
    assert "' or '" not in said.zh


def test_of_a_day_that_there_is_not_it_is_said_that_there_is_none() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(PastDay).validate_python("2019-02-30")
    (fault,) = caught.value.errors()
    said = refused(fault["type"], {}, fault["msg"]).sentence
    assert "没有这一天" in said.zh
    assert "There is no such day" in said.en
    assert "outside expected range" not in said.en


@pytest.mark.parametrize("kinds", [tuple(BEGINNINGS), KINDS])
def test_a_file_of_another_kind_is_refused_without_a_word_of_headers(kinds: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError) as caught:
        kind_of(Headers({"content-type": "text/plain"}), kinds)
    said = caught.value.sentence
    assert said.zh.startswith("不接受这种文件。")
    assert all(kind in said.zh and kind in said.en for kind in kinds)
    assert "Content-Type" not in said.zh + said.en


def days(schema: Any) -> dict[str, tuple[str, str]]:
    return {
        name: (part["x-first"], part["x-last"])
        for name, part in schema["properties"].items()
        if "x-first" in part
    }


def test_a_form_says_between_which_days_each_may_lie() -> None:
    behind = ("1900-01-01", str(last_behind()))
    handed = form_schema("2026.1", "committee-minutes")
    assert days(handed) == {"meeting_on": behind}
    offered = OfferView.of("record-death", DeathBody, "/cases/c1/death", "2026.1")
    assert days(offered.form) == {"died_on": behind}
    ahead = OfferView.of("record-seat", OtherSeatBody, "/cases/c1/seats", "2026.1")
    assert days(ahead.form)["since"] == ("1900-01-01", str(last_ahead()))
    assert "x-ahead" not in str(ahead.form)

"""The list of refused acts says in words what was asked and why not, of every route and for every reason."""

from datetime import UTC, datetime

import pytest

from contracts.refusals import RefusalCode
from contracts.words.loader import words
from services.officers.desk.acts import act_code
from services.officers.desk.freeing import Freeing
from services.officers.desk.moving import Moving
from services.officers.desk.tables import RefusedRow
from services.officers.views.record import RefusalView
from services.officers.web.language import Language
from tests.codes import asked_routes

ASKED = asked_routes()


def view(act: str, code: str, language: Language) -> RefusalView:
    row = RefusedRow(
        refusal_id="r1",
        at=datetime(2026, 3, 2, tzinfo=UTC),
        account_id="a1",
        person_id="p1",
        roles="SCREENER",
        act=act,
        target="t1",
        code=code,
        body_digest="",
    )
    return RefusalView.of(row, "", None, "2026.1", language)


def test_the_routes_that_are_asked_are_all_there() -> None:
    assert len(ASKED) > 60
    assert {"complete", "claim", "open_batch", "reveal"} <= set(ASKED)


@pytest.mark.parametrize("act", [*ASKED, Freeing.act, Moving.act])
def test_every_act_that_may_be_refused_has_words(act: str) -> None:
    assert act_code(act) in words("act")


@pytest.mark.parametrize(("language", "said"), [("zh", "办结任务"), ("en", "Complete a task")])
def test_an_act_is_called_as_the_office_calls_it(language: Language, said: str) -> None:
    assert view("complete", "case-ended", language).names["act"] == said


@pytest.mark.parametrize("code", [one.value for one in RefusalCode])
def test_every_reason_is_said_beside_its_code(code: str) -> None:
    told = view("complete", code, "zh")
    assert told.code == code
    assert told.names["code"]
    assert not told.names["code"].isascii()

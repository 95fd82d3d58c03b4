"""Language, problems and forms: what a caller is told, and in which words."""

import httpx2
import pytest
from starlette.responses import JSONResponse

from contracts.policy.model import Text
from contracts.refusals import RefusalCode
from services.kit.http import within_limits
from services.officers.app import spoken
from services.officers.web.forms import check_form
from services.officers.web.language import language_of
from services.officers.web.problems import PASSING, PROBLEMS, RefusedError


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"),
        ("en", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr,de", "zh"),
        ("zh;q=0.1, en;q=0.2", "en"),
        ("en;q=0", "zh"),
        ("en;q=nan", "zh"),
        (";;;,,,q=", "zh"),
    ],
)
def test_the_better_liked_language_is_spoken(header: str, language: str) -> None:
    assert language_of(header) == language


def test_every_refusal_of_a_rule_has_a_problem() -> None:
    assert {code.value for code in RefusalCode} <= set(PROBLEMS)


def test_every_problem_speaks_both_languages_under_a_status_of_refusal() -> None:
    for code, problem in PROBLEMS.items():
        assert 400 <= problem.status < 600, code
        for text in (problem.title, problem.sentence):
            assert text.en.isascii(), code
            assert not text.zh.isascii(), code
    assert set(PROBLEMS) >= PASSING


def test_a_refusal_is_said_in_the_callers_language_with_all_that_comes_with_it() -> None:
    said = Text(zh="另一人决定", en="another decides")
    refusal = RefusedError("same-person", said, extra={"errors": [Text(zh="错", en="bad")]})
    english, chinese = refusal.spoken("en").problem(), refusal.spoken("zh").problem()
    assert (english["detail"], chinese["detail"]) == ("another decides", "另一人决定")
    assert (english["errors"], chinese["errors"]) == (["bad"], ["错"])
    assert english["next"].startswith("Let a colleague")
    assert chinese["next"].startswith("请由本角色")
    assert english["type"] == chinese["type"] == "https://qingxuan.invalid/problems/same-person"
    assert english["status"] == 403


def test_a_code_without_an_entry_is_still_a_refusal() -> None:
    assert RefusedError("never-heard-of").spoken("en").problem()["status"] == 409


def test_a_form_is_held_against_the_schema_of_its_outcome() -> None:
    check_form("2026.1", "screen", "PASS", {})
    with pytest.raises(RefusedError) as refused:
        check_form("2026.1", "screen", "PASS", {"name": "secret value"})
    assert refused.value.code == "form-invalid"
    assert "secret" not in str(refused.value.spoken("en").problem())


def test_each_faulty_field_of_a_form_is_named_without_its_value() -> None:
    finding = {"item": "secret", "subject": "person", "anchor": "2026-02-30"}
    with pytest.raises(RefusedError) as refused:
        check_form("2026.1", "reply", "ISSUE", {"findings": [finding]})
    errors = refused.value.extra["errors"]
    assert {"form.findings.0.item", "form.findings.0.anchor", "form.findings.0.issuer"} <= {
        e["field"] for e in errors
    }
    assert "secret" not in str(errors)


def test_an_outcome_that_the_task_has_not_is_left_to_the_rule() -> None:
    check_form("2026.1", "screen", "NONSENSE", {"anything": 1})


@pytest.mark.parametrize(
    ("language", "name", "body", "said"),
    [
        ("zh", "evil.example", b"", "不是本服务的名称"),
        ("en", "evil.example", b"", "Not asked by a name of this service"),
        ("zh", "localhost", b"x" * 99, "正文过大"),
        ("en", "localhost", b"x" * 99, "The body is too large"),
    ],
)
async def test_what_the_limits_before_the_api_refuse_is_said_in_the_callers_language(
    language: str, name: str, body: bytes, said: str
) -> None:
    app = within_limits(JSONResponse({}), max_body=10, speak=spoken)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://x") as client:
        headers = {"Host": name, "Accept-Language": language}
        answer = await client.post("/v1/me", content=body, headers=headers)
    assert answer.json()["title"] == said
    assert answer.headers["content-language"] == language

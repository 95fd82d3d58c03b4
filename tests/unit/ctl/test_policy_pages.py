"""A policy as people read it: everything is on the page, in words, and worked on real days."""

import re
from collections.abc import Mapping

import pytest
from typer.testing import CliRunner

from contracts.policy.loader import digest, released, versions
from services.ctl.__main__ import app
from services.ctl.policy_pages import forms, separation, timeline
from services.ctl.policy_pages.consequences import chinese, consequences
from services.ctl.policy_pages.lists import negative_list
from services.ctl.policy_pages.page import policy_page
from services.kit.policy_words import limit_in_words
from services.worker.explaining import what_follows

POLICY = released("2026.1")
DEMO = released("2026.1-demo")
PAGE = policy_page(POLICY, digest("2026.1"))
CHINESE, ENGLISH = PAGE.split('<article id="en"')


def told(line: tuple[timeline.Mark, ...]) -> list[tuple[str, str]]:
    return [(mark.rung, mark.when.zh) for mark in line]


@pytest.mark.parametrize("version", versions())
def test_everything_of_a_version_is_on_its_page_in_both_languages(version: str) -> None:
    policy = released(version)
    page = policy_page(policy, digest(version))
    chinese, english = page.split('<article id="en"')
    coded = [*policy.stages, *policy.tasks, *policy.notices, *policy.negative_list, *policy.roles]
    assert [one.code for one in coded if one.code not in page] == []
    for named in (*coded, *policy.departments):
        assert _escaped(named.name.zh) in chinese, named.code
        assert _escaped(named.name.en) in english, named.code
    for rule in policy.separation:
        assert _escaped(rule.text.zh) in chinese
        assert _escaped(rule.text.en) in english
    assert digest(version) in chinese


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;")


def test_chinese_comes_first_and_the_page_needs_nothing_from_elsewhere() -> None:
    assert PAGE.index('id="zh"') < PAGE.index('id="en"')
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"|@import|<script', PAGE) == []
    assert "{{" not in PAGE
    assert "{%" not in PAGE


def test_a_ladder_is_drawn_on_the_week_of_the_procedures_own_example() -> None:
    # Domain §8.0: issued Monday 03-02, ten working days.
    assert told(timeline.line(POLICY, POLICY.task("reply"))) == [
        ("opens", "3月2日（周一）09:00"),
        ("blue", "3月11日（周三）09:00"),
        ("due", "3月16日（周一）24:00"),
        ("yellow", "3月17日（周二）09:00"),
        ("red", "3月19日（周四）09:00"),
        ("conference", "3月23日（周一）09:00"),
    ]
    assert timeline.line(POLICY, POLICY.task("count")) == ()


def test_the_expiry_of_a_right_is_the_end_of_its_day_and_a_demonstration_counts_seconds() -> None:
    assert told(timeline.line(POLICY, POLICY.task("statement")))[-1] == ("expired", "3月9日（周一）24:00")
    assert told(timeline.line(DEMO, DEMO.task("reply")))[1] == ("blue", "60秒后")
    assert "演示件，不具效力" in policy_page(DEMO, digest("2026.1-demo"))


def test_limits_are_in_words_and_an_extension_only_where_it_can_be_asked() -> None:
    limit = POLICY.limits["report_check"]
    assert limit_in_words(limit, extendable=True).zh == "10个工作日，可延长1次，每次10个工作日"
    assert limit_in_words(limit, extendable=False).en == "10 working days"
    assert limit_in_words(POLICY.limits["hold"], extendable=False).en == "3 months"
    assert limit_in_words(None, extendable=False).zh == "无期限"


def test_the_look_back_is_worked_on_a_day() -> None:
    rows = {row[0].zh: row for row in negative_list(POLICY).rows}
    assert (
        rows["NL-A04"][4].zh == "自决定作出之日起5年。例：起算日 2026-03-02，批次截止日早于 2031-03-02 的计入"
    )
    assert rows["NL-C01"][4].en == "for life"
    assert rows["NL-X01"][7].en == "retired"


def test_separation_is_a_matrix_of_roles() -> None:
    found = separation.matrix(POLICY)
    codes = [code for code, _ in found.roles]

    def cell(one: str, other: str) -> str:
        return found.rows[codes.index(one)][codes.index(other)]

    assert cell("NOTICE_OFFICER", "REPORT_HANDLER").split()[0] == "SOD-04"
    assert cell("NOMINATOR", "INSPECTOR") == cell("INSPECTOR", "NOMINATOR") == "SOD-01"
    assert cell("INSPECTOR", "INSPECTOR") == "≠ R05 ≠ ST07"
    assert cell("CLERK", "ARCHIVIST") == ""


@pytest.mark.parametrize("form", POLICY.forms, ids=lambda form: form.code)
def test_the_example_of_a_form_is_one_that_the_form_takes(form: forms.Form) -> None:
    shown = {field.title.zh: field for field in forms.example(form, POLICY)}
    for schema in _strings(form.json_schema):
        field = shown[str(schema["title"]).split(" / ")[0]]
        assert field.value is not None
        if "pattern" in schema:
            assert re.fullmatch(str(schema["pattern"]), field.value.zh), field
    sealed = {field.title.en for field in shown.values() if field.sealed and field.depth == 0}
    assert len(sealed) == len(form.sealed)


def _strings(schema: Mapping[str, object]) -> list[Mapping[str, object]]:
    found: list[Mapping[str, object]] = []
    properties = schema.get("properties", {})
    assert isinstance(properties, dict)
    for below in properties.values():
        inner = below.get("items", below)
        found += _strings(inner) if inner.get("type") == "object" else [below]
    return found


def test_what_follows_stands_beside_the_outcomes_in_the_words_of_both_languages() -> None:
    told = consequences(POLICY)
    assert told["lead"]["OPENED"].zh == "进入 R02 初核；请办：初核"
    assert told["lead"]["DUPLICATE"].en.startswith("ends: Merged; ")
    assert told["removal-opinion-head"]["DEFER"].zh == "出具廉洁意见。；暂缓：廉洁意见为暂缓"
    assert "退回 <code>RETURN</code>" in PAGE
    assert "任务下达：补正材料" in PAGE
    # Of a second signature the first one's outcome comes to count.
    assert "最终结果：合格" in PAGE
    assert "What comes to count: Pass" in PAGE


def test_every_sentence_of_the_code_has_its_chinese_and_none_is_left_over() -> None:
    said = [one.says for task in what_follows().values() for then in task.values() for one in then]
    assert {sentence for sentence in said if sentence} == chinese().keys()


def test_an_outcome_that_has_no_words_yet_is_shown_by_its_code() -> None:
    removal = POLICY.procedures["removal"]
    tasks = [
        task.model_copy(update={"outcomes": ("OPENED", "UNHEARD_OF")}) if task.code == "lead" else task
        for task in removal.tasks
    ]
    procedures = {**POLICY.procedures, "removal": removal.model_copy(update={"tasks": tuple(tasks)})}
    assert "<td>UNHEARD_OF</td>" in policy_page(POLICY.model_copy(update={"procedures": procedures}), "—")


def test_the_command_prints_the_page_and_refuses_a_version_that_there_is_not() -> None:
    runner = CliRunner()
    shown = runner.invoke(app, ["policy", "show", "2026.1"])
    assert (shown.exit_code, shown.stdout) == (0, PAGE)
    missing = runner.invoke(app, ["policy", "show", "1999.1"])
    assert missing.exit_code == 1
    assert "released are 2017.1" in missing.stderr

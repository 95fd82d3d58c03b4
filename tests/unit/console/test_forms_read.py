"""What people type is understood: several notations, an input method's signs, lists that grow without a script."""

import pytest

from services.console.forms import dates
from services.console.forms.draw import Known, draw
from services.console.forms.faults import faults, told
from services.console.forms.fields import mistakes
from services.console.forms.kinds import Kind
from services.console.forms.read import edited, read
from services.console.forms.sentences import said
from tests.unit.console.schemas import FORMS, leaves

FINDINGS = next(schema for name, schema in FORMS.items() if name.endswith(" findings"))
MINUTES = next(schema for name, schema in FORMS.items() if name.endswith(" committee-minutes"))
COUNT = next(schema for name, schema in FORMS.items() if name.endswith(" count"))
WORDS = Known(
    choices={"findings.subject": [("person", said("本人", "Person")), ("enterprise", said("企业", "Firm"))]}
)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-3-2",
        "20260302",
        "2026年3月2日",
        "２０２６年３月２日",
        "2026/03/02",
        " 2026.3.2 ",
        "2026 年 3 月 2 日",
    ],
)
def test_one_day_in_several_notations_is_one_value(typed: str) -> None:
    assert dates.read_day(typed) == "2026-03-02"


@pytest.mark.parametrize("typed", ["3/2/2026", "2026-3/2", "2026-02-30", "26-3-2", "2026-3", "明天"])
def test_what_is_no_day_or_could_be_two_stays_as_it_was_typed(typed: str) -> None:
    assert dates.read_day(typed) == typed


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2026-3-2 9:30", "2026-03-02T09:30:00+08:00"),
        ("2026年3月2日9时30分", "2026-03-02T09:30:00+08:00"),
        ("２０２６－３－２　９：３０", "2026-03-02T09:30:00+08:00"),
        ("2026年3月2日 14点", "2026-03-02T14:00:00+08:00"),
        ("20260302 14:00:05", "2026-03-02T14:00:05+08:00"),
        ("2026-03-02T01:30:00Z", "2026-03-02T01:30:00+00:00"),
        ("2026-3-2 25:00", "2026-3-2 25:00"),
        ("2026-03-021:00", "2026-03-021:00"),
        ("9:30", "9:30"),
    ],
)
def test_a_time_without_a_zone_is_chinas(typed: str, value: str) -> None:
    assert dates.read_instant(typed) == value


def test_an_instant_is_shown_as_one_would_type_it() -> None:
    assert dates.show_instant("2026-03-02T01:30:00Z") == "2026-03-02 09:30"
    assert dates.show_instant("2026-03-02T09:30:05+08:00") == "2026-03-02 09:30:05"
    assert dates.show_instant("morgen") == "morgen"


def test_codes_are_read_from_an_input_method_and_in_small_letters() -> None:
    typed = {"form.findings.0.item": "ｎｌ－ｄ０１", "form.findings.0.subject_id": "91150400ma0example"}
    item = read(FINDINGS, typed)["findings"][0]
    assert item == {"item": "NL-D01", "subject_id": "91150400MA0EXAMPLE"}


def test_numbers_are_whole_or_stay_what_was_typed() -> None:
    value = read(COUNT, {"form.members": "１３１", "form.present": "88.5", "form.votes_for": " "})
    assert value == {"members": 131, "present": "88.5"}
    assert sorted(faults(COUNT, value)) == ["present", "votes_for"]


def test_a_decision_has_no_default() -> None:
    form = draw(MINUTES)
    choice = next(leaf for leaf in leaves(form) if leaf.kind is Kind.YES_NO)
    assert not any(option.chosen for option in choice.options)
    assert faults(MINUTES, read(MINUTES, {}))["whole_list"].en == "one must be chosen"
    assert (
        faults(MINUTES, read(MINUTES, {"form.whole_list": "perhaps"}))["whole_list"].en
        == "one must be chosen"
    )
    assert read(MINUTES, {"form.whole_list": "false"})["whole_list"] is False


def test_a_list_grows_and_shrinks_without_a_script() -> None:
    typed = {"form.findings.0.text": "一", "form.findings.1.text": "二"}
    three = edited(FINDINGS, {**typed, "add": "form.findings"})
    assert three == {"findings": [{"text": "一"}, {"text": "二"}, {}]}
    two = edited(FINDINGS, {**typed, "remove": "form.findings.0"})
    assert two == {"findings": [{"text": "二"}]}
    first = edited(MINUTES, {"add": "form.recusals"})
    assert (first or {})["recusals"] == [{}]
    assert edited(FINDINGS, typed) is None
    assert edited(FINDINGS, {**typed, "add": "other.findings"}, "form") is None


@pytest.mark.parametrize(
    "path", ["form.nothing", "form.findings.7.text", "form.findings.0.text", "form.", "form.findings.x"]
)
def test_a_button_that_names_no_list_adds_nothing(path: str) -> None:
    assert edited(FINDINGS, {"form.findings.0.text": "一", "add": path}) == {"findings": [{"text": "一"}]}


def test_a_full_list_takes_no_more_and_a_longer_one_is_a_fault() -> None:
    full = {f"form.findings.{place}.text": "一" for place in range(20)}
    assert not draw(FINDINGS, read(FINDINGS, full), known=WORDS).fields[0].more
    assert len((edited(FINDINGS, {**full, "add": "form.findings"}) or {})["findings"]) == 20
    assert "findings" in faults(FINDINGS, read(FINDINGS, {**full, "form.findings.20.text": "一"}))


def test_an_item_left_blank_between_two_is_left_out() -> None:
    typed = {"form.findings.0.text": "一", "form.findings.1.text": " ", "form.findings.4.text": "二"}
    assert read(FINDINGS, typed) == {"findings": [{"text": "一"}, {"text": "二"}]}


def test_long_texts_keep_their_lines_and_lose_what_surrounds_them() -> None:
    assert read(FINDINGS, {"form.findings.0.text": "\r\n 一\r\n二\u3000"}) == {
        "findings": [{"text": "一\n二"}]
    }


def test_the_summary_says_which_item_is_meant_and_leads_to_the_field() -> None:
    value = {"findings": [{"liable": True}, {"text": "二"}]}
    lines = mistakes(draw(FINDINGS, value, faults(FINDINGS, value), "zh", WORDS))
    liable = next(line for line in lines if "法定代表人" in line.label)
    assert liable.label.startswith("第 2 项 · ")
    assert liable.target == "form-findings-1-liable-true"
    english = mistakes(draw(FINDINGS, value, faults(FINDINGS, value), "en", WORDS))
    assert "Item 2 · Facts" not in {line.label for line in english}
    assert "Item 1 · Facts" in {line.label for line in english}


def test_faults_that_the_api_names_find_their_fields() -> None:
    assert told({"form.findings.0.item": said("不对", "wrong"), "form": said("缺少", "missing")}) == {
        "findings.0.item": said("不对", "wrong"),
        "": said("缺少", "missing"),
    }


def test_a_code_without_words_is_not_shown() -> None:
    with pytest.raises(LookupError):
        draw(FINDINGS, {"findings": [{}]})


def test_what_the_schema_cannot_say_is_known_from_beside_it() -> None:
    items = [("NL-D01", said("NL-D01 欠缴税款", "NL-D01 Tax arrears"))]
    known = Known(choices={**WORDS.choices, "findings.item": items}, documents=frozenset({"minutes_digest"}))
    item = next(
        leaf for leaf in leaves(draw(FINDINGS, None, None, "zh", known)) if leaf.name.endswith(".item")
    )
    assert (item.kind, item.options[0].label) == (Kind.CHOICE, "NL-D01 欠缴税款")
    paper = next(leaf for leaf in leaves(draw(MINUTES, known=known)) if leaf.name == "form.minutes_digest")
    assert paper.kind is Kind.DOCUMENT


def test_what_need_not_be_answered_can_be_left_blank_again() -> None:
    form = draw(FINDINGS, {"findings": [{"unmatched": True}]}, known=WORDS)
    leaf = next(one for one in leaves(form) if one.name.endswith("unmatched"))
    assert [(option.value, option.chosen) for option in leaf.options] == [
        ("true", True),
        ("false", False),
        ("", False),
    ]
    assert "unmatched" not in read(FINDINGS, {leaf.name: "", "form.findings.0.text": "一"})["findings"][0]

"""The letters' texts, rendered: each says what every notice must carry, and no value becomes a template."""

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from contracts.policy.letter_rules import FIELDS
from contracts.policy.loader import released

NOTICES = {notice.code: notice for notice in released("2026.1").notices}
ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)  # plain text, not HTML


def rendered(template: str, **given: str) -> str:
    """The text with these fields and the others empty, as a sender gives them."""
    return ENVIRONMENT.from_string(template).render(dict.fromkeys(FIELDS, "") | given)


@pytest.mark.parametrize("code", sorted(NOTICES))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_letter_shows_every_value_that_it_was_given(code: str, language: str) -> None:
    notice = NOTICES[code]
    template = getattr(notice.body, language)
    shown = {name for name in FIELDS if f"{{{{ {name} }}}}" in template}
    text = rendered(template, **{name: f"<{name}>" for name in FIELDS})
    # Of the two sides of a condition only one is shown; a second rendering without its field shows the other.
    text += rendered(template, **{name: f"<{name}>" for name in FIELDS - {"outcome", "window_start"}})
    for name in shown:
        assert f"<{name}>" in text, name


@pytest.mark.parametrize("code", sorted(NOTICES))
def test_a_letter_without_a_reply_by_date_and_without_the_mark_has_no_empty_label(code: str) -> None:
    for language, labels in (("zh", ("期限：\n", "【】", "权利告知：\n\n")), ("en", ("Reply by: \n", "[]"))):
        text = rendered(getattr(NOTICES[code].body, language), rights="R")
        for label in labels:
            assert label not in text


def test_a_demonstration_letter_begins_with_its_mark() -> None:
    for notice in NOTICES.values():
        for language in ("zh", "en"):
            text = rendered(getattr(notice.body, language), demonstration_mark="NOT REAL")
            assert "NOT REAL" in text.splitlines()[0]


def test_a_value_with_markup_in_it_is_printed_as_it_stands() -> None:
    text = rendered(NOTICES["N08"].body.en, nominee_name="{{ 7 * 7 }}{% raw %}")
    assert "{{ 7 * 7 }}{% raw %}" in text
    assert "49" not in text


def test_no_subject_names_a_person_or_a_firm() -> None:
    for notice in NOTICES.values():
        for text in (notice.subject.zh, notice.subject.en):
            assert "{{ nominee_name }}" not in text
            assert "{{ firm }}" not in text


def test_a_provisional_window_is_said_to_be_provisional() -> None:
    assert "暂定" in rendered(NOTICES["N11"].body.zh)
    text = rendered(NOTICES["N11"].body.en, window_start="12 June", window_end="18 June 24:00")
    assert "from 12 June to 18 June 24:00" in text


def test_a_reporter_is_never_named_to_anybody() -> None:
    assert not {name for name in FIELDS if "reporter" in name}

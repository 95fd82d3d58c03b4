"""The letters' texts, rendered: each says what every notice must carry, and no value becomes a template."""

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from contracts.policy.letter_rules import FIELDS, FRAMED
from contracts.policy.loader import released

POLICY = released("2026.1")
FRAME = POLICY.letter_frame
NOTICES = {notice.code: notice for notice in POLICY.notices}
ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)  # plain text, not HTML


def rendered(template: str, **given: str) -> str:
    """The text with these fields and the others empty, as a sender gives them."""
    return ENVIRONMENT.from_string(template).render(dict.fromkeys(FIELDS | FRAMED, "") | given)


def letter(code: str, language: str, **given: str) -> str:
    """A whole letter with these fields and the others empty: its text, set into the frame."""
    notice = NOTICES[code]
    own = {"text": rendered(getattr(notice.text, language), **given)}
    own["title"] = getattr(notice.name, language)
    own["closing"] = getattr(notice.closing or FRAME.closing, language)
    return "\n\n".join(rendered(getattr(part, language), **given, **own) for part in FRAME.parts.values())


@pytest.mark.parametrize("code", sorted(NOTICES))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_letter_shows_every_value_that_it_was_given(code: str, language: str) -> None:
    template = "".join(getattr(text, language) for text in (NOTICES[code].text, *FRAME.parts.values()))
    shown = {name for name in FIELDS if f"{{{{ {name} }}}}" in template}
    text = letter(code, language, **{name: f"<{name}>" for name in FIELDS})
    # Of the two sides of a condition only one is shown; a second rendering without its field shows the other.
    text += letter(code, language, **{name: f"<{name}>" for name in FIELDS - {"outcome", "window_start"}})
    for name in shown:
        assert f"<{name}>" in text, name


@pytest.mark.parametrize("code", sorted(NOTICES))
@pytest.mark.parametrize(
    ("language", "labels"),
    [("zh", ("期限：", "【】", "权利告知：")), ("en", ("Reply by:", "[]", "Your rights:"))],
)
def test_a_letter_without_a_date_rights_or_mark_has_no_empty_label(
    code: str, language: str, labels: tuple[str, ...]
) -> None:
    text = letter(code, language)
    assert not [line for line in text.splitlines() if line.startswith(labels)]


def test_a_demonstration_letter_begins_with_its_mark() -> None:
    for language in ("zh", "en"):
        text = letter("N04", language, demonstration_mark="NOT REAL")
        assert "NOT REAL" in text.splitlines()[0]


def test_a_value_with_markup_in_it_is_printed_as_it_stands() -> None:
    text = letter("N08", "en", person_name="{{ 7 * 7 }}{% raw %}")
    assert "{{ 7 * 7 }}{% raw %}" in text
    assert "49" not in text


def test_no_subject_names_a_person_or_a_firm() -> None:
    for notice in NOTICES.values():
        subject = notice.subject or notice.name
        for text in (subject.zh, subject.en):
            assert "{{ person_name }}" not in text
            assert "{{ firm }}" not in text


def test_a_provisional_window_is_said_to_be_provisional() -> None:
    assert "暂定" in letter("N11", "zh")
    text = letter("N11", "en", window_start="12 June", window_end="18 June 24:00")
    assert "from 12 June to 18 June 24:00" in text


def test_a_reporter_is_never_named_to_anybody() -> None:
    assert not {name for name in FIELDS if "reporter" in name}

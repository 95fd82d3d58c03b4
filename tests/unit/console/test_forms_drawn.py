"""The part of a page that shows a form: each field has its label, each id stands once, each fault a link."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts.words.families import Language
from services.console.forms.draw import draw
from services.console.forms.faults import faults
from services.console.forms.fields import mistakes
from services.console.rendering import FOLDER
from services.console.wording import say
from tests.unit.console.schemas import FORMS, known

PAGE = """{% from "parts/form.html" import fault_summary, form_fields %}
{{ fault_summary(lines, t) }}<form>{% for form in forms %}{{ form_fields(form, t) }}{% endfor %}</form>"""


class Seen(HTMLParser):
    """What stands in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.asked: list[dict[str, str | None]] = []
        self.described: set[str] = set()
        self.links: set[str] = set()
        self.forbidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tests ask about."""
        of = dict(attrs)
        if of.get("id"):
            self.ids[str(of["id"])] += 1
        self.labelled |= {str(of["for"])} if tag == "label" else set()
        self.links |= {str(of["href"]).removeprefix("#")} if tag == "a" else set()
        self.described |= set(str(of.get("aria-describedby") or "").split())
        if tag in {"input", "select", "textarea"} and of.get("type") != "hidden":
            self.asked.append(of)
        self.forbidden += [
            name for name in of if name == "style" or name.startswith("on") or name == "required"
        ]


def _page(language: Language, name: str, value: object) -> str:
    schema = FORMS[name]
    found = faults(schema, value)
    forms = [
        draw(schema, value, found, language, known(schema), prefix=prefix) for prefix in ("ISSUE", "form")
    ]
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.from_string(PAGE)
    return page.render(
        lines=mistakes(forms[0]), forms=forms, t=lambda word, **values: say(language, word, **values)
    )


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_faulty_form_can_be_repaired_by_whoever_hears_or_sees_it(language: Language, name: str) -> None:
    seen = Seen()
    seen.feed(_page(language, name, {}))
    assert [one for one, times in seen.ids.items() if times > 1] == []
    assert {str(one["id"]) for one in seen.asked} <= seen.labelled
    assert seen.described | seen.labelled | seen.links <= seen.ids.keys()
    assert seen.forbidden == []


def test_what_was_typed_is_text_and_no_mark_up() -> None:
    name = next(name for name in FORMS if name.endswith(" explanation"))
    typed = "</textarea><script>alert(1)</script>"
    page = _page("zh", name, {"text": typed, "document_digest": '" onfocus="x'})
    assert "<script" not in page
    seen = Seen()
    seen.feed(page)
    assert seen.forbidden == []


def test_a_text_keeps_its_first_line_when_that_is_empty() -> None:
    name = next(name for name in FORMS if name.endswith(" explanation"))
    # A browser swallows the first line break of a text area.
    assert ">\n\n一</textarea>" in _page("zh", name, {"text": "\n一"})


def test_enter_in_a_field_presses_no_button_that_removes() -> None:
    name = next(name for name in FORMS if name.endswith(" findings"))
    page = _page("zh", name, {"findings": [{"text": "一"}, {"text": "二"}]})
    first = page.split("<button")[1].split(">")[0]
    assert 'name="remove"' in page
    assert "name=" not in first

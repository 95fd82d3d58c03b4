"""The families that a policy names, and where in it their words stand: nothing of it is written a second time."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from contracts.policy.model import Form, Policy
from contracts.policy.text import Text
from contracts.words.families import Family, UnknownWordError

TITLE_PARTS = " / "
"""Between the Chinese and the English of a form's title: a JSON Schema has one title only."""


class _Row(Protocol):
    @property
    def code(self) -> str: ...

    @property
    def name(self) -> Text: ...


_Pairs = Iterable[tuple[str, Text]]


def _rows(*groups: Iterable[_Row]) -> Iterator[tuple[str, Text]]:
    return ((row.code, row.name) for group in groups for row in group)


def form_title(form: Form) -> Text:
    """The title of a form in both languages. ValueError when it does not say both."""
    zh, parts, en = str(form.json_schema.get("title", "")).partition(TITLE_PARTS)
    if not parts:
        raise ValueError(f"the title of form {form.code} must be Chinese, {TITLE_PARTS!r}, English")
    return Text(zh=zh, en=en)


HOLDERS: Mapping[Family, Callable[[Policy], _Pairs]] = MappingProxyType(
    {
        "addressee": lambda policy: _rows(policy.addressees),
        "dimension": lambda policy: _rows(policy.grading.dimensions),
        "district": lambda policy: _rows(policy.districts),
        "form": lambda policy: ((form.code, form_title(form)) for form in policy.forms),
        "index-level": lambda policy: _rows(policy.grading.index_levels),
        "item": lambda policy: _rows(policy.negative_list),
        "kind": lambda policy: ((kind, procedure.name) for kind, procedure in policy.procedures.items()),
        "letter": lambda policy: _rows(policy.notices),
        "personal": lambda policy: _rows(policy.disclosure.personal),
        "purpose": lambda policy: _rows(policy.disclosure.every_purpose),
        "retention": lambda policy: _rows(policy.retention),
        "role": lambda policy: _rows(policy.roles),
        "separation": lambda policy: ((rule.code, rule.text) for rule in policy.separation),
        "stage": lambda policy: _rows(policy.stages),
        "task": lambda policy: _rows(policy.tasks),
        "title": lambda policy: _rows(policy.awards),
        "unit": lambda policy: _rows(policy.departments, policy.other_sources, policy.nominating_units),
    }
)


def held(policy: Policy, family: Family) -> Mapping[str, Text]:
    """Every code of the family that this policy names, with its words; UnknownWordError when policies name none."""
    rows = HOLDERS.get(family)
    if rows is None:
        raise UnknownWordError(f"no policy names a {family}")
    return dict(rows(policy))

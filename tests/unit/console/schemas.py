"""Every form of every released policy, and values that somebody might fill in: right ones, and any at all."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from contracts.policy import loader
from contracts.policy.text import Text
from contracts.signs import signs_fault
from services.console.forms.draw import Known
from services.console.forms.fields import Field
from services.console.forms.kinds import Kind, kind_of
from services.officers.views.schemas import form_schema

FORMS: dict[str, dict[str, Any]] = {}
"""By version and code; a form that two versions share stands here once."""
for _version in loader.versions():
    for _form in loader.released(_version).forms:
        _handed = form_schema(_version, _form.code)
        if _handed not in FORMS.values():
            FORMS[f"{_version} {_form.code}"] = _handed

_SIGNS = st.characters(codec="utf-8", categories=("L", "N", "P", "S")).filter(
    lambda sign: not signs_fault(sign)
)
_BEHIND = date(1900, 1, 1), date(2020, 1, 1)
"""Days that have been: the API takes no others."""


def parts(schema: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The schema and every schema in it, by path without numbers of items."""
    yield path, schema
    for name, inner in schema.get("properties", {}).items():
        yield from parts(inner, f"{path}.{name}" if path else name)
    if "items" in schema:
        yield from parts(schema["items"], path)


def known(schema: Mapping[str, Any]) -> Known:
    """Names for every enumerated code of the form."""
    named = {
        path: [(code, Text(zh=f"码{code}", en=f"code {code}")) for code in part["enum"]]
        for path, part in parts(schema)
        if "enum" in part
    }
    return Known(choices=named)


def values(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values that the schema takes, written as the console writes them."""
    match kind_of(schema):
        case Kind.GROUP:
            return _groups(schema)
        case Kind.LIST:
            most = min(schema["maxItems"], schema.get("minItems", 0) + 2)
            return st.lists(values(schema["items"]), min_size=schema.get("minItems", 0), max_size=most)
        case Kind.YES_NO:
            return st.booleans()
        case Kind.NUMBER:
            return st.integers(schema["minimum"], schema["maximum"])
        case Kind.CHOICE:
            return st.sampled_from(schema["enum"])
        case Kind.DATE:
            return st.dates(*_BEHIND).map(str)
        case Kind.INSTANT:
            days, seconds = st.dates(*_BEHIND), st.times().map(lambda time: time.replace(microsecond=0))
            return st.builds(lambda day, time: f"{day}T{time}+08:00", days, seconds)
        case Kind.CODE:
            codes = st.from_regex(schema["pattern"], fullmatch=True).map(str.strip)
            return codes.filter(lambda code: code.isascii() and len(code) <= schema["maxLength"])
        case Kind.LONG:
            return st.lists(_texts(schema), min_size=1, max_size=2).map("\n".join)
        case _:
            return _texts(schema)


def _groups(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    fields = {name: values(inner) for name, inner in schema.get("properties", {}).items()}
    asked = {name: fields[name] for name in schema.get("required", ())}
    free = {name: fields[name] for name in fields.keys() - asked.keys()}
    drawn = st.fixed_dictionaries(asked, optional=free)
    # An optional list without items is not told apart from one that is not given.
    full = drawn.map(lambda value: {k: v for k, v in value.items() if v != [] or k in asked})
    return full.filter(lambda value: len(value) >= schema.get("minProperties", 0))


def _texts(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
    return st.text(_SIGNS, min_size=1, max_size=min(schema["maxLength"], 12))


def anything(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values of the right shape and of any other."""
    scalars = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=5),
        st.text(max_size=2).map(lambda t: t * 3000),
    )
    match kind_of(schema):
        case Kind.GROUP:
            fields = {name: anything(inner) for name, inner in schema.get("properties", {}).items()}
            right = st.fixed_dictionaries({}, optional={**fields, "strange": scalars})
        case Kind.LIST:
            right = st.lists(anything(schema["items"]), max_size=3)
        case _:
            right = values(schema)
    return st.one_of(right, right, right, st.deferred(lambda: st.one_of(scalars, st.just({}), st.just([]))))


def posted(form: Field) -> dict[str, str]:
    """What a browser posts of the form as it is drawn."""
    found: dict[str, str] = {}
    for inner in leaves(form):
        # A browser sends line breaks as CR LF, and of radios only the one that is chosen.
        chosen = [option.value for option in inner.options if option.chosen]
        for value in chosen if inner.options else [inner.value.replace("\n", "\r\n")]:
            found[inner.name] = value
    return found


def leaves(form: Field) -> Iterator[Field]:
    """The fields that somebody fills in."""
    if form.kind in {Kind.GROUP, Kind.LIST}:
        for inner in form.fields:
            yield from leaves(inner)
    else:
        yield form

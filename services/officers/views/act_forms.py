"""The bodies of acts beside tasks as forms: the schema that guards the route, said with the few words of policy forms.

So a page draws what it does not know, as it draws the form of a task: closed objects, bounded texts, titles in both
languages, and choices where the policy or the words have a closed set. What a form cannot say the route still holds.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from contracts.case import CaseKind
from contracts.policy import loader
from contracts.policy.form_rules import DIGEST, KEYWORDS
from contracts.policy.model import Policy
from contracts.policy.procedure import Hint
from contracts.policy.text import Text
from contracts.vocabulary import CaseState
from contracts.words.held import TITLE_PARTS
from contracts.words.loader import words
from services.officers.views.base import Body, View
from services.officers.views.schemas import bilingual, bounded
from services.officers.web.days import AHEAD

LONGEST_CODE = 121
_LENGTHS = {"date": 10, "date-time": 40}
_KEPT = KEYWORDS - {"$schema", "title", "description", "format", "properties", "items", "required"}


class OfferView(View):
    """An act beside tasks that the caller may ask for: POST its body to `address` below /v1.

    `form` is the JSON Schema of what is filled in; `hints` say, by path, from where a value is chosen. `given` is what
    stands already and is sent along, by path; `begun` is what the form begins with. An act with kinds in `begun_from`
    is offered on a case of such a kind with all that is known there; `alone`: the form is enough without one.
    """

    code: str
    names: Text
    address: str
    form: dict[str, Any]
    hints: dict[str, dict[str, Any]]
    given: dict[str, Any]
    begun: dict[str, Any]
    begun_from: list[str]
    alone: bool

    @classmethod
    def of(
        cls,
        act: str,
        body: type[Body],
        address: str,
        policy: str,
        *,
        given: Mapping[str, Any] = MappingProxyType({}),
        begun: Mapping[str, Any] = MappingProxyType({}),
        begun_from: Collection[str] = (),
        fields: Mapping[str, bool] = MappingProxyType({}),
    ) -> "OfferView":
        """The act of this code at this address, with the choices that this version of the policy gives.

        `fields`: of those of which one is filled in, whether it is this one here.
        """
        whole = form_of(act, body, policy)
        whole = {**whole, "required": [*(name for name, here in fields.items() if here), *whole["required"]]}
        left_out = (name for name, here in fields.items() if not here)
        form = _without(whole, {*given, *left_out, *_GIVEN.get(act, ())})
        hints = dict(_hints(act, form, ""))
        return cls(
            code=act,
            names=words("act")[act],
            address=address,
            form=bounded(form),
            hints={path: hint.model_dump(exclude_defaults=True) for path, hint in hints.items()},
            given=dict(given),
            begun=dict(begun),
            begun_from=sorted(begun_from),
            alone=set(whole["required"]) <= set(form["required"]),
        )


@lru_cache(maxsize=500)
def form_of(act: str, body: type[Body], policy: str) -> dict[str, Any]:
    """The schema of the body, for an act of this code. LookupError for a field without words in `field.yaml`."""
    schema = body.model_json_schema()
    pen = _Pen(act, schema.get("$defs", {}), loader.released(policy))
    closed = {name: part for name, part in pen.closed(schema, "").items() if name != "title"}
    return bilingual(closed)


def word_of(act: str, path: str) -> str:
    """Under which code a field has its words: of the act where it means something of its own there, else its name."""
    own = f"{act}.{path}"
    return own if own in words("field") else path.rpartition(".")[2]


@dataclass(frozen=True)
class _Pen:
    act: str
    named: Mapping[str, Any]
    policy: Policy

    def closed(self, schema: Mapping[str, Any], path: str) -> dict[str, Any]:
        part = self._plain(schema)
        found = {name: value for name, value in part.items() if name in _KEPT}
        if path:
            title = words("field")[word_of(self.act, path)]
            found["title"] = f"{title.zh}{TITLE_PARTS}{title.en}"
        match part["type"]:
            case "object":
                below = part.get("properties", {})
                found["properties"] = {
                    name: self.closed(inner, f"{path}.{name}" if path else name)
                    for name, inner in below.items()
                }
                found["required"] = list(part.get("required", ()))
            case "array":
                found["items"] = self.closed(part["items"], path)
            case "string":
                found |= self._text(part, path)
        return found

    def _plain(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """What is asked for when something is: a reference followed, null left out."""
        if "$ref" in schema:
            return self._plain(self.named[str(schema["$ref"]).rpartition("/")[2]])
        if "anyOf" in schema:
            (one,) = (part for part in schema["anyOf"] if part.get("type") != "null")
            return self._plain(one)
        return schema

    def _text(self, part: Mapping[str, Any], path: str) -> dict[str, Any]:
        kind = str(part.get("format", ""))
        longest = part.get("maxLength", _LENGTHS.get(kind, LONGEST_CODE))
        found: dict[str, Any] = {"maxLength": longest, **({"format": kind} if kind in _LENGTHS else {})}
        found |= {AHEAD: True} if part.get(AHEAD) else {}
        choices = _CHOICES.get(word_of(self.act, path))
        if "enum" not in part and choices is not None:
            offered = dict(choices(self.policy))
            found |= {
                "enum": [*offered],
                "x-enum": {code: text.model_dump() for code, text in offered.items()},
            }
        return found


def _versions(policy: Policy) -> Iterator[tuple[str, Text]]:
    # The one that is in force here stands first.
    for version in sorted(loader.versions(), key=lambda one: one != policy.version):
        yield version, Text(zh=version, en=version)


def _units(policy: Policy) -> Iterator[tuple[str, Text]]:
    yield from ((one.code, one.name) for one in policy.departments)
    yield from ((one.code, one.name) for one in policy.nominating_units)


def _sources(policy: Policy) -> Iterator[tuple[str, Text]]:
    yield from ((one.code, one.name) for one in policy.departments)
    yield from ((one.code, one.name) for one in policy.other_sources)


_CHOICES: Mapping[str, Callable[[Policy], Iterator[tuple[str, Text]]]] = {
    "policy": _versions,
    "district": lambda policy: ((one.code, one.name) for one in policy.districts),
    "open-award.title": lambda policy: ((one.code, one.name) for one in policy.awards),
    "report-fact.source": _sources,
    "report-conflict.named_officer.unit": _units,
}
"""By the word of a field, the codes that may stand there and that the schema of the body leaves open."""


_GIVEN: Mapping[str, frozenset[str]] = {
    "open-removal": frozenset({"person_id", "tenure"}),
    "ask-about-data": frozenset({"case_id"}),
}
"""By act, what nobody types: it is known of the case from which the act is begun."""
_FOUND: Mapping[str, Hint] = {
    "report-conflict.person_id": Hint(source="people"),
    "cut-quota.order": Hint(source="cases", kind=CaseKind.NOMINATION.value, ordered=True),
    "open-batch.fills": Hint(source="cases", kind=CaseKind.TENURE.value, state=CaseState.VACANT.value),
    "open-removal.open_removal": Hint(source="cases", kind=CaseKind.REMOVAL.value),
    "open-removal.other_seats.tenure": Hint(source="cases", kind=CaseKind.TENURE.value),
    "record-seat.tenure": Hint(source="cases", kind=CaseKind.TENURE.value),
    "dispute-hit.hit": Hint(source="hits"),
    "doubt-match.match": Hint(source="matches"),
}
"""By act and path, from where a value is chosen."""


def _hints(act: str, schema: Mapping[str, Any], path: str) -> Iterator[tuple[str, Hint]]:
    if schema.get("pattern") == DIGEST:
        yield path, Hint(source="document")
    elif f"{act}.{path}" in _FOUND:
        yield path, _FOUND[f"{act}.{path}"]
    for name, part in schema.get("properties", {}).items():
        yield from _hints(act, part, f"{path}.{name}" if path else name)
    if schema.get("type") == "array" and f"{act}.{path}" not in _FOUND:
        yield from _hints(act, schema["items"], path)


def _without(schema: dict[str, Any], paths: Collection[str]) -> dict[str, Any]:
    """The schema of an object without these fields, each named by its path through objects."""
    fields = schema.get("properties", {})
    kept = {
        name: _without(part, {path.removeprefix(f"{name}.") for path in paths if path.startswith(f"{name}.")})
        for name, part in fields.items()
        if name not in paths
    }
    asked = [name for name in schema.get("required", ()) if name in kept]
    return {**schema, "properties": kept, "required": asked} if fields else schema

"""The bodies of acts beside tasks as forms: the schema that guards the route, said with the few words of policy forms.

So a page draws what it does not know, as it draws the form of a task: closed objects, bounded texts, titles in both
languages, and choices where the policy or the words have a closed set. What a form cannot say the route still holds.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from contracts.policy import loader
from contracts.policy.form_rules import DIGEST, KEYWORDS
from contracts.policy.model import Policy
from contracts.policy.text import Text
from contracts.words.held import TITLE_PARTS
from contracts.words.loader import words
from services.officers.views.base import Body, View
from services.officers.views.schemas import bilingual

LONGEST_CODE = 121
_LENGTHS = {"date": 10, "date-time": 40}
FROM = "x-from"
"""Beside a field whose value people find and do not type: `colleague`, one of `GET /v1/people`."""
_KEPT = KEYWORDS - {"$schema", "title", "description", "format", "properties", "items", "required"} | {FROM}


class OfferView(View):
    """An act beside tasks that the caller may ask for: POST its body to `address` below /v1.

    `form` is the JSON Schema of the body; `hints` say, by path, what is found and not typed: digests come `from` an
    uploaded `document`, people from their names (`colleague`). `given` is what the case says of the body, which is sent
    with it as it stands; to a list people may add.
    """

    code: str
    names: Text
    address: str
    form: dict[str, Any]
    hints: dict[str, dict[str, Any]]
    given: dict[str, Any]

    @classmethod
    def of(
        cls, act: str, body: type[Body], address: str, policy: str, given: Mapping[str, Any] | None = None
    ) -> "OfferView":
        """The act of this code at this address, with the choices that this version of the policy gives."""
        form = form_of(act, body, policy)
        return cls(
            code=act,
            names=words("act")[act],
            address=address,
            form=form,
            hints={path: {"from": source} for path, source in _found(form, "")},
            given=dict(given or {}),
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


def _sources(policy: Policy) -> Iterator[tuple[str, Text]]:
    yield from ((one.code, one.name) for one in policy.departments)
    yield from ((one.code, one.name) for one in policy.other_sources)


_CHOICES: Mapping[str, Callable[[Policy], Iterator[tuple[str, Text]]]] = {
    "policy": _versions,
    "district": lambda policy: ((one.code, one.name) for one in policy.districts),
    "open-award.title": lambda policy: ((one.code, one.name) for one in policy.awards),
    "report-fact.source": _sources,
}
"""By the word of a field, the codes that may stand there and that the schema of the body leaves open."""


def _found(schema: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    """The fields whose value is found somewhere, and where."""
    if schema.get("pattern") == DIGEST:
        yield path, "document"
    if FROM in schema:
        yield path, schema[FROM]
    for name, part in schema.get("properties", {}).items():
        yield from _found(part, f"{path}.{name}" if path else name)
    if "items" in schema:
        yield from _found(schema["items"], path)

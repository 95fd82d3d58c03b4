"""A form's schema and what is filled in so far as a tree of fields in one language. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contracts.policy.text import Text
from contracts.words.families import Language
from contracts.words.held import TITLE_PARTS
from services.console.forms import dates
from services.console.forms.fields import FEW, Field, Option
from services.console.forms.kinds import Kind, Schema, below, fields_of, kind_of
from services.console.forms.read import FORM
from services.console.forms.sentences import MISSING, NOT_CHOSEN

YES_NO = (("true", Text(zh="是", en="Yes")), ("false", Text(zh="否", en="No")))
NO_ANSWER = Text(zh="不填写", en="Leave blank")
HINTS = {
    Kind.DATE: Text(zh="例如 2026-3-2、20260302 或 2026年3月2日", en="Such as 2026-3-2 or 20260302"),
    Kind.LINES: Text(zh="每行一个", en="One in each line"),
    Kind.ORDER: Text(
        zh="在姓名前填写新的名次（1、2、3……）；不填的，不在其中",
        en="Write the new place (1, 2, 3 …) before each name; whoever has none is not among them",
    ),
    Kind.INSTANT: Text(
        zh="例如 2026-3-2 9:30 或 2026年3月2日9时30分，北京时间", en="Such as 2026-3-2 9:30, in China's time"
    ),
}
"""How a day and a time may be written, where the policy says nothing else of the field."""


@dataclass(frozen=True)
class Known:
    """What the schema cannot say of its fields, by their paths without the numbers of items (`findings.item`)."""

    choices: Mapping[str, Sequence[tuple[str, Text]]] = field(default_factory=dict)
    """The codes that a field may hold and what they are called. Every `enum` must have its words here."""
    documents: frozenset[str] = frozenset()
    """Digests that come from an uploaded file."""
    ordered: frozenset[str] = frozenset()
    """Lists in which it is said which of the choices come in which order."""
    sought: Mapping[str, str] = field(default_factory=dict)
    """Fields whose choices are too many to be all there, and by what those that are there were found."""
    now: str = ""
    """The minute that is proposed for a time that must be said and was not; empty where none is."""

    def joined(self, other: "Known") -> "Known":
        """What both know; of a field that both know, what the other says."""
        return Known(
            choices={**self.choices, **other.choices},
            documents=self.documents | other.documents,
            ordered=self.ordered | other.ordered,
            sought={**self.sought, **other.sought},
            now=other.now or self.now,
        )


NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class _Pen:
    language: Language
    known: Known
    errors: Mapping[str, Text]

    def of(self, text: Text | None) -> str:
        return "" if text is None else text.zh if self.language == "zh" else text.en

    def item(self, place: int) -> str:
        return f"第 {place + 1} 项" if self.language == "zh" else f"Item {place + 1}"


@dataclass(frozen=True)
class _Spot:
    """Where in the form: the name in the page, the path in the value, the path in the schema."""

    name: str
    path: str = ""
    kind: str = ""

    def field(self, name: str) -> "_Spot":
        return _Spot(below(self.name, name), below(self.path, name), below(self.kind, name))

    def item(self, place: int) -> "_Spot":
        return _Spot(below(self.name, place), below(self.path, place), self.kind)


def draw(
    schema: Schema,
    value: object = None,
    errors: Mapping[str, Text] | None = None,
    language: Language = "zh",
    known: Known = NOTHING_KNOWN,
    *,
    prefix: str = FORM,
) -> Field:
    """The form with what is filled in and what is wrong with it. Forms on one page need prefixes of their own.

    UnknownSchemaError for a schema that no page can ask for; LookupError for a code without words.
    """
    pen = _Pen(language, known, errors or {})
    return _draw(schema, {} if value is None else value, _Spot(prefix), pen, required=True)


def both(title: object) -> Text:
    """A title such as `姓名 / Name`; one without a slash is the same in both languages."""
    zh, _, en = str(title).partition(TITLE_PARTS)
    return Text(zh=zh, en=en or zh)


def _draw(schema: Schema, value: object, spot: _Spot, pen: _Pen, *, required: bool, label: str = "") -> Field:
    kind = kind_of(schema)
    title, description = (schema.get(word) for word in ("title", "description"))
    shared: dict[str, Any] = {
        "name": spot.name,
        "label": label or (pen.of(both(title)) if title else ""),
        "hint": pen.of(both(description) if description else HINTS.get(kind)),
        "required": required,
        "error": pen.of(pen.errors.get(spot.path)),
    }
    match kind:
        case Kind.GROUP:
            return Field(kind, **shared, fields=_of_group(schema, value, spot, pen))
        case Kind.LIST:
            return _of_list(schema, value, spot, pen, shared)
        case Kind.LINES if (choices := pen.known.choices.get(spot.kind)) is not None:
            return _of_several(choices, value, spot, pen, shared)
        case Kind.LINES:
            return Field(kind, **shared, value=_in_lines(value))
        case Kind.YES_NO:
            return Field(kind, **shared, options=_options(YES_NO, value, pen, required))
        case Kind.CODE if spot.kind in pen.known.documents:
            return Field(Kind.DOCUMENT, **shared, value=_shown(kind, value))
    choices = pen.known.choices.get(spot.kind)
    if kind is Kind.CHOICE:
        if choices is None:
            raise LookupError(f"the codes of {spot.kind} have no words")
        choices = [pair for pair in choices if pair[0] in schema["enum"]]
    if choices is not None:
        if pen.errors.get(spot.path) == MISSING:
            shared["error"] = pen.of(NOT_CHOSEN)
        # Its answers say what the description explains: the codes.
        sought = pen.known.sought.get(spot.kind)
        options = _options(choices, value, pen, required)
        return Field(Kind.CHOICE, **{**shared, "hint": ""}, options=options, sought=sought)
    if kind is Kind.INSTANT and required and value is None and not shared["error"]:
        value = pen.known.now or None
    limit = schema["maxLength"] if kind in {Kind.LINE, Kind.LONG} else 0
    return Field(kind, **shared, value=_shown(kind, value), limit=limit)


def _of_group(schema: Schema, value: object, spot: _Spot, pen: _Pen) -> tuple[Field, ...]:
    held = value if isinstance(value, dict) else {}
    asked = schema.get("required", ())
    return tuple(
        _draw(inner, held.get(name), spot.field(name), pen, required=name in asked)
        for name, inner in fields_of(schema).items()
    )


def _of_list(schema: Schema, value: object, spot: _Spot, pen: _Pen, shared: dict[str, Any]) -> Field:
    least, most, inner = schema.get("minItems", 0), schema["maxItems"], schema["items"]
    held = value if isinstance(value, list) else []
    rows = [*held, *[None] * (least - len(held))]

    return Field(
        Kind.LIST,
        **shared,
        fields=tuple(
            _draw(inner, row, spot.item(place), pen, required=True, label=pen.item(place))
            for place, row in enumerate(rows)
        ),
        more=len(rows) < most,
        fewer=len(rows) > least,
    )


def _of_several(
    choices: Sequence[tuple[str, Text]], value: object, spot: _Spot, pen: _Pen, shared: dict[str, Any]
) -> Field:
    held = value if isinstance(value, list) else []
    kind = Kind.ORDER if spot.kind in pen.known.ordered else Kind.MANY
    options = tuple(
        Option(code, pen.of(text), code in held, held.index(code) + 1 if code in held else 0)
        for code, text in choices
    )
    hint = pen.of(HINTS[kind]) if kind in HINTS else ""
    return Field(kind, **{**shared, "hint": hint}, options=options, sought=pen.known.sought.get(spot.kind))


def _in_lines(value: object) -> str:
    return "\n".join(str(one) for one in value) if isinstance(value, list) else ""


def _options(
    pairs: Sequence[tuple[str, Text]], value: object, pen: _Pen, required: bool
) -> tuple[Option, ...]:
    """The answers; among few that need not be chosen also the one to choose none, as a radio stays chosen."""
    shown = _shown(Kind.CHOICE, value)
    blank = () if required or len(pairs) > FEW else (("", NO_ANSWER),)
    return tuple(Option(code, pen.of(text), code == shown) for code, text in (*pairs, *blank))


def _shown(kind: Kind, value: object) -> str:
    """The value as one would type it."""
    match value:
        case None | dict() | list():
            return ""
        case bool():
            return "true" if value else "false"
        case str() if kind is Kind.INSTANT:
            return dates.show_instant(value)
        case _:
            return str(value)

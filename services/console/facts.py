"""What is being decided, as lines that people read: every code in words, nothing left raw that has a name. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from contracts.policy.model import Policy
from contracts.policy.procedure import Form
from contracts.words.families import Family
from contracts.words.held import HOLDERS, held
from contracts.words.loader import words as fields
from services.console.domain import known
from services.console.form_words import Hints, begun
from services.console.form_words import known as choices_of
from services.console.forms.dates import is_instant
from services.console.forms.draw import NOTHING_KNOWN, Known, draw
from services.console.forms.fields import Field
from services.console.forms.kinds import Kind
from services.console.language import Language
from services.console.moments import due, instant
from services.console.wording import words

FAMILIES: Mapping[str, Family] = {
    "seat": "seat",
    "unit": "unit",
    "kind": "task",
    "outcome": "outcome",
    "grade": "grade",
    "item": "item",
    "opinion": "outcome",
    "finding": "outcome",
    "urgent": "outcome",
    "answered": "outcome",
    "reviewed": "state",
    "title": "title",
    "what": "access-request",
    "right": "data-right",
    "source": "unit",
    "subject": "subject",
    "district": "district",
    "effect": "effect",
    "nominating_unit": "unit",
    "ruling": "ruling",
    "stage": "stage",
    "state": "state",
    "cause": "cause",
    "ground": "ground",
    "suspended": "cause",
    "role": "role",
    "owner": "seat-owner",
    "part": "firm-part",
    "about_kind": "kind",
}
"""In which family the code of a field has its words."""
OR_OF: Mapping[str, Family] = {"source": "lead-source"}
"""In which other one, where it has none there: of a fact the source is a unit, of a removal the kind of its lead."""
FIRST = ("name", "id_number", "firm", "credit_code", "position", "phone", "email")
"""Of a dossier, in the order in which people look for it."""
SIGNED = "signed_before"
"""The answer over which a second signature is asked for."""
OTHER = "case_facts.other"
"""What a field is called that has no name."""
CASES = frozenset({"nomination", "removal", "review", "about_case", "filled_by_batch"})
"""Fields that name another case by its id."""
UNSAID = frozenset(
    {
        "task_id",
        "answer_digest",
        "form",
        "form_code",
        "policy",
        "paper",
        "case_id",
        "wording",
        "index",
        "seen",
    }
    | {"dossier", "replies", SIGNED}
)
"""What the page shows elsewhere, or what is for machines."""


@dataclass(frozen=True)
class Fact:
    """One line; `case` is the id of the case that its text names."""

    label: str
    text: str
    case: str = ""


@dataclass(frozen=True)
class Section:
    """Lines that belong together, under a heading."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Reader:
    """Somebody who reads this language, under the policy of the case."""

    policy: Policy
    language: Language

    def word(self, family: Family, code: str) -> str:
        """The code in words; the code itself where nobody wrote any, which a test of the pages finds."""
        found = held(self.policy, family).get(code) if family in HOLDERS else None
        found = found or known(family, code)
        return code if found is None else found.zh if self.language == "zh" else found.en

    def label(self, name: str) -> str:
        """What a field is called; one that nobody named is `other`, and never its code: a test finds it."""
        own, said = words(self.language), fields("field").get(name)
        found = own.get(f"fact.{name}") or own.get(f"case_facts.{name}")
        return found or (own[OTHER] if said is None else said.zh if self.language == "zh" else said.en)

    def choices(
        self,
        schema: Mapping[str, Any],
        unit: str = "",
        hints: Hints | None = None,
        picked: Known = NOTHING_KNOWN,
    ) -> Known:
        """The words of every choice in a form, for a unit that fills it in; `hints` as the API gives them, and `picked`
        what is chosen from its lists."""
        return choices_of(schema, self.policy, unit, hints).joined(picked)

    def begun(self, hints: Hints) -> dict[str, Any]:
        """What a form with these hints holds before anybody has typed."""
        return begun(self.policy, hints)

    def sections(self, content: Mapping[str, Any]) -> tuple[Section, ...]:
        """Everything that stands in a task's or a case's content: what is signed, the person, the case, answers."""
        found = [*self.signed(content)]
        if content.get("dossier"):
            found.append(self._section("dossier", _ordered(content["dossier"])))
        plain = {name: value for name, value in content.items() if not isinstance(value, dict | list)}
        if "unit" in plain:
            # Of a case it is the unit that brought it.
            plain["nominating_unit"] = plain.pop("unit")
        found.append(self._section("case", plain))
        for name, value in content.items():
            if name not in UNSAID:
                found += self._nested(name, value)
        return tuple(one for one in found if one.facts)

    def signed(self, content: Mapping[str, Any]) -> tuple[Section, ...]:
        """What a second signature is given under, as it was answered; nothing where none is asked for."""
        answered = content.get(SIGNED)
        return (self.answer(self.label(SIGNED), answered),) if answered else ()

    def replies(self, content: Mapping[str, Any]) -> tuple[Section, ...]:
        """The earlier answers that whoever acts must have read."""
        return tuple(self.answer(self.label("reply"), one) for one in content.get("replies") or ())

    def told(self, payload: Mapping[str, Any]) -> tuple[Fact, ...]:
        """What an event says, as far as it has a name: digests and ids are for machines."""
        named = words(self.language)
        said = {
            name: value for name, value in payload.items() if f"fact.{name}" in named and value is not False
        }
        return tuple(self._lines(said))

    def answer(self, title: str, said: Mapping[str, Any]) -> Section:
        """How a task was answered: the outcome, then its form as it was asked for, then the reason."""
        shown = {name: said[name] for name in ("kind", "unit", "outcome", "at", "reason") if said.get(name)}
        reason = shown.pop("reason", "")
        facts = [*self._lines(shown)]
        form = self._form(said)
        if form is not None and said.get("form"):
            hints = {path: hint.model_dump() for path, hint in form.hints.items()}
            known_codes = self.choices(form.json_schema, hints=hints)
            facts += filled(draw(form.json_schema, said["form"], language=self.language, known=known_codes))
        facts += [Fact(self.label("reason"), reason)] if reason else []
        return Section(title, tuple(facts))

    def _nested(self, name: str, value: Any) -> Iterator[Section]:
        rows = value if isinstance(value, list) else [value]
        for row in rows:
            if isinstance(row, dict) and "outcome" in row and "task_id" in row:
                yield self.answer(self.label(name), row)
            elif isinstance(row, dict):
                yield self._section(name, row)

    def _section(self, name: str, values: Mapping[str, Any]) -> Section:
        return Section(self.label(name), tuple(self._lines(values)))

    def _lines(self, values: Mapping[str, Any]) -> Iterator[Fact]:
        for name, value in values.items():
            if name in UNSAID or value in (None, "", [], {}):
                continue
            if isinstance(value, dict):
                yield from self._lines(value)
            else:
                # A deadline is an instant; of a run of screening it is how many were due.
                counted = name == "due" and isinstance(value, int)
                other = value if name in CASES and isinstance(value, str) else ""
                yield Fact(self.label("due_count" if counted else name), self._text(name, value), other)

    def _text(self, name: str, value: Any) -> str:
        match value:
            case bool():
                return words(self.language)["yes" if value else "no"]
            case list():
                # What has lines of its own is told apart by a blank one.
                between = "\n\n" if any(isinstance(one, dict) for one in value) else "\n"
                return between.join(self._text(name, one) for one in value)
            case dict():
                colon = words(self.language)["form.colon"]
                return "\n".join(f"{fact.label}{colon}{fact.text}" for fact in self._lines(value))
            case str() if name in FAMILIES:
                said = self.word(FAMILIES[name], value)
                return self.word(OR_OF[name], value) if said == value and name in OR_OF else said
            case str() if name == "due":
                return due(value)
            case str() if is_instant(value):
                # Whatever the field is called: no list of names would know those of the next event.
                return instant(value)
            case _:
                return str(value)

    def _form(self, said: Mapping[str, Any]) -> Form | None:
        kinds = {task.code: task for task in self.policy.tasks}
        kind = kinds.get(str(said.get("kind")))
        if kind is None:
            return None
        return self.policy.form(kind.form_of(str(said["outcome"])))


def _ordered(dossier: Mapping[str, Any]) -> dict[str, Any]:
    """Who it is first, then the rest as it came."""
    return {**{name: dossier[name] for name in FIRST if name in dossier}, **dossier}


def filled(form: Field, files: Mapping[str, str] = MappingProxyType({})) -> Iterator[Fact]:
    """The fields of a form that are filled in, as lines; of an item of a list or a group it is said which.

    An answer by which none is given is no line. `files` says by digest what uploaded files are called here.
    """
    yield from _filled(form, "", files)


def _filled(one: Field, above: str, files: Mapping[str, str]) -> Iterator[Fact]:
    match one.kind:
        case Kind.GROUP:
            for inner in one.fields:
                within = inner.kind is Kind.GROUP and inner.label
                yield from _filled(inner, f"{above}{inner.label} · " if within else above, files)
        case Kind.LIST:
            for item in one.fields:
                yield from _filled(item, f"{one.label} · {item.label} · ", files)
        case Kind.MANY | Kind.ORDER:
            meant = sorted(
                (option for option in one.options if option.chosen), key=lambda option: option.place
            )
            if meant:
                yield Fact(f"{above}{one.label}", "\n".join(option.label for option in meant))
        case _:
            chosen = [option.label for option in one.options if option.chosen and option.value]
            text = chosen[0] if chosen else one.value
            if text and one.kind is Kind.DOCUMENT:
                text = " · ".join(filter(None, [files.get(text), f"SHA-256 {text[:16]}…"]))
            if text:
                yield Fact(f"{above}{one.label}", text)


@dataclass(frozen=True)
class Change:
    """A line that is another one now."""

    label: str
    before: str
    now: str


def changes(before: Sequence[Sequence[str]], now: Sequence[Section]) -> tuple[Change, ...]:
    """What stood on the page and what stands there now, where the two differ."""
    old = {str(label): str(text) for label, text in before}
    new = dict(flat(now))
    return tuple(
        Change(label, old.get(label, ""), new.get(label, ""))
        for label in dict.fromkeys([*old, *new])
        if old.get(label) != new.get(label)
    )


def flat(sections: Sequence[Section]) -> list[tuple[str, str]]:
    """Every line with the heading it stands under; equal ones are numbered, so that each is told apart."""
    found: dict[str, str] = {}
    for section in sections:
        for fact in section.facts:
            label, number = f"{section.title} · {fact.label}", 1
            while label in found:
                number += 1
                label = f"{section.title} · {fact.label} ({number})"
            found[label] = fact.text
    return list(found.items())

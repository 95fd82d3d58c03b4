"""A form as a tree of fields: what a template needs to draw it, and nothing that it would have to reckon. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.console.forms.kinds import Kind


@dataclass(frozen=True)
class Option:
    """One of several answers."""

    value: str
    label: str
    chosen: bool = False
    place: int = 0
    """Of several that were put in order, which it is, from 1; 0 where it is none of them."""


@dataclass(frozen=True)
class Field:
    """A field, or a group or list of fields, in one language. Texts that have nothing to say are empty."""

    kind: Kind
    name: str
    """Under which the browser posts it: the path, such as `form.findings.0.item`."""
    label: str
    hint: str = ""
    required: bool = True
    value: str = ""
    error: str = ""
    limit: int = 0
    """Signs of a text at most; 0 where none are counted."""
    options: tuple[Option, ...] = ()
    sought: str | None = None
    """By what the answers were found, where they are searched for; None where all of them are there."""
    fields: tuple["Field", ...] = ()
    """The fields of a group, or the items of a list."""
    more: bool = False
    """Whether the list may have another item."""
    fewer: bool = False
    """Whether an item of the list may be taken away."""

    @property
    def id(self) -> str:
        """The id of its element; of a group, a list and radios that of what surrounds them."""
        return self.name.replace(".", "-")

    @property
    def target(self) -> str:
        """The id of the element that takes the focus when somebody follows a fault to this field."""
        match self.kind:
            case Kind.YES_NO | Kind.CHOICE if self.radios:
                return self.id_of(self.options[0])
            case Kind.MANY | Kind.ORDER if self.options:
                return self.id_of(self.options[0])
            case Kind.GROUP | Kind.LIST if self.fields:
                return self.fields[0].target
            case Kind.LIST if self.more:
                return f"{self.id}-add"
            case _:
                return self.id

    @property
    def radios(self) -> bool:
        """Whether all answers are seen at once."""
        few = 0 < sum(bool(option.value) for option in self.options) <= FEW
        return few and self.sought is None and self.kind not in {Kind.MANY, Kind.ORDER}

    @property
    def typed(self) -> bool:
        """Whether one element holds its value, which then can be called invalid."""
        return not self.radios and self.kind not in {Kind.GROUP, Kind.LIST, Kind.MANY, Kind.ORDER}

    def name_of(self, option: Option) -> str:
        """Under which the browser posts whether, or as which, one of several is meant."""
        return f"{self.name}{PICKED}{option.value}"

    @property
    def find_name(self) -> str:
        """Under which the browser posts by what the answers are to be found."""
        return f"{FIND}{self.name}"

    @property
    def file_name(self) -> str:
        """Under which the browser posts the file whose digest is the value."""
        return f"file.{self.name}"

    def id_of(self, option: Option) -> str:
        """The id of the radio of one answer."""
        return f"{self.id}-{option.value or 'none'}"

    @property
    def described_by(self) -> str:
        """The ids of its hint and its error, as `aria-describedby` wants them; empty when it has neither."""
        told = ((self.hint, "hint"), (self.error, "error"))
        return " ".join(f"{self.id}-{part}" for text, part in told if text)


PICKED = ".picked."
"""Between the name of a field and the code of one of several that are meant; before a code nothing else stands."""
FIND = "find."
"""What the names of searches begin with; behind it the name of the field whose answers are looked for."""
FEW = 6
"""Answers that are shown at once; more are a list to open."""


@dataclass(frozen=True)
class Mistake:
    """A line of the summary: where it leads, what it is called, what is wrong."""

    target: str
    label: str
    sentence: str


def mistakes(root: Field) -> tuple[Mistake, ...]:
    """Every fault of the form in the order of its fields; of an item of a list it is said which."""
    return tuple(_mistakes(root, ""))


def _mistakes(here: Field, within: str) -> Iterator[Mistake]:
    if here.error:
        yield Mistake(here.target, within + here.label, here.error)
    for inner in here.fields:
        yield from _mistakes(
            inner, f"{inner.label} · " if here.kind is Kind.LIST and inner.fields else within
        )

"""The shape of one kind of case: its stages, the acts asked of people, what they fill in, and its letters."""

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from pydantic import ConfigDict, Field

from contracts.base import Contract
from contracts.causes import Cause
from contracts.policy.letters import NoticeType
from contracts.policy.people import FreshSignIn
from contracts.policy.sheets import Link
from contracts.policy.text import Text
from contracts.vocabulary import CaseState, Stage

EVERY = "every"
"""The folder of what every kind of case has: closing, filing, and the forms that several kinds ask for."""


class StageSpec(Contract):
    """A stage and the state that the case shows while in it."""

    code: Stage
    name: Text
    state: CaseState
    mark: str
    goes_on_while_held: bool = False
    """Whether its tasks may be completed while the case is on hold."""


class TaskKind(Contract):
    """A kind of human act: who may do it, until when, with which outcomes and form (D6)."""

    code: str
    stage: Stage
    name: Text
    role: str
    signature: int = Field(ge=1)
    people: int = Field(default=1, ge=1)
    """How many people are asked at once, each to sign alone; their signature numbers go on from `signature`."""
    limit: str | None = None
    """Key into `limits`; None means no deadline."""
    ladder: str | None = None
    outcomes: tuple[str, ...] = Field(min_length=1)
    form: str = "plain"
    """Code of a form of this kind of case, or of every."""
    forms: dict[str, str] = Field(default_factory=dict)
    """Another form for single outcomes."""
    distinct_from: tuple[str, ...] = ()
    """Kinds of the same round whose signers may not sign this (SOD-02, SOD-04, SOD-05)."""
    defers: dict[str, Cause] = Field(default_factory=dict)
    """Outcomes that put the case on hold for this cause, no longer than the limit of a hold in all: when that has
    run out they are not offered again (domain §8.8.1)."""
    joint: bool = False
    """Whether all who sign sign one paper: once it is void none of them signs it again (SC-07)."""
    reason_required: tuple[str, ...] = ()
    """Outcomes that need a written reason."""
    bundled: tuple[str, ...] = ()
    """Outcomes that may be said of many tasks at once; what confirms an answer, only where that answer may itself."""
    signs: str = ""
    """The letter whose words whoever acts signs, or answers: they stand in the task, and its digest covers them."""

    def form_of(self, outcome: str) -> str:
        """The code of the form that is filled in with this outcome."""
        return self.forms.get(outcome, self.form)


class ActSpec(Contract):
    """Something that people may ask of a case beside its tasks, and the roles that may ask for it.

    Who holds a role of scope self asks it of the own case, of scope unit of what the unit brought.
    """

    code: str
    roles: tuple[str, ...] = Field(min_length=1)


Source: TypeAlias = Literal["document", "people", "leaders", "cases", "hits", "matches"]
"""From where a field's value is chosen, so that nobody types a number that only machines know: a paper that was
uploaded on the case, of which no other digest is taken; colleagues; who leads the organisation that applies; cases; the
hits of the case by their numbers; the matches of a book of screening, likewise."""


class Hint(Contract):
    """What a JSON Schema cannot say of a field."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    source: Source | None = Field(default=None, alias="from")
    """Where what stands there comes from. Of `cases` it may be said which."""
    kind: str = ""
    """The kind of case."""
    state: str = ""
    """The state in which such a case stands."""
    ordered: bool = False
    """Whether of several it is said in which order."""
    choices: Literal["negative_list", "states", "sources"] | None = None
    """Whose codes may stand there: of the negative list those items that the unit answers for, or those that hold while
    a state lasts; or the units from which facts come."""
    each: Literal["states"] | None = None
    """Of a list: it begins with an item for each of them, in the fields whose `choices` are these or `sources`."""
    total: bool = False
    """Whether whoever fills in its numbers is shown their sum."""


class Form(Contract):
    """The shape of what a person fills in: a JSON Schema, which of its fields are sealed, and hints beside it."""

    code: str
    json_schema: dict[str, object]
    sealed: tuple[str, ...] = ()
    hints: dict[str, Hint] = Field(default_factory=dict)
    """By the path of a field: `findings.item` is a field of each finding."""

    def papers(self, filled: Mapping[str, object]) -> dict[str, str]:
        """The digests of papers that a filled-in form names, by the path of each."""
        paths = [path for path, hint in self.hints.items() if hint.source == "document"]
        return {place: digest for path in paths for place, digest in _texts_at(filled, path.split("."), "")}


def _texts_at(value: object, path: list[str], at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _texts_at(one, path, f"{at}.{number}")
    elif not path:
        if isinstance(value, str):
            yield at.removeprefix("."), value
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _texts_at(value[path[0]], path[1:], f"{at}.{path[0]}")


class Procedure(Contract):
    """What one kind of case adds to a policy: a folder of its files."""

    name: Text
    stages: tuple[StageSpec, ...] = ()
    tasks: tuple[TaskKind, ...] = ()
    acts: tuple[ActSpec, ...] = ()
    """Acts beside the tasks. What cases ask of one another stands nowhere: nobody may ask for it."""
    forms: tuple[Form, ...] = ()
    fresh: tuple[FreshSignIn, ...] = ()
    """What asks for a fresh sign-in."""
    letters: tuple[NoticeType, ...] = ()
    matter: Text | None = None
    """What a letter of this kind says that it is about: a text over `about` and the fields of letters."""
    no_letter: tuple[str, ...] = ()
    """Events of which nobody is told by letter, each thought about."""
    sheet: tuple[Link, ...] = ()
    """The record sheet of a case of this kind; a kind without one has none to print."""

    def over(self, below: "Procedure") -> "Procedure":
        """This kind with what `below` has besides."""
        return Procedure(
            name=self.name,
            stages=below.stages + self.stages,
            tasks=below.tasks + self.tasks,
            acts=below.acts + self.acts,
            forms=below.forms + self.forms,
            fresh=below.fresh + self.fresh,
            letters=below.letters + self.letters,
            matter=self.matter or below.matter,
            no_letter=below.no_letter + self.no_letter,
            sheet=self.sheet,
        )

"""The shape of one policy version: every number, list and text of the procedure is a value here (D5)."""

from datetime import date
from typing import Literal, TypeVar

from pydantic import Field

from contracts.base import Contract
from contracts.vocabulary import CaseState, Effect, Rung, Stage, Subject

Unit = Literal["WD", "day", "month", "year", "s"]
"""Working days, calendar days, months, years; seconds only in a demonstration policy."""


class Text(Contract):
    """One sentence or name in the two languages that people read."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Limit(Contract):
    """A length of time; `extension` is how much one extension adds, `extensions` how many there may be."""

    n: int = Field(gt=0)
    unit: Unit
    extension: int = Field(default=0, ge=0)
    extensions: int = Field(default=0, ge=0)


class LadderRung(Contract):
    """One step of a ladder: `offset` in the ladder's unit, negative before the due day, positive after it."""

    rung: Rung
    offset: int
    short_offset: int | None = None
    """Used instead of `offset` when the limit is at most the ladder's `short_limit`, in the ladder's unit."""
    month_offset: int | None = None
    """Used instead of `offset` when the limit is a term in months or years."""
    to: tuple[str, ...]
    """Who is told: task_owner, unit_head, lead_deputy, discipline_group, nominee, nominator, clerk."""


class Ladder(Contract):
    """Rungs fire at `hour` local time on working days (unit WD), or to the second (unit s).

    `expired` ends a task and fires when its day is over, at 24:00; offset 0 is the deadline itself.
    """

    unit: Literal["WD", "s"]
    hour: int = Field(ge=0, le=23)
    short_limit: int = 0
    rungs: tuple[LadderRung, ...]


class TaskKind(Contract):
    """A kind of human act: who may do it, until when, with which outcomes and form (D6)."""

    code: str
    stage: Stage
    name: Text
    role: str
    signature: int = Field(ge=1)
    limit: str | None = None
    """Key into `limits`; None means no deadline."""
    ladder: str | None = None
    outcomes: tuple[str, ...] = Field(min_length=1)
    form: str = "plain"
    """Key into `forms`."""
    forms: dict[str, str] = Field(default_factory=dict)
    """Another form for single outcomes."""
    distinct_from: tuple[str, ...] = ()
    """Kinds of the same round whose signers may not sign this (SOD-02, SOD-04, SOD-05)."""
    reason_required: tuple[str, ...] = ()
    """Outcomes that need a written reason."""


class StageSpec(Contract):
    """A stage and the state that the case shows while in it."""

    code: Stage
    name: Text
    state: CaseState
    mark: str


class NegativeItem(Contract):
    """One item of the negative list (domain §8.2)."""

    code: str
    name: Text
    sources: tuple[str, ...]
    effect: Effect
    look_back_years: int | None = None
    """Counts only if the cut-off date is before anchor + n years; None: no year limit."""
    while_state: bool = False
    """A state re-read on the confirmation day and later, not an event in the past."""
    subject: tuple[Subject, ...] = Field(default=(Subject.PERSON,), min_length=1)
    anchor: Literal["sentence-end", "decision", "delisting", "correction"] | None = None
    """Which day of the fact is its anchor; None for a state, which has none."""
    part_of: str | None = None
    """The item that this one is a part of: one row of the list whose parts have different effects."""
    basis: str | None = None
    """Document and article; without it the item cannot be on (S46)."""
    on: bool = True
    retired: bool = False
    mark: str


class Department(Contract):
    """A consulted unit, what it is asked, and whether it is a key source that may never be closed unheard."""

    code: str
    name: Text
    key_source: bool
    questions: tuple[Text, ...] = Field(min_length=1)


class Source(Contract):
    """A unit that answers for an item or a dimension without being consulted on every case."""

    code: str
    name: Text


class Dimension(Contract):
    """A dimension of the comprehensive evaluation; `max` in tenths of a point."""

    code: str
    name: Text
    max: int = Field(gt=0)
    answered_by: tuple[str, ...]
    from_index: bool = False
    """Computed from the integrity index instead of being scored."""


class GradeRule(Contract):
    """Conditions of a grade: `total` in tenths, `floor_percent` of each maximum, `index` raw."""

    total: int
    floor_percent: int
    floor_dimensions: tuple[str, ...]
    index: int


class Grading(Contract):
    """Dimensions and thresholds of domain §8.3; all arithmetic in integer tenths."""

    dimensions: tuple[Dimension, ...]
    index_max: int
    index_pass: int
    index_bands: tuple[tuple[int, Text], ...]
    """Lower bound (inclusive) and name of each band of the integrity index."""
    a: GradeRule
    b: GradeRule
    validity: Limit


class RoleSpec(Contract):
    """A role; `scope` says whether the holder acts for a unit, a district, or the whole batch."""

    code: str
    name: Text
    scope: Literal["unit", "district", "all", "self"]
    on_cases: bool
    """Whether the role may act on cases at all (SOD-09, SOD-10)."""


class SeparationRule(Contract):
    """A rule of separation of duty over natural persons (domain §8.5)."""

    code: str
    text: Text
    groups: tuple[tuple[str, ...], ...] = ()
    """Sets of which one person may act in at most one on a case.

    A member is a kind of task, `role:X` (acted on the case as X), `holds:X` (acts as X anywhere) or `*` (any
    act on the case).
    """


class NoticeType(Contract):
    """A letter: its number, texts, addressees, the trigger and within which limit it must be issued."""

    code: str
    name: Text
    to: tuple[str, ...]
    """Addressees, from the closed list in letter_rules.py."""
    issue_within: Limit | None = None
    same_day: bool = False
    """To be issued on the day of its trigger; then `issue_within` is absent."""
    rights: Text | None = None
    """Rights text, present on the notices marked ® in domain §8.6."""
    subject: Text
    body: Text
    """Jinja template over a closed list of fields; values never become template text.

    Only `{{ field }}`, `{% if field %}`, `{% else %}` and `{% endif %}` may stand in it; every field is
    always given, an absent one as the empty string.
    """


class Election(Contract):
    """Quorum as a fraction of all members (rounded up); pass when votes for > fraction of all members."""

    quorum: tuple[int, int]
    pass_over: tuple[int, int]
    recheck_within: Limit


class Retention(Contract):
    """Retention class of a kind of paper: permanent or a number of years."""

    code: str
    name: Text
    years: int | None
    papers: tuple[str, ...]


class Form(Contract):
    """The shape of what a person fills in: a JSON Schema, and which of its fields are sealed."""

    code: str
    json_schema: dict[str, object]
    sealed: tuple[str, ...] = ()


class CalendarYear(Contract):
    """Holidays and make-up working days of one year as the State Council published them (S39)."""

    year: int
    holidays: tuple[date, ...]
    make_up: tuple[date, ...]
    source: str


class Calendar(Contract):
    """The years that are published. A day outside them is unknown, never assumed."""

    utc_offset_hours: int
    years: tuple[CalendarYear, ...]


class Policy(Contract):
    """One reviewed policy version. A released version is never edited; its bytes are pinned by a test."""

    version: str
    released: date
    demonstration: bool = False
    demonstration_mark: Text | None = None
    """Printed on every notice of a demonstration policy."""
    stages: tuple[StageSpec, ...]
    limits: dict[str, Limit]
    ladders: dict[str, Ladder]
    tasks: tuple[TaskKind, ...]
    forms: tuple[Form, ...]
    negative_list: tuple[NegativeItem, ...]
    departments: tuple[Department, ...]
    other_sources: tuple[Source, ...] = ()
    grading: Grading
    election: Election
    panel_size: int = Field(ge=3)
    repairs_at_most: int
    opinions: tuple[str, ...]
    """Integrity opinions from mildest to strictest."""
    roles: tuple[RoleSpec, ...]
    separation: tuple[SeparationRule, ...]
    notices: tuple[NoticeType, ...]
    retention: tuple[Retention, ...]
    calendar: Calendar

    def task(self, code: str) -> TaskKind:
        """The kind of task with this code; KeyError when the policy has none."""
        return _find(self.tasks, code)

    def item(self, code: str) -> NegativeItem:
        """The negative-list item with this code; KeyError when the policy has none."""
        return _find(self.negative_list, code)

    def department(self, code: str) -> Department:
        """The consulted unit with this code; KeyError when the policy has none."""
        return _find(self.departments, code)

    def notice(self, code: str) -> NoticeType:
        """The notice type with this code; KeyError when the policy has none."""
        return _find(self.notices, code)

    def form(self, code: str) -> Form:
        """The form with this code; KeyError when the policy has none."""
        return _find(self.forms, code)


T = TypeVar("T", TaskKind, NegativeItem, Department, NoticeType, Form)


def _find(rows: tuple[T, ...], code: str) -> T:
    for row in rows:
        if row.code == code:
            return row
    raise KeyError(code)

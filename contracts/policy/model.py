"""The shape of one policy version: every number, list and text of the procedure is a value here (D5).

This is the door: the parts lie in modules beside it, and whoever reads a policy imports them from here.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Self

from pydantic import Field

from contracts.base import Contract
from contracts.causes import Cause
from contracts.policy.awards import AwardTitle
from contracts.policy.coded import find
from contracts.policy.later import NO_LETTER
from contracts.policy.letters import Addressee, LetterFrame, NoticeType, Says, Trigger, Who
from contracts.policy.lists import Department, Dimension, GradeRule, Grading, NegativeItem, Retention, Source
from contracts.policy.meetings import Election, Meetings
from contracts.policy.people import RoleSpec, SeparationRule
from contracts.policy.places import District, Level, NominatingUnit, closing
from contracts.policy.procedure import EVERY, ActSpec, Form, Procedure, StageSpec, TaskKind
from contracts.policy.reading import Disclosure
from contracts.policy.seats import ReEvaluation, Seats
from contracts.policy.text import Text, Words
from contracts.policy.timing import Calendar, CalendarYear, Ladder, LadderRung, Limit, Unit
from contracts.policy.watching import Screening, WatchedList
from contracts.vocabulary import CaseState, Stage

__all__ = [
    "EVERY",
    "ActSpec",
    "Addressee",
    "AwardTitle",
    "Calendar",
    "CalendarYear",
    "Department",
    "Dimension",
    "Disclosure",
    "District",
    "Election",
    "Form",
    "GradeRule",
    "Grading",
    "Ladder",
    "LadderRung",
    "LetterFrame",
    "Level",
    "Limit",
    "Meetings",
    "NegativeItem",
    "NoticeType",
    "Policy",
    "Procedure",
    "ReEvaluation",
    "Retention",
    "RoleSpec",
    "Says",
    "Screening",
    "Seats",
    "Source",
    "StageSpec",
    "TaskKind",
    "Text",
    "Trigger",
    "Unit",
    "WatchedList",
    "Who",
    "Words",
]


class Policy(Contract):
    """One reviewed policy version. A released version is never edited; its bytes are pinned by a test."""

    version: str
    released: date
    demonstration: bool = False
    demonstration_mark: Text | None = None
    """Printed on every notice of a demonstration policy."""
    procedures: dict[str, Procedure]
    """By kind of case; what every kind has stands under `every`. Codes are unique over all of them."""
    limits: dict[str, Limit]
    ladders: dict[str, Ladder]
    negative_list: tuple[NegativeItem, ...]
    screening: Screening | None = None
    """None in a version that was released before there was screening: it has no such cases."""
    departments: tuple[Department, ...]
    other_sources: tuple[Source, ...] = ()
    levels: tuple[Level, ...] = Field(min_length=1)
    districts: tuple[District, ...] = Field(min_length=1)
    nominating_units: tuple[NominatingUnit, ...] = Field(min_length=1)
    grading: Grading
    seats: Seats | None = None
    """What holds for seats that somebody has; a version with tenures must have it."""
    awards: tuple[AwardTitle, ...] = ()
    """The titles that can be applied for; a version with awards must have some."""
    election: Election
    meetings: Meetings = Meetings()
    panel_size: int = Field(ge=3)
    repairs_at_most: int
    deputy_days: int = Field(ge=1)
    """For how long at most one person acts in another's place (SOD-12)."""
    access_code_hours: int = Field(ge=1)
    """For how long a one-time code counts by which the holder of an account sets the password."""
    earliest_paper: date
    """No fact and no paper is older than this day."""
    longest_sentence_years: int = Field(ge=1)
    """How far ahead the end of a sentence that is being served may lie."""
    opinions: tuple[str, ...]
    """Integrity opinions from mildest to strictest."""
    roles: tuple[RoleSpec, ...]
    separation: tuple[SeparationRule, ...]
    addressees: tuple[Addressee, ...]
    letter_frame: LetterFrame
    disclosure: Disclosure = Disclosure()
    retention: tuple[Retention, ...]
    calendar: Calendar

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As of every contract, without what was worked out of the old values."""
        copied = super().model_copy(update=update, deep=deep)
        for name in _WORKED_OUT:
            copied.__dict__.pop(name, None)
        return copied

    @cached_property
    def stages(self) -> tuple[StageSpec, ...]:
        """The stages of all kinds."""
        return tuple(row for procedure in self.procedures.values() for row in procedure.stages)

    @cached_property
    def tasks(self) -> tuple[TaskKind, ...]:
        """The kinds of task of all kinds of case."""
        return tuple(row for procedure in self.procedures.values() for row in procedure.tasks)

    @cached_property
    def task_kinds(self) -> Mapping[str, TaskKind]:
        """The kinds of task by their codes."""
        return {row.code: row for row in self.tasks}

    @cached_property
    def acts(self) -> tuple[ActSpec, ...]:
        """What people may ask beside tasks, of all kinds."""
        return tuple(row for procedure in self.procedures.values() for row in procedure.acts)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms of all kinds."""
        return tuple(row for procedure in self.procedures.values() for row in procedure.forms)

    @cached_property
    def notices(self) -> tuple[NoticeType, ...]:
        """The letters of all kinds, by number."""
        found = (row for procedure in self.procedures.values() for row in procedure.letters)
        return tuple(sorted(found, key=lambda notice: notice.code))

    @cached_property
    def self_roles(self) -> frozenset[str]:
        """Roles in which somebody acts on the own case, and nobody else can."""
        return frozenset(role.code for role in self.roles if role.scope == "self")

    @cached_property
    def deputisable(self) -> frozenset[str]:
        """Roles in which one person may act in another's place: those on cases that are nobody's own right."""
        return frozenset(role.code for role in self.roles if role.on_cases and role.scope != "self")

    @cached_property
    def assigners(self) -> frozenset[str]:
        """Roles that may give an open task to a named person."""
        return frozenset(role.code for role in self.roles if role.assigns)

    @cached_property
    def deferrals(self) -> frozenset[Cause]:
        """Causes of a hold for which people put off an answer: they last no longer than the limit of a hold in all."""
        return frozenset(cause for task in self.tasks for cause in task.defers.values())

    @cached_property
    def stages_while_held(self) -> frozenset[Stage]:
        """Stages whose tasks go on while a case is on hold."""
        return frozenset(stage.code for stage in self.stages if stage.goes_on_while_held)

    @cached_property
    def states(self) -> tuple[NegativeItem, ...]:
        """The items in force that hold while a state lasts: those that are read again on later days."""
        return tuple(item for item in self.negative_list if item.while_state and item.on and not item.retired)

    def procedure(self, kind: str) -> Procedure:
        """All that a case of this kind has, with what every kind has; KeyError for an unknown kind."""
        return self.procedures[kind].over(self.procedures[EVERY])

    def occasions(self, kind: str, event: str) -> tuple[tuple[NoticeType, Trigger], ...]:
        """The letters that an event of this type may lead to in a case of this kind, with their triggers.

        KeyError for an unknown kind, and for an event that neither leads to a letter nor is named as one of which
        nobody is told: a new one must be thought about, not passed over.
        """
        parts = (self.procedures[EVERY], self.procedures[kind])
        found = tuple(
            (letter, trigger)
            for part in parts
            for letter in part.letters
            for trigger in letter.on
            if trigger.event == event
        )
        silent = event in NO_LETTER.get(kind, ()) or any(event in part.no_letter for part in parts)
        if not found and not silent:
            raise KeyError(event)
        return found

    def owners(self, dimensions: Iterable[str]) -> tuple[str, ...]:
        """The consulted units that answer for one of these dimensions, in the order of the list of units."""
        named = {
            unit for row in self.grading.dimensions if row.code in dimensions for unit in row.answered_by
        }
        return tuple(unit.code for unit in self.departments if unit.code in named)

    def level_of(self, districts: Iterable[str]) -> str | None:
        """The one level that all these districts are on; None when there is none, or a district is unknown."""
        known = {district.code: district.level for district in self.districts}
        levels = {known.get(code) for code in districts}
        return levels.pop() if len(levels) == 1 else None

    def district(self, code: str) -> District:
        """The district of this code; KeyError when the policy has none."""
        return find(self.districts, code)

    def running_in(self, calendar: Calendar, districts: Collection[str]) -> Calendar:
        """A calendar as it runs in these districts: with the days that are free of work in all of them."""
        closed = [frozenset(row.closed) for row in self.districts if row.code in districts]
        return closing(calendar, frozenset.intersection(*closed)) if closed else calendar

    def kept(self, state: CaseState) -> str:
        """The retention class of a case that ended so; KeyError for a state that is no end."""
        for row in self.retention:
            if state in row.ends:
                return row.code
        raise KeyError(state)

    def task(self, code: str) -> TaskKind:
        """The kind of task with this code; KeyError when the policy has none."""
        return self.task_kinds[code]

    def askers(self, act: str) -> tuple[str, ...]:
        """The roles that may ask for this act beside tasks; KeyError for one that nobody may ask for."""
        return find(self.acts, act).roles

    def item(self, code: str) -> NegativeItem:
        """The negative-list item with this code; KeyError when the policy has none."""
        return find(self.negative_list, code)

    def watched(self, code: str) -> WatchedList:
        """The watched list with this code; KeyError when the policy has none."""
        return find(self.screening.lists if self.screening else (), code)

    def department(self, code: str) -> Department:
        """The consulted unit with this code; KeyError when the policy has none."""
        return find(self.departments, code)

    def unit_name(self, code: str) -> Text:
        """The name of a unit that answers for facts, consulted or not; KeyError when the policy has none."""
        named: tuple[Department | Source, ...] = (*self.departments, *self.other_sources)
        for unit in named:
            if unit.code == code:
                return unit.name
        raise KeyError(code)

    def notice(self, code: str) -> NoticeType:
        """The letter with this code; KeyError when the policy has none."""
        return find(self.notices, code)

    def form(self, code: str) -> Form:
        """The form with this code; KeyError when the policy has none."""
        return find(self.forms, code)

    def role(self, code: str) -> RoleSpec:
        """The role with this code; KeyError when the policy has none."""
        return find(self.roles, code)

    def award(self, code: str) -> AwardTitle:
        """The title with this code; KeyError when the policy has none."""
        return find(self.awards, code)

    def addressee(self, code: str) -> Addressee:
        """Whom letters and rungs mean by this code; KeyError when the policy has none."""
        return find(self.addressees, code)


_WORKED_OUT = [name for name, value in vars(Policy).items() if isinstance(value, cached_property)]
"""What is asked at every step of every case, and therefore worked out once."""

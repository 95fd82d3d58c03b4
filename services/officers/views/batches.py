"""Bodies and views of batches and rosters."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from contracts.base import Digest, OpaqueId
from contracts.policy.model import CalendarYear
from services.officers.readmodel.tables import BatchRow
from services.officers.roster.rows import CellFault
from services.officers.views.base import Body, DistrictCode, Line, View
from services.officers.web.language import Language, say


class BatchBody(Body):
    """A batch to be opened under a released policy version."""

    title: Line
    districts: Annotated[list[DistrictCode], Field(min_length=1, max_length=60)]
    policy: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,40}$")]
    cut_off: date | None = None


class ElectionBody(Body):
    """When the election is held."""

    election_at: AwareDatetime


class CalendarBody(Body):
    """A newly published calendar year: days off that would be working days or weekends, and make-up days."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    holidays: Annotated[list[date], Field(max_length=200)]
    make_up: Annotated[list[date], Field(max_length=60)]
    source: Line

    def calendar_year(self) -> CalendarYear:
        """The year as commands carry it, its days in order."""
        return CalendarYear(
            year=self.year,
            holidays=tuple(sorted(set(self.holidays))),
            make_up=tuple(sorted(set(self.make_up))),
            source=self.source,
        )


class BatchOpenedView(View):
    """A batch that was opened."""

    batch_id: OpaqueId
    case_id: OpaqueId
    sequence: int
    command_id: OpaqueId


class BatchView(View):
    """A batch in a list."""

    batch_id: OpaqueId
    title: str
    districts: list[str]
    policy: str
    policy_digest: Digest
    opened_at: datetime
    nomination_closes: datetime | None
    cut_off: date
    election_at: datetime | None
    sequence: int

    @classmethod
    def of(cls, row: BatchRow) -> "BatchView":
        """The view of a batch."""
        return cls(**row.model_dump())


class BatchDetail(BatchView):
    """A batch with its cases counted by state, as far as the caller may see them."""

    cases: dict[str, int]


class CellFaultView(View):
    """A cell to be corrected."""

    cell: str
    column: str
    problem: str
    expected: str

    @classmethod
    def of(cls, fault: CellFault, language: Language) -> "CellFaultView":
        """The view of a fault."""
        problem, expected = say(fault.problem, language), say(fault.expected, language)
        return cls(cell=fault.cell, column=fault.column, problem=problem, expected=expected)


class RosterView(View):
    """What a roster's import would do (`dry_run`) or did. With a fault nobody is imported."""

    valid: bool
    rows: int
    errors: list[CellFaultView]


class ImportedView(View):
    """A roster that was imported."""

    case_id: OpaqueId
    sequence: int
    index: int
    command_id: OpaqueId

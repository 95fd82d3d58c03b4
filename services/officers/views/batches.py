"""Bodies and views of batches and rosters."""

from datetime import date, datetime

from contracts.base import Digest, OpaqueId
from services.officers.readmodel.tables import BatchRow
from services.officers.roster.rows import CellFault
from services.officers.views.base import View
from services.officers.web.language import Language, say


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

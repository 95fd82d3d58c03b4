"""Views of batches."""

from datetime import date, datetime

from contracts.base import Digest, OpaqueId
from services.officers.readmodel.tables import BatchRow
from services.officers.views.act_forms import OfferView
from services.officers.views.base import View


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

    @classmethod
    def of(cls, row: BatchRow) -> "BatchView":
        """The view of a batch."""
        return cls(**row.model_dump())


class BatchDetail(BatchView):
    """A batch with its cases counted by state, as far as the caller may see them, and what may be asked of it."""

    cases: dict[str, int]
    acts: list[OfferView]

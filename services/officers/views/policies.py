"""What a policy administrator proposes, and how proposals are shown (SOD-09)."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from contracts.base import Digest, OpaqueId
from services.officers.readmodel.reading.tasks import Listed
from services.officers.readmodel.tables import CaseRow
from services.officers.views.base import Body, View
from services.officers.views.starts import Version


class TransitionBody(Body):
    """Apply the version to the cases before ST10 of these batches, and ask once more about these items."""

    batches: Annotated[list[OpaqueId], Field(min_length=1, max_length=100)]
    items: Annotated[list[str], Field(max_length=200)]


class ProposalBody(Body):
    """A version of the house's own under the digest that its author saw; or a rule of transition to a released one."""

    version: Version
    digest: Digest
    transition: TransitionBody | None = None


class ApprovalView(View):
    """The task of the second person: `seen` is what an approval must name."""

    task_id: OpaqueId
    seen: Digest
    due: datetime | None


class ProposalView(View):
    """A proposal for the policy. `approval` stands there while nobody has decided."""

    case_id: OpaqueId
    version: str
    digest: Digest
    author: OpaqueId
    transition: dict[str, Any] | None
    state: str
    opened_at: datetime
    approval: ApprovalView | None

    @classmethod
    def of(cls, row: CaseRow, task: Listed | None) -> "ProposalView":
        """The view of a proposal, with its open task."""
        facts = row.facts
        asked = None
        if task is not None:
            asked = ApprovalView(task_id=task["task_id"], seen=task["content_digest"], due=task["due"])
        return cls(
            case_id=row.case_id,
            version=facts["version"],
            digest=facts["version_digest"],
            author=facts["author"],
            transition=facts["transition"],
            state=row.state,
            opened_at=row.opened_at,
            approval=asked,
        )

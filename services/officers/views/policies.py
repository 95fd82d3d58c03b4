"""What a policy administrator proposes, and how proposals are shown (SOD-09)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from contracts.base import Digest, OpaqueId
from services.officers.readmodel.reading.tasks import Listed
from services.officers.readmodel.tables import CaseRow
from services.officers.views.base import Body, View
from services.officers.views.starts import Version
from services.officers.views.texts import Line


class TransitionBody(Body):
    """Apply the version to the cases before ST10 of these batches, and ask once more about these items."""

    batches: Annotated[list[OpaqueId], Field(min_length=1, max_length=100)]
    items: Annotated[list[Line], Field(max_length=200)]


class ProposalBody(Body):
    """A version of the house's own under the digest that its author saw; or a rule of transition to a released one."""

    version: Version
    digest: Digest
    transition: TransitionBody | None = None


class DraftView(View):
    """A version in the office's folder that was not released; `digest` is null where a `fault` was found."""

    version: str
    digest: Digest | None
    fault: str


class DraftContentView(View):
    """Such a version complete, under the digest by which it is proposed and approved."""

    version: str
    digest: Digest
    policy: dict[str, Any]


class BatchTitleView(View):
    """A batch as a rule of transition names it."""

    batch_id: OpaqueId
    title: str
    policy: str


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


class DifferingView(View):
    """A case that would differ: in which kinds of thing, and for the auditor in what."""

    case_id: OpaqueId
    kind: str
    district: str
    ended: bool
    differs: list[str]
    decided_by: str | None = None
    state: str | None = None
    differences: list[dict[str, str]] | None = None


class WhatIfView(View):
    """What another version would have changed; `folded` cases were looked at."""

    version: str
    folded: int
    cases: list[DifferingView]

    @classmethod
    def of(cls, found: Mapping[str, Any], *, content: bool) -> "WhatIfView":
        """The view of the worker's answer, with what stands in the cases or without."""
        told = {"decided_by", "state", "differences"} if content else set()
        cases = [
            DifferingView(
                **{name: one[name] for name in ("case_id", "kind", "district", "ended", *sorted(told))},
                differs=sorted({difference["what"] for difference in one["differences"]}),
            )
            for one in found["cases"]
        ]
        return cls(version=found["version"], folded=found["folded"], cases=cases)

"""Body and views of bundles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.base import Digest, OpaqueId
from contracts.policy.model import Text
from contracts.words.naming import named
from services.officers.bundles.rules import ItemState
from services.officers.bundles.tables import BundleRow, ItemRow
from services.officers.desk.completing import Said
from services.officers.views.base import Body, View
from services.officers.views.filled import Filled
from services.officers.views.texts import LINES
from services.officers.web.language import Language, say
from services.officers.web.problems import RefusedError

MOST = 1000
"""Items of a bundle: a batch of the size that the procedure is made for, 992 nominees, is one."""

Outcome = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]{0,40}$")]
Reason = Annotated[str, StringConstraints(max_length=4000), LINES]


class ItemBody(Body):
    """One task of the bundle, with the digest of what was shown of it; what it does not say, the bundle says."""

    task_id: OpaqueId
    seen: Digest
    outcome: Outcome | None = None
    form: Filled | None = None
    reason: Reason | None = None


class BundleBody(Body):
    """Many tasks and one answer, or an answer of their own: signed at once, sent one by one."""

    items: list[ItemBody] = Field(min_length=1, max_length=MOST)
    outcome: Outcome
    form: Filled = Field(default_factory=dict)
    reason: Reason = ""

    def answers(self) -> list[Said]:
        """What is said of each task."""
        return [
            Said(
                task_id=one.task_id,
                outcome=one.outcome or self.outcome,
                seen=one.seen,
                form=self.form if one.form is None else one.form,
                reason=self.reason if one.reason is None else one.reason,
            )
            for one in self.items
        ]


class ItemView(View):
    """What came of one task: with the place on the record, or with why it was refused."""

    number: int
    task_id: OpaqueId
    state: ItemState
    name: str
    """What the state is called in the caller's language."""
    case_id: str
    index: int | None
    code: str
    title: str
    detail: str

    @classmethod
    def of(cls, row: ItemRow, language: Language) -> "ItemView":
        """The view of an item."""
        state = ItemState(row.state)
        title = detail = ""
        if row.code:
            refusal = RefusedError(row.code, Text.model_validate(row.sentence)).spoken(language)
            title, detail = refusal.title, refusal.detail
        return cls(
            number=row.number,
            task_id=row.task_id,
            state=state,
            name=say(named(state.value, "item-state"), language),
            case_id=row.case_id,
            index=row.entry_index if state is ItemState.DONE else None,
            code=row.code,
            title=title,
            detail=detail,
        )


class BundleTaken(View):
    """A bundle was kept; what comes of it is told at its `Location`."""

    bundle_id: OpaqueId
    items: int
    shown: Digest
    """The digest over the list as it was shown: each task with the content that was seen, in order."""
    ends_at: datetime


class BundleView(View):
    """A bundle with the result of each of its items so far."""

    bundle_id: OpaqueId
    asked_at: datetime
    ends_at: datetime
    shown: Digest
    counts: dict[str, int]
    items: list[ItemView]

    @classmethod
    def of(cls, row: BundleRow, items: Sequence[ItemRow], language: Language) -> "BundleView":
        """The view of a bundle."""
        counts = {state.value: sum(one.state == state for one in items) for state in ItemState}
        return cls(
            bundle_id=row.bundle_id,
            asked_at=row.asked_at,
            ends_at=row.ends_at,
            shown=row.shown,
            counts=counts,
            items=[ItemView.of(one, language) for one in items],
        )

"""Body and views of drafts."""

from datetime import datetime
from typing import Any

from pydantic import Field

from contracts.base import Digest, OpaqueId
from services.officers.drafts.drafts import Draft
from services.officers.readmodel.tables import TaskRow
from services.officers.views.base import Body, View
from services.officers.views.filled import Filled


class DraftBody(Body):
    """What is written so far, in whatever shape the page keeps it: nothing of it is checked before it is sent."""

    seen: Digest
    """The digest of the task that stood on the page."""
    content: Filled


class SavedView(View):
    """A draft was kept: since when, and until when at most."""

    task_id: OpaqueId
    saved_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, draft: Draft, task: TaskRow) -> "SavedView":
        """The view of a draft that was kept."""
        return cls(task_id=task.task_id, saved_at=draft.saved_at, ends_at=draft.ends_at)


class DraftView(SavedView):
    """A draft, as its writer left it."""

    seen: Digest
    current: bool = Field(description="Whether the task still asks what it asked when this was written")
    content: dict[str, Any]

    @classmethod
    def of(cls, draft: Draft, task: TaskRow) -> "DraftView":
        """The view of a draft."""
        return cls(
            **SavedView.of(draft, task).model_dump(),
            seen=draft.seen,
            current=draft.seen == task.content_digest,
            content=draft.content,
        )

"""Bodies and views of cases."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from contracts.base import Digest, OpaqueId
from services.officers.readmodel.reading.cases import ShownCase
from services.officers.readmodel.tables import EventRow
from services.officers.views.base import Body, View, Words
from services.officers.views.tasks import DeadlineView, TaskView


class WithdrawalBody(Body):
    """Why the nomination is withdrawn; the nominating unit names the digest of the nominee's signed paper."""

    reason: Words
    document_digest: Digest | None = None


class ReportBodyContent(Body):
    """A report as received. Who reported stays with the report handler."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=8000)]
    reporter: Annotated[str, StringConstraints(max_length=120)] = ""
    reporter_contact: Annotated[str, StringConstraints(max_length=200)] = ""


class ReportBody(Body):
    """A report (举报) to be registered during the public notice."""

    signed: bool
    channel: Literal["letter", "visit", "phone", "net", "message"]
    content: ReportBodyContent


class CaseView(View):
    """A case in a list."""

    case_id: OpaqueId
    batch_id: OpaqueId
    district: str
    policy: str
    seat: str
    nominating_unit: str
    state: str
    stage: str
    grade: str | None
    opened_at: datetime
    ended_at: datetime | None
    filed_at: datetime | None
    sequence: int

    @classmethod
    def of(cls, shown: ShownCase) -> "CaseView":
        """The view of a case."""
        return cls(**case_fields(shown))


class CaseNumberView(View):
    """All that a recused person sees of a case (SOD-07)."""

    case_id: OpaqueId
    recused: bool = True


class OpenTaskView(TaskView):
    """An open task of the case, with its deadline explained."""

    deadline: DeadlineView


class EventView(View):
    """One event of the case's timeline. `sealed` says that it has a part that is not shown here."""

    sequence: int
    event_id: OpaqueId
    type: str
    version: int
    at: datetime
    role: str
    person_id: OpaqueId
    account_id: OpaqueId
    policy: str
    payload: dict[str, Any]
    sealed: bool

    @classmethod
    def of(cls, row: EventRow) -> "EventView":
        """The view of an event."""
        own = row.model_dump(include=set(cls.model_fields) - {"sealed"})
        return cls(**own, sealed=row.sealed is not None)


class NoticeWindowView(View):
    """The public notice: both instants as stored, neither derived again."""

    start: datetime | None
    end: datetime | None
    provisional: bool


class CaseDetail(CaseView):
    """A case: where it stands, what is open until when and why, what was decided under which policy."""

    round: int
    veto: bool
    late: bool
    opinion: str | None
    held_cause: str | None
    ended_cause: str | None
    election_at: datetime | None
    content_digest: Digest
    nominee: dict[str, Any] | None
    notice: NoticeWindowView | None
    open_tasks: list[OpenTaskView]
    decisions: list[EventView] = Field(
        description="What was decided, each with the policy version it rests on"
    )


def case_fields(shown: ShownCase) -> dict[str, Any]:
    """The fields of a case's view, with state and stage as the caller may see them."""
    own = shown.row.model_dump(include=set(CaseView.model_fields))
    return {**own, "state": shown.state, "stage": shown.stage}

"""Views of cases of every kind."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import Field, TypeAdapter, model_validator

from contracts.base import Digest, OpaqueId
from contracts.case import CaseKind
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.cases import ShownCase
from services.officers.readmodel.reading.concerned import Named
from services.officers.readmodel.reading.disclosure import causes_for, facts_for
from services.officers.readmodel.tables import LIST_FACT, EventRow
from services.officers.views.base import View
from services.officers.views.data_requests import DataRequestFacts
from services.officers.views.naming import names
from services.officers.views.tasks import DeadlineView, NomineeView, TaskView
from services.officers.web.language import Language


class NoticeWindowView(View):
    """The public notice: both instants as stored, neither derived again."""

    start: datetime | None
    end: datetime | None
    provisional: bool


class NominationFacts(View):
    """What only a nomination has. What the caller may not know is null, as what is not known yet."""

    kind: Literal[CaseKind.NOMINATION]
    seat: str | None = None
    late: bool | None = None
    duplicate_of: str | None = None
    also_nominated_by: str | None = None
    evaluation_of: str | None = None
    lost: bool | None = None
    grade: str | None = None
    veto: bool | None = None
    opinion: str | None = None
    notice: NoticeWindowView | None = None
    election_at: datetime | None = None


class RemovalFacts(View):
    """What only a removal has. `suspended` is the latest cause for which the member is suspended from duty, `urgent`
    what a smaller body decided, `restored_since` from which day a member has the seat again."""

    kind: Literal[CaseKind.REMOVAL]
    seat: str | None = None
    source: str | None = None
    suspended: str | None = None
    finding: str | None = None
    opinion: str | None = None
    urgent: str | None = None
    restored_since: date | None = None
    review: OpaqueId | None = None
    reviewed: str | None = None


class ReviewFacts(View):
    """What only a review has: of which instance it is, and how it came out."""

    kind: Literal[CaseKind.REVIEW]
    seat: str | None = None
    instance: int | None = None
    reviewed: str | None = None


class ScreeningFacts(View):
    """What only a book of screening has: its lists by code, the run under way, and what the last one came to."""

    kind: Literal[CaseKind.SCREENING]
    lists: dict[str, Any]
    run: dict[str, Any] | None = None
    checked_until: str | None = None
    last_run: dict[str, Any] | None = None

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, facts: dict[str, Any]) -> dict[str, Any]:
        listed = {name: fact for name, fact in facts.items() if name.startswith(LIST_FACT)}
        lists = {name.removeprefix(LIST_FACT): fact for name, fact in listed.items()}
        said = {name: facts.get(name) for name in ("kind", "run", "last_run")}
        return {**said, "lists": lists, "checked_until": facts.get("until")}


class EnquiryFacts(View):
    """What only an enquiry has: why it began, and the case whose person it may mean."""

    kind: Literal[CaseKind.ENQUIRY]
    source: str | None = None
    about_kind: str | None = None
    about_case: str | None = None


class TenureFacts(View):
    """What only a tenure has: the term, and how the seat stands. `removal` is the latest that is under way."""

    kind: Literal[CaseKind.TENURE]
    seat: str | None = None
    began: date | None = None
    ends: date | None = None
    nomination: OpaqueId | None = None
    evaluated_until: datetime | None = None
    passed: bool | None = None
    suspended: str | None = None
    removal: OpaqueId | None = None
    announced: str | None = None
    vacant_since: date | None = None
    filled_by_batch: OpaqueId | None = None


class PolicyFacts(View):
    """What only a proposal for the policy has."""

    kind: Literal[CaseKind.POLICY]
    version: str | None = None
    version_digest: Digest | None = None
    author: OpaqueId | None = None
    transition: dict[str, Any] | None = None


class AwardFacts(View):
    """What only an award has: who applies for which title in which cycle, and until when the title is held."""

    kind: Literal[CaseKind.AWARD]
    title: str | None = None
    cycle: str | None = None
    organisation: OpaqueId | None = None
    held_until: datetime | None = None
    withdrawal_proposed: bool | None = None


class AccessFacts(View):
    """What only a request for accounts has; what it says in full is read at `/v1/access`."""

    kind: Literal[CaseKind.ACCESS]
    what: str | None = None
    asked_by: OpaqueId | None = None
    codes_until: datetime | None = None
    left_out: dict[str, str] | None = None
    emergency: dict[str, Any] | None = None
    read: list[OpaqueId] | None = None


AnyFacts: TypeAlias = (
    NominationFacts
    | RemovalFacts
    | ReviewFacts
    | TenureFacts
    | ScreeningFacts
    | EnquiryFacts
    | AwardFacts
    | PolicyFacts
    | AccessFacts
    | DataRequestFacts
)
Facts = Annotated[AnyFacts, Field(discriminator="kind")]
_FACTS: TypeAdapter[AnyFacts] = TypeAdapter(Facts)
_KINDS = frozenset(
    {
        CaseKind.NOMINATION.value,
        CaseKind.REMOVAL.value,
        CaseKind.REVIEW.value,
        CaseKind.TENURE.value,
        CaseKind.SCREENING.value,
        CaseKind.ENQUIRY.value,
        CaseKind.POLICY.value,
        CaseKind.AWARD.value,
        CaseKind.ACCESS.value,
        CaseKind.DATA_REQUEST.value,
    }
)
_NAMED_FACTS: dict[str, Any] = {
    "seat": "seat",
    "grade": "grade",
    "source": "lead-source",
    "suspended": "cause",
    "urgent": "outcome",
    "reviewed": "state",
    "title": "title",
    "what": "access-request",
    "right": "data-right",
    "answered": "outcome",
}


class CaseView(View):
    """A case in a list. `names` says in the caller's language what the codes beside it mean.

    `nominee` is whom it is about, null for whoever may not see the dossier.
    """

    case_id: OpaqueId
    kind: str
    parent: OpaqueId
    district: str
    policy: str
    unit: str
    state: str
    stage: str
    opened_at: datetime
    ended_at: datetime | None
    filed_at: datetime | None
    nominee: NomineeView | None
    facts: Facts | None
    names: dict[str, str]

    @classmethod
    def of(cls, shown: ShownCase, nominee: Named | None, scope: Scope, language: Language) -> "CaseView":
        """The view of a case."""
        return cls(**case_fields(shown, nominee, scope, language))


class CaseNumberView(View):
    """All that a recused person sees of a case (SOD-07)."""

    case_id: OpaqueId
    recused: bool = True


class OpenTaskView(TaskView):
    """An open task of the case, with its deadline explained."""

    deadline: DeadlineView


class EventView(View):
    """One event of the case's timeline, by its place among those that are shown.

    `sealed` says that it has a part that is not shown here.
    """

    columns: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "version",
            "at",
            "role",
            "person_id",
            "account_id",
            "policy",
            "payload",
        }
    )

    sequence: int
    type: str
    version: int
    at: datetime
    role: str
    person_id: OpaqueId
    account_id: OpaqueId
    policy: str
    payload: dict[str, Any]
    sealed: bool
    names: dict[str, str]

    @classmethod
    def of(cls, row: EventRow, number: int, payload: Mapping[str, Any], language: Language) -> "EventView":
        """The view of an event under the number that it has for this caller, with what it says to them."""
        called = names(row.policy, language, {"type": ("event", row.type), "role": ("role", row.role)})
        own = row.model_dump(include=set(cls.columns) - {"payload"})
        return cls(**own, sequence=number, payload=dict(payload), sealed=row.sealed is not None, names=called)


class CaseDetail(CaseView):
    """A case: where it stands, what is open until when and why, what was decided under which policy."""

    round: int
    held_cause: str | None
    ended_cause: str | None
    content_digest: Digest
    dossier: dict[str, Any] | None
    open_tasks: list[OpenTaskView]
    decisions: list[EventView] = Field(
        description="What was decided, each with the policy version it rests on"
    )


def case_fields(shown: ShownCase, nominee: Named | None, scope: Scope, language: Language) -> dict[str, Any]:
    """The fields of a case's view, with state, stage and facts as the caller may see them."""
    row, facts = shown.row, facts_for(scope, shown.row)
    causes = causes_for(scope, row)
    codes = {
        "kind": ("kind", row.kind),
        "state": ("state", shown.state),
        "stage": ("stage", row.stage),
        "district": ("district", row.district),
        "unit": ("unit", row.unit),
        "held_cause": ("cause", causes.held),
        "ended_cause": ("cause", causes.ended),
        **{name: (family, facts.get(name)) for name, family in _NAMED_FACTS.items()},
    }
    return {
        **row.model_dump(include=set(CaseView.model_fields) - {"facts"}),
        "state": shown.state,
        "nominee": NomineeView.of(nominee),
        "facts": _FACTS.validate_python({"kind": row.kind, **facts}) if row.kind in _KINDS else None,
        "names": names(row.policy, language, codes),
    }
